package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.USER;

import java.time.Duration;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Processes;
import org.froggr.itests.harness.Wait;

/** A lock has one owner, also while platforms come and go. */
final class HandOverLocksIT {
    private static final String OPEN = "fd = os.open('f', os.O_RDWR | os.O_CREAT)";

    @FrgTest({ROOT, USER})
    void locksOfProcessesAreKept(Froggr frg) {
        String id = served(frg);
        try (HandOverProgram owner = in(frg, id);
                HandOverProgram other = in(frg, id)) {
            owner.does(OPEN, "fcntl.lockf(fd, fcntl.LOCK_EX, 10, 100)");
            other.does(OPEN);
            frg.crashPlatform();
            other.fails("EAGAIN", "fcntl.lockf(fd, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 105)")
                    .does("fcntl.lockf(fd, fcntl.LOCK_EX | fcntl.LOCK_NB, 10, 200)");
            owner.does("fcntl.lockf(fd, fcntl.LOCK_UN, 10, 100)");
            other.does("fcntl.lockf(fd, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 105)");
        }
    }

    @FrgTest({ROOT, USER})
    void locksOfOpenFilesAreKept(Froggr frg) {
        String id = served(frg);
        try (HandOverProgram owner = in(frg, id);
                HandOverProgram other = in(frg, id)) {
            owner.does(OPEN, "fcntl.flock(fd, fcntl.LOCK_SH)");
            other.does(OPEN, "fcntl.flock(fd, fcntl.LOCK_SH)");
            frg.crashPlatform();
            other.fails("EAGAIN", "fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)");
            owner.does("os.close(fd)");
            other.does("fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)");
        }
    }

    @FrgTest({ROOT, USER})
    void whoWaitsForALockGetsItFromTheNextPlatform(Froggr frg) {
        String id = served(frg);
        try (HandOverProgram owner = in(frg, id);
                HandOverProgram other = in(frg, id)) {
            owner.does(OPEN, "fcntl.lockf(fd, fcntl.LOCK_EX)");
            other.does(OPEN).begin("fcntl.lockf(fd, fcntl.LOCK_EX)");
            Wait.until("it waits", Duration.ofSeconds(10), () -> "SD".contains(Processes.state(other.pid())));
            frg.crashPlatform();
            owner.does("os.stat('f')", "fcntl.lockf(fd, fcntl.LOCK_UN)");
            other.ends("the lock");
            owner.fails("EAGAIN", "fcntl.lockf(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)");
        }
    }

    /** A lock ends with its owner, and no platform brings it back. */
    @FrgTest({ROOT, USER})
    void locksOfTheDeadAreGone(Froggr frg) {
        String id = served(frg);
        try (HandOverProgram other = in(frg, id)) {
            try (HandOverProgram owner = in(frg, id)) {
                owner.does(OPEN, "fcntl.lockf(fd, fcntl.LOCK_EX)", "fcntl.flock(fd, fcntl.LOCK_EX)");
                frg.crashPlatform();
                owner.begin("os._exit(0)");
                Wait.until("its end", Duration.ofSeconds(10), () -> !Processes.isAlive(owner.pid()));
            }
            frg.run("session", "-l").ok();
            frg.crashPlatform();
            other.does(OPEN, "fcntl.lockf(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)", "fcntl.flock(fd, fcntl.LOCK_EX)");
        }
    }

    private static HandOverProgram in(Froggr frg, String id) {
        return HandOverProgram.in(frg, id, frg.path("t"));
    }

    private static String served(Froggr frg) {
        frg.directory("a", "t");
        return frg.mount("-t", "served", frg.path("a"), frg.path("t"));
    }
}
