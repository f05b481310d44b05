package org.froggr.shell.internal.doctor;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.PlatformHome;
import org.froggr.linux.RawFiles;
import org.froggr.linux.ThreadMemory;
import org.froggr.spi.doctor.Finding;
import org.froggr.spi.doctor.Finding.Severity;

/** The room on the file system that the home is on (statfs(2)). */
final class Space {
    // struct statfs of a 64-bit machine (asm-generic/statfs.h): all fields are longs
    private static final int BLOCK_BYTES = 8;
    private static final int AVAILABLE = 32;
    private static final int FILES = 40;
    private static final int FREE_FILES = 48;

    /** A log of the platform's is turned over at a megabyte or some, and a session's files take 64 KiB. */
    private static final long LITTLE_BYTES = 4 << 20;

    private static final long FEW_FILES = 200;

    private final PlatformHome home;

    Space(PlatformHome home) {
        this.home = home;
    }

    List<Finding> examine() throws ErrnoException {
        ThreadMemory memory = ThreadMemory.current();
        int result = RawFiles.statfs(home.descriptor(), memory.argumentsAddress());
        if (result < 0) {
            throw new ErrnoException(-result, "fstatfs", home.path());
        }
        ByteBuffer space = memory.arguments();
        return judge(
                space.getLong(BLOCK_BYTES) * space.getLong(AVAILABLE), space.getLong(FILES), space.getLong(FREE_FILES));
    }

    /** @param files how many there can be; 0 where there is no such limit, as on btrfs */
    List<Finding> judge(long bytes, long files, long freeFiles) {
        List<Finding> findings = new ArrayList<>();
        if (bytes < LITTLE_BYTES) {
            findings.add(full(bytes / 1024 + " KiB are free in " + home.path().quoted(), Errno.ENOSPC));
        }
        if (files > 0 && freeFiles < FEW_FILES) {
            findings.add(full(freeFiles + " more files can be made in " + home.path().quoted(), Errno.ENOSPC));
        }
        return findings;
    }

    private Finding full(String what, Errno errno) {
        return Finding.of(Severity.FAULT, "HOME_FULL", what)
                .object(home.path())
                .why("records of sessions cannot be kept, and mounts are refused: " + Errno.describe(errno.number()))
                .advice("make room there, or FROGGR_HOME elsewhere for new sessions")
                .done();
    }
}
