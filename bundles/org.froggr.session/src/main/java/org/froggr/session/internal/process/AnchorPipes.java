package org.froggr.session.internal.process;

import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.Fifo;
import org.froggr.linux.Spawn;
import org.froggr.session.internal.store.SessionDirectory;

/**
 * The descriptors that an anchor inherits, opened for it, and closed here once it has been started. The
 * numbers are those of the list in {@code lib/frg-anchor}.
 */
final class AnchorPipes implements AutoCloseable {
    static final int WORDS = 0;
    static final int COMPLAINTS = 2;
    static final int CTL = 3;
    static final int REPLY = 4;
    static final int DIRECTORY = 5;
    static final int ANSWERS = 6;

    private final int[] fds = {-1, -1, -1, -1, -1, -1, -1};

    private AnchorPipes() {}

    static AnchorPipes open(SessionDirectory directory) throws ErrnoException {
        AnchorPipes pipes = new AnchorPipes();
        try {
            pipes.openAll(directory);
            return pipes;
        } catch (ErrnoException e) {
            pipes.close();
            throw e;
        }
    }

    private void openAll(SessionDirectory directory) throws ErrnoException {
        fds[DIRECTORY] = directory.openDirectory();
        // systemd-tmpfiles passes over a directory that it cannot lock exclusively (tmpfiles.d(5)).
        Fd.flock(fds[DIRECTORY], false, false);
        openPipe(WORDS, SessionDirectory.ANCHOR);
        openPipe(ANSWERS, SessionDirectory.ANSWER);
        openPipe(CTL, SessionDirectory.CTL);
        openPipe(REPLY, SessionDirectory.REPLY);
        // A shell takes EAGAIN for the end of its input.
        Fd.setNonBlocking(fds[WORDS], false);
        Fd.setNonBlocking(fds[ANSWERS], false);
    }

    private void openPipe(int number, BytePath name) throws ErrnoException {
        fds[number] = Fifo.openBoth(fds[DIRECTORY], name);
    }

    void passTo(Spawn spawn) {
        for (int number = 0; number < fds.length; number++) {
            if (fds[number] >= 0) {
                spawn.descriptor(number, fds[number]);
            }
        }
    }

    @Override
    public void close() {
        Fd.closeQuietly(fds);
    }
}
