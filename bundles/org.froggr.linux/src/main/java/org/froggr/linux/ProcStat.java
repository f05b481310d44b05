package org.froggr.linux;

import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Some of {@code /proc/PID/stat}, proc(5).
 *
 * @param pid process id
 * @param comm name of the program, at most 15 bytes, which may be any
 * @param state one letter: R, S, D, T, t, Z, X, I
 * @param parent its parent's process id
 * @param session its session's id, see setsid(2)
 * @param startTime when it started, in clock ticks since boot: with the pid it names a process for good
 */
@ProviderType
public record ProcStat(long pid, String comm, char state, long parent, long session, long startTime) {
    private static final int MAX_BYTES = 64 * 1024;

    // Fields counted from the state, which is number 3 in proc(5).
    private static final int STATE = 0;
    private static final int PARENT = 1;
    private static final int SESSION = 3;
    private static final int START_TIME = 19;

    /** Of a process; empty when there is none, not even a zombie. */
    public static Optional<ProcStat> of(long pid) throws ErrnoException {
        try {
            return Optional.of(parse(Processes.readFile(BytePath.of("/proc/" + pid + "/stat"), MAX_BYTES)));
        } catch (ErrnoException e) {
            // ESRCH: it went between open and read
            if (e.is(Errno.ENOENT) || e.is(Errno.ESRCH)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The name stands in parentheses and may hold some itself: the last one closes it. */
    static ProcStat parse(byte[] line) {
        String text = ByteText.decode(line).strip();
        int open = text.indexOf('(');
        int close = text.lastIndexOf(')');
        String[] rest = text.substring(close + 2).split(" ");
        return new ProcStat(
                Long.parseLong(text.substring(0, open - 1)),
                text.substring(open + 1, close),
                rest[STATE].charAt(0),
                Long.parseLong(rest[PARENT]),
                Long.parseLong(rest[SESSION]),
                Long.parseLong(rest[START_TIME]));
    }

    /**
     * The start time of a process, see {@link #startTime()}.
     *
     * @throws ErrnoException ESRCH if there is none
     */
    public static long startTime(long pid) throws ErrnoException {
        return of(pid).orElseThrow(() -> new ErrnoException(Errno.ESRCH, "read")).startTime();
    }

    /** Whether it has ended and waits to be reaped. */
    public boolean isZombie() {
        return state == 'Z' || state == 'X';
    }
}
