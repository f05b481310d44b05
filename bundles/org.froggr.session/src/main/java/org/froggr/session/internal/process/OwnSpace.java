package org.froggr.session.internal.process;

import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.MountInfo;
import org.froggr.spi.presentation.MountSpace;

/** The mount namespace of the platform, which shared sessions use. */
public final class OwnSpace implements MountSpace {
    @Override
    public Access access() {
        return Access.OWN;
    }

    @Override
    public <T> T call(Action<T> action) throws ErrnoException {
        return action.perform();
    }

    @Override
    public void run(List<BytePath> command) throws ErrnoException {
        throw new ErrnoException(Errno.EOPNOTSUPP, "run");
    }

    @Override
    public int open(BytePath path) throws ErrnoException {
        return Fd.open(path, Fd.O_PATH, 0);
    }

    @Override
    public byte[] mountInfo() throws ErrnoException {
        return MountInfo.readBytes(MountInfo.THREAD_SELF);
    }
}
