package org.froggr.session.internal.process;

import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.PidFd;
import org.froggr.linux.Processes;
import org.froggr.linux.Stat;
import org.froggr.spi.presentation.MountSpace;

/**
 * The namespaces that an anchor is in, as the kernel tells them, and so how mounts are made there.
 *
 * @param mountNamespace inode number
 * @param userNamespace whether it has one that is not the platform's
 */
record AnchorPlace(MountSpace space, long mountNamespace, boolean userNamespace) {
    static AnchorPlace of(long pid, PidFd process, AnchorLine line) throws ErrnoException {
        long self = ProcessHandle.current().pid();
        boolean foreignUsers = userNamespace(self) != userNamespace(pid);
        long mountNamespace = Processes.mountNamespace(pid);
        Liveness.require(process, "statx");
        if (mountNamespace == Processes.mountNamespace(self)) {
            return new AnchorPlace(new OwnSpace(), mountNamespace, foreignUsers);
        }
        MountSpace space = foreignUsers ? new ProcessSpace(pid, process, line) : new EnteredSpace(pid, process);
        return new AnchorPlace(space, mountNamespace, foreignUsers);
    }

    private static long userNamespace(long pid) throws ErrnoException {
        return Stat.at(Fd.AT_FDCWD, BytePath.of("/proc/" + pid + "/ns/user"), true).inode();
    }
}
