package org.froggr.backend.kernel.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.froggr.api.BytePath;
import org.froggr.api.session.UnmountMode;
import org.froggr.linux.Mounts;
import org.froggr.linux.Namespaces;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.PidFd;
import org.froggr.linux.Spawn;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Binds of a file system whose server does not answer: undoing them must not wait for it. */
class DeadServerTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Mounts FUSE and never reads a request. */
    private static final String MUTE = "exec 9<>/dev/fuse; mount -i -t fuse.mute"
            + " -o fd=9,rootmode=40000,user_id=0,group_id=0 mute \"$1\"; exec sleep 60";

    private final TestPresent present = new TestPresent(new OwnSpace());

    @ParameterizedTest
    @EnumSource
    void undoneInEveryMode(UnmountMode mode) throws Exception {
        Sandbox.Root.SHARED.run(box -> {
            BytePath source = box.dir("a");
            BytePath target = box.dir("t");
            long server = Shell.start(MUTE, source);
            try (PidFd process = PidFd.open(server); OwnedFd namespace = OwnedFd.of(Namespaces.openMount(server))) {
                awaitMount(box, source);
                // A thread that hangs is set free by the end of the server, which ends the connection.
                assertTimeoutPreemptively(LIMIT, () -> Namespaces.<Void, Exception>callIn(namespace.number(), () -> {
                    long id = present.bind(source, target, "ro");
                    present.unbind(id, target, mode);
                    return null;
                }));
                assertEquals(false, box.table().contains(target.toString()));
                process.signal(PidFd.SIGKILL);
                assertTrue(Spawn.await(server, LIMIT).isPresent());
            }
            Mounts.umount(source, Mounts.MNT_DETACH);
        });
    }

    private static void awaitMount(Sandbox box, BytePath path) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!box.table().contains("fuse.mute")) {
            assertTrue(System.nanoTime() < deadline, "not mounted: " + path.quoted());
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }
}
