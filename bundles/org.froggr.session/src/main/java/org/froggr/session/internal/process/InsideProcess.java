package org.froggr.session.internal.process;

import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.MountInfo;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.PidFd;

/**
 * What can be seen of a mount namespace from outside, through {@code /proc/PID} of a process in it
 * (proc(5)). Nothing is kept open: an open descriptor would keep the namespace after its process.
 */
final class InsideProcess {
    private final long pid;
    private final PidFd process;

    InsideProcess(long pid, PidFd process) {
        this.pid = pid;
        this.process = process;
    }

    /** Opens with O_PATH, absolute links as seen inside. */
    int open(BytePath path) throws ErrnoException {
        try (OwnedFd root = OwnedFd.of(openFile("root", Fd.O_PATH | Fd.O_DIRECTORY))) {
            return Fd.openInRoot(root.number(), path, Fd.O_PATH);
        }
    }

    byte[] mountInfo() throws ErrnoException {
        byte[] table = MountInfo.readBytes(file("mountinfo"));
        Liveness.require(process, "open");
        return table;
    }

    /** Opens a file of {@code /proc/PID}, and makes sure that it was this process's. */
    int openFile(String name, int flags) throws ErrnoException {
        int fd = Fd.open(file(name), flags, 0);
        try {
            Liveness.require(process, "open");
            return fd;
        } catch (ErrnoException e) {
            Fd.closeQuietly(fd);
            throw e;
        }
    }

    private BytePath file(String name) {
        return BytePath.of("/proc/" + pid + "/" + name);
    }
}
