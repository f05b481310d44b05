package org.froggr.shell.internal.server;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.ProcStat;

/**
 * What clients and the supervisor read to know whether a platform lives: {@code platform/pid}, one line
 * {@code PID STARTTIME TRANSPORT…}, and {@code platform/heartbeat}, a counter.
 */
final class StateFiles {
    private static final BytePath PID = BytePath.of("pid");
    private static final BytePath PID_NEW = BytePath.of("pid.new");
    private static final BytePath HEARTBEAT = BytePath.of("heartbeat");
    private static final int OWNER_ONLY = 0600;

    private final int directory;
    private long beats;

    /** @param directory descriptor of {@code platform/} */
    StateFiles(int directory) {
        this.directory = directory;
    }

    /** The line for this process and these transports, the preferred one first. */
    static String line(List<String> transports) throws ErrnoException {
        long pid = ProcessHandle.current().pid();
        return pid + " " + ProcStat.startTime(pid) + " " + String.join(" ", transports) + "\n";
    }

    /** Says that the platform is ready; readers see the old line or the new one, never a part. */
    void announce(String line) throws ErrnoException {
        try (OwnedFd file = open(PID_NEW, Fd.O_TRUNC)) {
            Fd.writeFully(file.number(), line.getBytes(StandardCharsets.US_ASCII));
            Fd.fsync(file.number());
        }
        At.rename(directory, PID_NEW, directory, PID);
    }

    /** Whether that line is what readers see; somebody may have emptied the directory or written to the file. */
    boolean isAnnounced(String line) {
        byte[] expected = line.getBytes(StandardCharsets.US_ASCII);
        int flags = Fd.O_RDONLY | Fd.O_NOFOLLOW | Fd.O_NONBLOCK;
        try (OwnedFd file = OwnedFd.of(Fd.openat(directory, PID, flags, 0))) {
            return Arrays.equals(expected, Fd.readFully(file.number(), expected.length));
        } catch (ErrnoException e) {
            // Missing, a link, longer, unreadable: to be announced anew, which tells what is beyond repair.
            return false;
        }
    }

    /** Says that the platform is gone. */
    void withdraw() throws ErrnoException {
        try {
            At.unlink(directory, PID);
        } catch (ErrnoException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
        }
    }

    /**
     * Shows life. Written in place: that needs no new block, so that a full disk does not look like a dead
     * platform.
     */
    void beat() throws ErrnoException {
        int truncate = beats == 0 ? Fd.O_TRUNC : 0;
        byte[] text = (++beats + "\n").getBytes(StandardCharsets.US_ASCII);
        try (OwnedFd file = open(HEARTBEAT, truncate)) {
            Fd.writeFully(file.number(), text);
        }
    }

    private OwnedFd open(BytePath name, int more) throws ErrnoException {
        int flags = Fd.O_WRONLY | Fd.O_CREAT | Fd.O_NOFOLLOW | Fd.O_NONBLOCK | more;
        return OwnedFd.of(Fd.openat(directory, name, flags, OWNER_ONLY));
    }
}
