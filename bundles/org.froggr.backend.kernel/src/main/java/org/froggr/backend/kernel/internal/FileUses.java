package org.froggr.backend.kernel.internal;

import java.util.Set;
import java.util.stream.LongStream;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.Processes;

/**
 * Which processes use a mount, as far as {@code /proc} tells: by working or root directory, program, or
 * an open file. Files that are only mapped are not looked for: that takes more privilege than the
 * owner of a user namespace has.
 */
final class FileUses {
    private static final BytePath PROC = BytePath.of("/proc");
    private static final String[] LINKS = {"cwd", "root", "exe"};

    private final Set<Long> mounts;

    private FileUses(Set<Long> mounts) {
        this.mounts = mounts;
    }

    /** Whether a process that the caller may look at uses one of these mounts. */
    static boolean any(Set<Long> mountIds) throws ErrnoException {
        FileUses uses = new FileUses(mountIds);
        return LongStream.of(Processes.all()).anyMatch(uses::byProcess);
    }

    private boolean byProcess(long pid) {
        BytePath process = PROC.resolve(Long.toString(pid));
        for (String link : LINKS) {
            if (onMount(Fd.AT_FDCWD, process.resolve(link))) {
                return true;
            }
        }
        return byDescriptor(process.resolve("fd"));
    }

    private boolean byDescriptor(BytePath descriptors) {
        try (OwnedFd dir = OwnedFd.of(Fd.open(descriptors, Fd.O_RDONLY | Fd.O_DIRECTORY, 0))) {
            return At.list(dir.number()).stream().anyMatch(name -> onMount(dir.number(), name));
        } catch (ErrnoException e) {
            // It has ended, or is another user's.
            return false;
        }
    }

    private boolean onMount(int dir, BytePath link) {
        try {
            return mounts.contains(Stats.ofLink(dir, link).mountId());
        } catch (ErrnoException e) {
            // It has ended, or closed the file, or is another user's.
            return false;
        }
    }
}
