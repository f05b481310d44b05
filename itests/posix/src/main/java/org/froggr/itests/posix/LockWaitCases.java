package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Locks.*;
import static org.froggr.itests.posix.Names.*;

import org.froggr.api.Errno;

/** Waiting for record locks, F_SETLKW of fcntl_locking(2). */
final class LockWaitCases {
    private static final Errno[] HELD = {EAGAIN, EACCES};

    private LockWaitCases() {}

    static void list(Catalogue list) {
        waiting(list.chapter("lock"));
    }

    private static void waiting(Chapter chapter) {
        chapter.test("waits-until-unlocked", site -> {
            int fd = LockCases.lockFile();
            Peer peer = site.peer();
            lock(fd, F_WRLCK, 0, 10);
            var waiting = peer.begin(() -> lockWait(LockCases.lockFile(), F_WRLCK, 5, 1));
            peer.awaitBlocked(SYS_FCNTL);
            that(!waiting.done(), "it waits");
            lock(fd, F_UNLCK, 0, 10);
            waiting.get();
            fails(() -> lock(fd, F_WRLCK, 5, 1), HELD);
        });
        chapter.test("waits-until-closed", site -> {
            int fd = LockCases.lockFile();
            Peer peer = site.peer();
            lock(fd, F_WRLCK, 0, 0);
            var waiting = peer.begin(() -> lockWait(LockCases.lockFile(), F_RDLCK, 0, 0));
            peer.awaitBlocked(SYS_FCNTL);
            Fds.close(fd);
            waiting.get();
        });
        chapter.test("waits-until-the-holder-dies", site -> {
            Peer holder = site.peer();
            Peer waiter = site.peer();
            holder.run(() -> lock(LockCases.lockFile(), F_WRLCK, 0, 0));
            var waiting = waiter.begin(() -> lockWait(LockCases.lockFile(), F_WRLCK, 0, 0));
            waiter.awaitBlocked(SYS_FCNTL);
            Peers.kill(holder);
            waiting.get();
        });
        chapter.test("waits-until-downgraded", site -> {
            int fd = LockCases.lockFile();
            Peer peer = site.peer();
            lock(fd, F_WRLCK, 0, 0);
            var waiting = peer.begin(() -> lockWait(LockCases.lockFile(), F_RDLCK, 0, 0));
            peer.awaitBlocked(SYS_FCNTL);
            lock(fd, F_RDLCK, 0, 0);
            waiting.get();
        });
        chapter.test("a-waiter-that-dies-leaves-nothing", site -> {
            int fd = LockCases.lockFile();
            Peer peer = site.peer();
            lock(fd, F_WRLCK, 0, 0);
            peer.begin(() -> lockWait(LockCases.lockFile(), F_WRLCK, 0, 0));
            peer.awaitBlocked(SYS_FCNTL);
            Peers.kill(peer);
            lock(fd, F_UNLCK, 0, 0);
            Peer third = site.peer();
            third.run(() -> lock(LockCases.lockFile(), F_WRLCK, 0, 0));
        });
        chapter.test("counts-up-under-a-lock", site -> {
            file("f", "0");
            Peer peer = site.peer();
            var counting = peer.begin(() -> count(100));
            count(100);
            counting.get();
            same("200", content("f"), "the count");
        });
    }

    /** Adds one again and again to the number in the file, each time under its lock. */
    private static void count(int times) throws Exception {
        int fd = Fds.open("f", O_RDWR);
        for (int i = 0; i < times; i++) {
            lockWait(fd, F_WRLCK, 0, 0);
            int value = Integer.parseInt(Fds.text(fd, 20, 0));
            Fds.pwrite(fd, Integer.toString(value + 1), 0);
            lock(fd, F_UNLCK, 0, 0);
        }
        Fds.close(fd);
    }
}
