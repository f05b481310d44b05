package org.froggr.fuse.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.spi.tree.MemoryTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Beginning and ending to serve. */
class FuseServerTest {
    private final MemoryTree tree = new MemoryTree();
    private FuseServer server;

    @BeforeEach
    void begin() {
        server = new FuseServer(RealMount::complain);
    }

    @AfterEach
    void end() throws Exception {
        server.close();
    }

    private ErrnoException refused(int device) {
        return assertThrows(
                ErrnoException.class, () -> server.serve(new RealMount.Request(device, tree, "t", true)));
    }

    @Test
    void aDeviceThatIsNotMountedHasNoConnection() throws Exception {
        int device = Fd.open(BytePath.of("/dev/fuse"), Fd.O_RDWR, 0);
        try {
            assertTrue(refused(device).is(Errno.ENOTCONN));
        } finally {
            Fd.close(device);
        }
    }

    @Test
    void anAbortedConnectionIsNone() throws Exception {
        Path directory = Files.createTempDirectory("froggr-fuse-");
        int device = RealMount.mount(directory, "allow_other");
        RealMount.abort(device);
        assertTrue(refused(device).is(Errno.ENOTCONN));
        assertEquals(Fd.O_RDWR, Fd.flags(device) & 3, "still the caller's");
        RealMount.unmount(directory, device);
    }

    @Test
    void whoHasNegotiatedAlreadyDoesNotBeginAgain() throws Exception {
        try (RealMount mount = RealMount.of(tree, false)) {
            mount.service.close();
            assertFalse(mount.service.isServing());
            assertTrue(refused(mount.device()).is(Errno.ETIMEDOUT));
        }
    }

    @Test
    void anotherServiceGoesOnWithTheSameConnection() throws Exception {
        try (RealMount mount = RealMount.of(tree, false)) {
            mount.sh("echo kept > f");
            mount.service.close();
            assertEquals(0, tree.lookups());
            Process waiting = mount.start("cat", "g");
            DeviceChannel channel = new DeviceChannel(Fd.dup(mount.device()));
            Workers workers = new Workers(RealMount::complain);
            Protocol protocol = new Protocol(FuseWire.MINOR, Conversation.ALL_FLAGS & ~FuseWire.PASSTHROUGH);
            Served served = new Served(tree, protocol, channel, RealMount::complain);
            FuseConnection successor = FuseConnection.start(served, channel, workers);
            assertEquals(1, waiting.waitFor(), "no such file, says the successor");
            assertEquals("new", mount.sh("echo new > h; cat h"));
            successor.close();
            workers.close();
        }
        assertEquals(0, tree.handles());
        assertEquals(0, tree.lookups());
    }

    @Test
    void closingTheServerEndsAllItServes() throws Exception {
        List<RealMount> mounts = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                mounts.add(RealMount.of(tree, false, server));
            }
            mounts.get(3).sh("echo x > f");
            assertEquals("x", mounts.get(1).sh("cat f"));
            server.close();
            for (RealMount mount : mounts) {
                assertFalse(mount.service.isServing());
            }
            assertEquals(0, tree.handles());
            assertEquals(0, tree.lookups());
        } finally {
            for (RealMount mount : mounts) {
                mount.close();
            }
        }
    }

    @Test
    void usageCountsWhatIsDone() throws Exception {
        try (RealMount mount = RealMount.of(tree, false, server)) {
            mount.sh("printf 12345 > f; cat f");
            assertTrue(mount.service.usage().operations() > 5);
            assertEquals(5, mount.service.usage().bytesWritten());
            assertEquals(2, mount.service.usage().nodes());
            HangTest.await("it is closed", () -> mount.service.usage().handles() == 0);
        }
    }

    @Test
    void theKernelReadsAheadAMebibyte() throws Exception {
        try (RealMount mount = RealMount.of(tree, false, server)) {
            String connection = Files.readAllLines(Path.of("/proc/self/fdinfo/" + mount.device())).stream()
                    .filter(line -> line.startsWith("fuse_connection:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .findFirst()
                    .orElseThrow();
            Path file = Path.of("/sys/class/bdi/0:" + connection + "/read_ahead_kb");
            assertEquals("1024", Files.readString(file).strip());
        }
    }
}
