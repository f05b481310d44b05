package org.froggr.session.internal.process;

import java.time.Duration;
import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.PidFd;
import org.froggr.spi.presentation.MountSpace;

/** A mount namespace inside a user namespace, where only its anchor has the privilege to mount. */
final class ProcessSpace implements MountSpace {
    private static final Duration RUN_LIMIT = Duration.ofSeconds(30);

    private final InsideProcess inside;
    private final AnchorLine line;

    ProcessSpace(long pid, PidFd process, AnchorLine line) {
        this.inside = new InsideProcess(pid, process);
        this.line = line;
    }

    @Override
    public Access access() {
        return Access.BY_PROCESS;
    }

    @Override
    public <T> T call(Action<T> action) throws ErrnoException {
        throw new ErrnoException(Errno.EPERM, "setns");
    }

    @Override
    public void run(List<BytePath> command) throws ErrnoException, InterruptedException {
        AnchorLine.Outcome outcome = line.run(command, RUN_LIMIT);
        if (outcome.status() != 0) {
            throw ProgramFailure.of(command, outcome.said());
        }
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
