package org.froggr.session.internal.process;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Namespaces;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.PidFd;
import org.froggr.spi.presentation.MountSpace;

/**
 * The process of one session, held by a pidfd: whatever is done here is done to that process and never
 * to another that got its number. Safe from any thread until it is closed.
 */
public final class Anchor implements AutoCloseable {
    /** The descriptor that it keeps the device of the session's file system open with. */
    public static final int FUSE = 9;

    /** The descriptor that it keeps a socket with open files open with, see {@link Inheritance#store}. */
    public static final int STORE = 8;

    private static final BytePath DEVICE = BytePath.of("/dev/fuse");
    private static final Duration FUSE_LIMIT = Duration.ofSeconds(10);

    /** How long the kernel may take to end a process after KILL. */
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

    private final UUID id;
    private final long pid;
    private final long processStart;
    private final PidFd process;
    private final AnchorLine line;
    private final AnchorPlace place;

    /** Of a mount namespace that threads can enter; with it that lives on when the process has ended. */
    private final Optional<OwnedFd> namespace;

    private volatile boolean closed;

    private Anchor(UUID id, long pid, long processStart, PidFd process, AnchorLine line, AnchorPlace place)
            throws ErrnoException {
        this.id = id;
        this.pid = pid;
        this.processStart = processStart;
        this.process = process;
        this.line = line;
        this.place = place;
        this.namespace = place.space().access() == MountSpace.Access.ENTERED
                ? Optional.of(OwnedFd.of(Namespaces.openMount(pid)))
                : Optional.empty();
    }

    /** Takes over the descriptor, whose process must be alive and have this number and start. */
    static Anchor of(UUID id, long pid, long processStart, PidFd process) throws ErrnoException {
        AnchorLine line = new AnchorLine(pid, process);
        return new Anchor(id, pid, processStart, process, line, AnchorPlace.of(pid, process, line));
    }

    /** The session it belongs to. */
    public UUID id() {
        return id;
    }

    public long pid() {
        return pid;
    }

    /** Clock ticks since boot (field 22 of {@code /proc/PID/stat}, proc(5)). */
    public long processStart() {
        return processStart;
    }

    /** Whether it runs; one that has ended and only waits to be reaped does not. False after {@link #close}. */
    public boolean alive() {
        return !closed && !Liveness.ended(process);
    }

    /** Owned by this object. */
    public PidFd pidFd() {
        return process;
    }

    /** The namespace that the session's mounts are in. */
    public MountSpace space() {
        return place.space();
    }

    /** Inode number of its mount namespace, as {@code /proc/PID/ns/mnt} has it. */
    public long mountNamespace() {
        return place.mountNamespace();
    }

    /** Its mount namespace, if another process can be started in it; to be used before {@link #close}. */
    public OptionalInt enterableNamespace() {
        return namespace.map(fd -> OptionalInt.of(fd.number())).orElse(OptionalInt.empty());
    }

    /** The mount table of its namespace (proc(5)); who keeps it open keeps the namespace. */
    public BytePath mountInfoFile() {
        return BytePath.of("/proc/" + pid + "/mountinfo");
    }

    /** Whether its mount namespace is the platform's own. */
    public boolean sharesNamespace() {
        return place.space().access() == MountSpace.Access.OWN;
    }

    /** Whether it is in a user namespace that is not the platform's. */
    public boolean userNamespace() {
        return place.userNamespace();
    }

    /**
     * Whether it answers in time. One that is busy with a program that it runs for us counts as one that
     * does; one that was stopped is continued.
     */
    public boolean ping(Duration limit) {
        return alive() && line.ping(limit);
    }

    /** Has it run a program, which inherits {@link #FUSE}; see {@link AnchorLine#run}. */
    AnchorLine.Outcome run(List<BytePath> command, Duration limit) throws ErrnoException, InterruptedException {
        return line.run(command, limit);
    }

    /**
     * Has it open {@code /dev/fuse} anew, not mounted yet. Whatever was mounted with the one that it had
     * before loses it.
     *
     * @throws ErrnoException EACCES if this user may not open the device, ENOENT if there is none
     */
    public void openFuse() throws ErrnoException, InterruptedException {
        AnchorLine.Outcome outcome = line.fuse(FUSE_LIMIT);
        if (outcome.status() != 0) {
            throw ProgramFailure.of(List.of(DEVICE), outcome.said());
        }
    }

    /**
     * What it holds.
     *
     * @param number {@link #FUSE} or {@link #STORE}
     * @return another descriptor of the same open file, which the caller closes
     * @throws ErrnoException EBADF if it holds nothing there, EPERM if the kernel forbids to fetch it (ptrace(2),
     *     PTRACE_MODE_ATTACH_REALCREDS)
     */
    public int held(int number) throws ErrnoException {
        return process.get(number);
    }

    /**
     * Ends it: TERM, and KILL after {@code grace}. Returns when it is gone; at once if it is already.
     *
     * @throws ErrnoException ETIMEDOUT if even KILL did not end it, as while it hangs in the kernel
     */
    public void terminate(Duration grace) throws ErrnoException {
        Termination.of(process, grace, KILL_LIMIT);
        reap();
    }

    /** Takes it off the kernel's process table, if it has ended and is a child of ours. */
    void reap() throws ErrnoException {
        Liveness.reap(pid, processStart, process);
    }

    /** Gives back the descriptor; the process goes on. */
    @Override
    public void close() {
        closed = true;
        line.close();
        try {
            if (namespace.isPresent()) {
                namespace.get().close();
            }
            process.close();
        } catch (ErrnoException e) {
            // close(2) of a pidfd writes nothing: only a descriptor that is not ours can be refused
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "process " + pid + " of session " + id;
    }
}
