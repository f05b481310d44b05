package org.froggr.linux;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Starts a program with exactly these arguments, variables and descriptors: posix_spawn(3). What is not
 * {@linkplain #descriptor passed on} is closed, of 0, 1 and 2 replaced by {@code /dev/null}. No signal is
 * blocked or ignored in the child, whatever the JVM does with them (it ignores SIGPIPE).
 *
 * <p>The child must be {@linkplain #reap reaped}. A {@code Spawn} is used by one thread; what it is given
 * is copied.
 */
@ProviderType
public final class Spawn {
    private static final int WNOHANG = 1;

    /** In a wait status, the signal that ended the child, or 0 (bits/waitstatus.h). */
    private static final int SIGNAL_MASK = 0x7f;

    private static final int SIGNALLED = 128;

    final BytePath program;
    final List<byte[]> arguments = new ArrayList<>();
    final List<byte[]> environment = new ArrayList<>();
    final SortedMap<Integer, Integer> descriptors = new TreeMap<>();
    BytePath directory = BytePath.ROOT;
    boolean newSession;

    private Spawn(BytePath program) {
        this.program = Objects.requireNonNull(program);
    }

    /** Of a program by its path; {@code PATH} is not searched. Without more: no arguments and variables. */
    public static Spawn of(BytePath program) {
        return new Spawn(program);
    }

    /** One more argument; the first is argv[0], the name that {@code ps} shows. */
    public Spawn argument(byte[] argument) {
        arguments.add(BytePath.of(argument).bytes());
        return this;
    }

    /** {@link #argument(byte[])} as {@link ByteText}. */
    public Spawn argument(String argument) {
        return argument(ByteText.encode(argument));
    }

    /** {@link #argument(byte[])} of each. */
    public Spawn arguments(String... more) {
        for (String argument : more) {
            argument(argument);
        }
        return this;
    }

    /** One more word of the environment, {@code NAME=value}. */
    public Spawn environment(byte[] word) {
        environment.add(BytePath.of(word).bytes());
        return this;
    }

    /** One more variable, as {@link ByteText}. */
    public Spawn environment(String name, String value) {
        return environment(ByteText.encode(name + "=" + value));
    }

    /** The variables that this process was started with. */
    public Spawn inheritEnvironment() throws ErrnoException {
        Processes.environment(ProcessHandle.current().pid()).forEach(this::environment);
        return this;
    }

    /** The child's descriptor {@code number} is the same open file as {@code fd} of this process. */
    public Spawn descriptor(int number, int fd) {
        descriptors.put(number, fd);
        return this;
    }

    /** The child leads a new session, setsid(2), and has no terminal. */
    public Spawn newSession() {
        newSession = true;
        return this;
    }

    /** The child's working directory; {@code /} if not set. */
    public Spawn directory(BytePath path) {
        directory = Objects.requireNonNull(path);
        return this;
    }

    /**
     * Starts it.
     *
     * @return its process id
     * @throws ErrnoException what execve(2) says, ENOENT if the directory is not there
     */
    public long start() throws ErrnoException {
        return new SpawnCall(this).run();
    }

    /**
     * The exit status of a child that has ended, as a shell has it: 128 and the signal's number if one
     * ended it. Reaps it: its number is free afterwards.
     *
     * @return empty while it runs
     * @throws ErrnoException ECHILD if it is no child of this process, or was reaped before
     */
    public static OptionalInt reap(long pid) throws ErrnoException {
        int[] status = new int[1];
        int reaped = Libc.retry(() -> LibcProcesses.waitpid((int) pid, status, WNOHANG), "waitpid", null);
        return reaped == 0 ? OptionalInt.empty() : OptionalInt.of(exitStatus(status[0]));
    }

    private static int exitStatus(int waitStatus) {
        int signal = waitStatus & SIGNAL_MASK;
        return signal == 0 ? waitStatus >> 8 & 0xff : SIGNALLED + signal;
    }

    /** Waits for a child to end, at most this long, and {@linkplain #reap reaps} it; empty if it still runs. */
    public static OptionalInt await(long pid, Duration limit) throws ErrnoException {
        OptionalInt status = reap(pid);
        if (status.isPresent()) {
            return status;
        }
        try (PidFd child = PidFd.open(pid)) {
            return child.awaitExit(limit) ? reap(pid) : OptionalInt.empty();
        }
    }
}
