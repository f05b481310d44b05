package org.froggr.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.OptionalInt;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/** A child process that tests talk to through its standard input and output; killed at the end. */
final class Child implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(30);

    private final long pid;
    private final OwnedFd in;
    private final OwnedFd out;

    private Child(long pid, int in, int out) {
        this.pid = pid;
        this.in = OwnedFd.of(in);
        this.out = OwnedFd.of(out);
    }

    static Child shell(String script, String... arguments) throws ErrnoException {
        return start(Spawn.of(BytePath.of("/bin/sh"))
                .arguments("sh", "-c", script, "sh")
                .arguments(arguments)
                .inheritEnvironment());
    }

    static Child start(Spawn spawn) throws ErrnoException {
        int[] toChild = Fd.pipe();
        int[] fromChild = Fd.pipe();
        try {
            long pid = spawn.descriptor(0, toChild[0]).descriptor(1, fromChild[1]).descriptor(2, 2).start();
            return new Child(pid, toChild[1], fromChild[0]);
        } finally {
            Fd.closeQuietly(toChild[0], fromChild[1]);
        }
    }

    long pid() {
        return pid;
    }

    /** All that it writes until it ends or closes its output. */
    String output() throws ErrnoException {
        return new String(Fd.readFully(out.number(), 1_000_000), UTF_8);
    }

    /** One line, without its end: waits until the child has come that far. */
    String line() throws ErrnoException {
        StringBuilder line = new StringBuilder();
        byte[] one = new byte[1];
        while (Fd.read(out.number(), one, 0, 1) == 1 && one[0] != '\n') {
            line.append((char) (one[0] & 0xff));
        }
        return line.toString();
    }

    void closeInput() throws ErrnoException {
        in.close();
    }

    /** Its exit status. */
    int status() throws ErrnoException {
        OptionalInt status = Spawn.await(pid, LIMIT);
        return status.orElseThrow();
    }

    @Override
    public void close() throws ErrnoException {
        in.close();
        out.close();
        try (PidFd child = PidFd.open(pid)) {
            child.signal(PidFd.SIGKILL);
            Spawn.await(pid, LIMIT);
        } catch (ErrnoException e) {
            if (!e.is(Errno.ESRCH) && !e.is(Errno.ECHILD)) {
                throw e;
            }
        }
    }
}
