package org.froggr.session.internal.process;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.froggr.api.ByteText;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.PidFd;
import org.froggr.linux.Poll;
import org.froggr.linux.ProcStat;
import org.froggr.linux.Spawn;
import org.froggr.session.internal.store.SessionDirectory;

/** One attempt to start an anchor. It ends with the anchor, or with an error and no process. */
final class AnchorStart {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);
    private static final int MAX_COMPLAINT_BYTES = 64 * 1024;
    private static final String READY = "ready\n";

    private final AnchorProgram program;
    private final UUID id;
    private final SessionDirectory directory;
    private final Inheritance inheritance;

    AnchorStart(AnchorProgram program, UUID id, SessionDirectory directory, Inheritance inheritance) {
        this.program = program;
        this.id = id;
        this.directory = directory;
        this.inheritance = inheritance;
    }

    /** Starts the child: directly, or from a thread in another namespace. */
    interface Starter {
        long start(Spawn spawn) throws ErrnoException;
    }

    /** In the platform's namespaces. It is not waited for: what goes wrong now, it will die of. */
    Anchor shared() throws ErrnoException {
        Spawn spawn = program.command(id, List.of());
        long pid = start(spawn, Spawn::start);
        return adopt(pid, PidFd.open(pid));
    }

    /**
     * Waits until the loop begins.
     *
     * @param prefix see {@link AnchorProgram#command}
     * @throws StartRefused if it ended before
     */
    Anchor awaited(List<String> prefix, Starter starter) throws ErrnoException, StartRefused {
        Spawn spawn = program.command(id, prefix);
        int[] complaints = Fd.pipe();
        try (OwnedFd from = OwnedFd.of(complaints[0])) {
            long pid;
            try (OwnedFd to = OwnedFd.of(complaints[1])) {
                pid = start(spawn.descriptor(AnchorPipes.COMPLAINTS, to.number()), starter);
            }
            PidFd process = PidFd.open(pid);
            try {
                check(readToEnd(from.number()));
            } catch (ErrnoException | StartRefused e) {
                discard(pid, process);
                throw e;
            }
            return adopt(pid, process);
        }
    }

    private long start(Spawn spawn, Starter starter) throws ErrnoException {
        try (AnchorPipes pipes = AnchorPipes.open(directory)) {
            pipes.passTo(spawn);
            inheritance.device().ifPresent(fd -> spawn.descriptor(Anchor.FUSE, fd));
            inheritance.store().ifPresent(fd -> spawn.descriptor(Anchor.STORE, fd));
            return starter.start(spawn);
        }
    }

    /** A process that ends closes the pipe before it can be seen to have ended: only the word counts. */
    private static void check(String said) throws StartRefused {
        if (!said.endsWith(READY)) {
            throw new StartRefused(said);
        }
    }

    /** The child is ours and not reaped, so that its number cannot mean another process yet. */
    private Anchor adopt(long pid, PidFd process) throws ErrnoException {
        try {
            return Anchor.of(id, pid, ProcStat.startTime(pid), process);
        } catch (ErrnoException e) {
            discard(pid, process);
            throw e;
        }
    }

    private static void discard(long pid, PidFd process) throws ErrnoException {
        try (process) {
            Termination.of(process, Duration.ZERO, KILL_LIMIT);
            Spawn.reap(pid);
        }
    }

    /** The other end is closed when the loop begins, and when the process ends. */
    private static String readToEnd(int fd) throws ErrnoException {
        long end = System.nanoTime() + LIMIT.toNanos();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        byte[] chunk = new byte[4096];
        while (true) {
            long left = Math.max(0, (end - System.nanoTime()) / 1_000_000);
            if (Poll.poll(fd, Poll.IN, (int) left) == 0) {
                throw new ErrnoException(Errno.ETIMEDOUT, "start of the session's process");
            }
            int count = Fd.read(fd, chunk, 0, chunk.length);
            if (count == 0 || said.size() > MAX_COMPLAINT_BYTES) {
                return ByteText.decode(said.toByteArray());
            }
            said.write(chunk, 0, count);
        }
    }
}
