package org.froggr.session.internal.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramFailureTest {
    private static final List<BytePath> COMMAND =
            List.of(BytePath.of("/bin/mount"), BytePath.of("--bind"), BytePath.of("a"), BytePath.of("/t"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mount: /t: permission denied. | EACCES",
                "mount: /t: permission denied.  dmesg(1) may have more information after failed mount. | EACCES",
                "mount: /t: must be superuser to use mount. | EPERM",
                "mount: /t: special device a does not exist. | ENOENT",
                "mount: /t: mount point does not exist. | ENOENT",
                "mount: /t: mount(2) system call failed: Not a directory. | ENOTDIR",
                "mount: /t: wrong fs type, bad option, bad superblock on a, helper program, or other error. | EINVAL",
                "umount: /t: target is busy. | EBUSY",
                "umount: /t: not mounted. | EINVAL",
                "umount: /t: umount failed: Operation not permitted. | EPERM",
                "mount: mounting a on /t failed: Invalid argument xargs: mount: exited with status 255 | EINVAL",
                "xargs: mount: No such file or directory | ENOENT",
                "it is raining | EIO",
                "'' | EIO"
            })
    void findsTheKernelsError(String said, Errno expected) {
        ErrnoException e = ProgramFailure.of(COMMAND, said);
        assertEquals(expected.number(), e.number());
        assertEquals("mount", e.operation());
        assertEquals(BytePath.of("/t"), e.path());
    }
}
