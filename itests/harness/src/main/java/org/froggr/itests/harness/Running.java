package org.froggr.itests.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.froggr.api.ByteText;

/** A command that has been started. Its standard input stays open until {@link #closeInput}. */
public final class Running implements AutoCloseable {
    private final String command;
    private final Process process;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Thread outReader;
    private final Thread errReader;

    Running(String command, ProcessBuilder builder) {
        this.command = command;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        outReader = reader(process.getInputStream(), out);
        errReader = reader(process.getErrorStream(), err);
    }

    private static Thread reader(InputStream in, ByteArrayOutputStream to) {
        Thread thread = new Thread(() -> copy(in, to), "output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void copy(InputStream in, ByteArrayOutputStream to) {
        try (in) {
            in.transferTo(to);
        } catch (IOException e) {
            to.writeBytes(("[reading ended: " + e.getMessage() + "]").getBytes());
        }
    }

    /** Its process id; {@code exec} in the script keeps it the same down to the last program. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends it a signal by name. */
    public void signal(String name) {
        Processes.signal(name, pid());
    }

    /** What it has written to standard output so far. */
    public String outSoFar() {
        return ByteText.decode(out.toByteArray());
    }

    /** Writes to its standard input. */
    public Running type(String text) {
        try {
            OutputStream in = process.getOutputStream();
            in.write(ByteText.encode(text));
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Ends its standard input; a program that has ended already does not mind. */
    public Running closeInput() {
        try {
            process.getOutputStream().close();
            return this;
        } catch (IOException e) {
            return this;
        }
    }

    /**
     * Waits for its end and for the end of its output: a descriptor that somebody inherited shows as a
     * hang, as it does in {@code $(frg …)}.
     */
    public Result end(Duration limit) {
        closeInput();
        try {
            long end = System.nanoTime() + limit.toNanos();
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            boolean closed = ended && joined(outReader, end) && joined(errReader, end);
            Result result = new Result(command, ended ? process.exitValue() : -1, out.toByteArray(), err.toByteArray());
            if (!closed) {
                close();
                throw new AssertionError(
                        (ended ? "its output is still open after " : "still running after ") + limit + ": " + result);
            }
            return result;
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static boolean joined(Thread reader, long endNanos) throws InterruptedException {
        reader.join(Math.max(1, (endNanos - System.nanoTime()) / 1_000_000));
        return !reader.isAlive();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
