package org.froggr.session.internal.checks;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.linux.Fd;
import org.froggr.linux.Ids;
import org.froggr.linux.MountInfo;
import org.froggr.linux.Mounts;
import org.junit.jupiter.api.Test;

class FuseConnectionsTest {
    /** The first request is the kernel's own. */
    @Test
    void aFileSystemThatNobodyAnswersForIsWaitedFor() throws Exception {
        assumeTrue(Ids.euid() == 0, "root, to mount");
        assumeTrue(Files.exists(Path.of("/sys/fs/fuse/connections")) && isControlMounted(), "fusectl is mounted");
        Path directory = Files.createTempDirectory("froggr-waiting-");
        BytePath path = BytePath.of(directory.toString());
        int device = Fd.open(BytePath.of("/dev/fuse"), Fd.O_RDWR, 0);
        try {
            String data = "fd=" + device + ",rootmode=40000,user_id=0,group_id=0";
            Mounts.mount(BytePath.of("froggr"), path, "fuse.froggr", Mounts.MS_NOSUID, ByteText.encode(data));
            try {
                long number = MountInfo.parse(MountInfo.readBytes(MountInfo.THREAD_SELF)).stream()
                        .filter(mount -> mount.mountPoint().equals(path))
                        .findFirst()
                        .orElseThrow()
                        .device();
                assertTrue(FuseConnections.waiting(number).orElse(0) > 0);
                FuseConnections.abort(number);
                assertFalse(FuseConnections.waiting(number).orElse(0) > 0);
            } finally {
                Mounts.umount(path, Mounts.MNT_DETACH);
            }
        } finally {
            Fd.close(device);
            Files.delete(directory);
        }
    }

    private static boolean isControlMounted() throws Exception {
        return MountInfo.parse(MountInfo.readBytes(MountInfo.THREAD_SELF)).stream()
                .anyMatch(mount -> mount.type().equals("fusectl"));
    }
}
