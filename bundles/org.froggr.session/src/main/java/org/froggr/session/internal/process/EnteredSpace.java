package org.froggr.session.internal.process;

import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.Namespaces;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.PidFd;
import org.froggr.spi.presentation.MountSpace;

/** A mount namespace that threads of a privileged platform enter (setns(2)). */
final class EnteredSpace implements MountSpace {
    private final InsideProcess inside;

    EnteredSpace(long pid, PidFd process) {
        this.inside = new InsideProcess(pid, process);
    }

    @Override
    public Access access() {
        return Access.ENTERED;
    }

    @Override
    public <T> T call(Action<T> action) throws ErrnoException {
        try (OwnedFd namespace = OwnedFd.of(inside.openFile("ns/mnt", Fd.O_RDONLY))) {
            return Namespaces.callIn(namespace.number(), action::perform);
        }
    }

    @Override
    public void run(List<BytePath> command) throws ErrnoException {
        throw new ErrnoException(Errno.EOPNOTSUPP, "run");
    }

    @Override
    public int open(BytePath path) throws ErrnoException {
        return inside.open(path);
    }

    @Override
    public byte[] mountInfo() throws ErrnoException {
        return inside.mountInfo();
    }
}
