package org.froggr.transport.pipe.internal;

import java.util.Arrays;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.Ids;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.Stat;
import org.froggr.spi.transport.ClientRequest;

/**
 * One place for an exchange. A client claims it by creating {@code N.req} with its request in it; the
 * platform takes the request by exchanging that name with {@code N.taken}, a file that holds the word
 * "taken". The exchange is atomic and fails if the client has withdrawn the request by renaming it, so
 * that no request is carried out twice. The slot is free again when the mark is back at its place.
 */
final class Slot {
    /** What becomes of it. */
    private enum State {
        /** Clients may claim it. */
        FREE,
        /** A request is looked at or carried out. */
        BUSY,
        /** It was answered, and the client may not have read that yet. */
        LEAVING
    }

    private static final byte[] MARK = ByteText.encode("taken\n");
    private static final int OWNER_ONLY = 0600;

    private final int number;
    private final BytePath request;
    private final BytePath taken;
    private final BytePath replyName;
    private int directory;
    private OwnPipe reply;
    private Stat mark;
    private State state = State.FREE;
    private long seenInode;
    private int seenChecks;

    Slot(int number, int directory) throws ErrnoException {
        this.number = number;
        this.request = BytePath.of(number + ".req");
        this.taken = BytePath.of(number + ".taken");
        this.replyName = BytePath.of(number + ".reply");
        attach(directory);
    }

    private void attach(int next) throws ErrnoException {
        directory = next;
        OwnPipe pipe = OwnPipe.open(next, replyName);
        if (reply != null) {
            reply.close();
        }
        reply = pipe;
        mark = null;
    }

    int number() {
        return number;
    }

    /** Where its pipes are. */
    synchronized int directory() {
        return directory;
    }

    synchronized OwnPipe reply() {
        return reply;
    }

    /** Keeps others from looking at its request; false if somebody does already. */
    synchronized boolean occupy() {
        boolean free = state == State.FREE;
        if (free) {
            state = State.BUSY;
        }
        return free;
    }

    /** Undoes {@link #occupy} as if nothing had happened. */
    synchronized void vacate() {
        state = State.FREE;
    }

    /** The answer was sent. */
    synchronized void leave() {
        state = State.LEAVING;
    }

    synchronized boolean isFree() {
        return state == State.FREE;
    }

    synchronized boolean isLeaving() {
        return state == State.LEAVING;
    }

    /** The file that holds the request, if there is one that nobody has taken. */
    Optional<byte[]> read() throws ErrnoException {
        return content(request).filter(bytes -> !Arrays.equals(bytes, MARK));
    }

    private Optional<byte[]> content(BytePath name) throws ErrnoException {
        try (OwnedFd fd = OwnedFd.of(Fd.openat(
                directory, name, Fd.O_RDONLY | Fd.O_NOFOLLOW | Fd.O_NONBLOCK, 0))) {
            Stat stat = Stat.of(fd.number());
            boolean ours = stat.isRegular() && stat.uid() == Ids.euid();
            return ours ? Optional.of(Fd.readFully(fd.number(), ClientRequest.MAX_BYTES)) : Optional.empty();
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Takes the request; false if the client has withdrawn it. */
    synchronized boolean take() throws ErrnoException {
        if (mark == null) {
            makeMark();
        }
        try {
            At.rename(directory, taken, directory, request, At.RENAME_EXCHANGE);
            return true;
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                mark = null;
                return false;
            }
            throw e;
        }
    }

    private void makeMark() throws ErrnoException {
        Names.remove(directory, taken);
        int flags = Fd.O_WRONLY | Fd.O_CREAT | Fd.O_EXCL | Fd.O_NOFOLLOW;
        try (OwnedFd fd = OwnedFd.of(Fd.openat(directory, taken, flags, OWNER_ONLY))) {
            Fd.writeFully(fd.number(), MARK);
            mark = Stat.of(fd.number());
        }
    }

    /** Lets the next client in. */
    synchronized void release() throws ErrnoException {
        try {
            reply.drain();
            putMarkBack();
        } finally {
            state = State.FREE;
            seenChecks = 0;
        }
    }

    private void putMarkBack() throws ErrnoException {
        Optional<Stat> claim = stat(request);
        if (claim.isPresent() && mark != null && claim.get().sameFile(mark)) {
            At.rename(directory, request, directory, taken);
        } else {
            // The client tried to withdraw when it was too late, and has carried the mark away.
            mark = null;
            Names.remove(directory, taken);
        }
    }

    private Optional<Stat> stat(BytePath name) throws ErrnoException {
        try {
            return Optional.of(Stat.at(directory, name, false));
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Drops a request that nobody waits for any more. */
    synchronized void discard() throws ErrnoException {
        Names.remove(directory, request);
    }

    /** What a platform before this one had taken; empty if there is no such thing. */
    Optional<byte[]> inherited() throws ErrnoException {
        boolean marked = content(request).filter(bytes -> Arrays.equals(bytes, MARK)).isPresent();
        return marked ? content(taken) : Optional.empty();
    }

    /** Makes the mark of a platform before this one its own, to be put back by {@link #release}. */
    synchronized void adoptMark() throws ErrnoException {
        mark = Stat.at(directory, request, false);
    }

    /** Whether the client has read all of its answer. */
    synchronized boolean isRead() throws ErrnoException {
        return Fd.available(reply.fd()) == 0;
    }

    /** In how many checks in a row, this one included, there was one and the same request; 0 if there is none. */
    synchronized int waiting() throws ErrnoException {
        Optional<Stat> claim = stat(request);
        if (claim.isEmpty()) {
            seenChecks = 0;
            return 0;
        }
        seenChecks = claim.get().inode() == seenInode ? seenChecks + 1 : 1;
        seenInode = claim.get().inode();
        return seenChecks;
    }

    /** If nobody uses it, makes anew what clients cannot reach; returns whether all was well. */
    synchronized boolean mend(int current) throws ErrnoException {
        if (state != State.FREE || directory == current && reply.isReachable(current)) {
            return true;
        }
        attach(current);
        return false;
    }

    /** Closes its pipe, and removes its files but not a request that somebody may still withdraw. */
    synchronized void close() throws ErrnoException {
        boolean fresh = read().isPresent();
        if (reply.isReachable(directory)) {
            Names.remove(directory, replyName);
        }
        reply.close();
        Names.remove(directory, taken);
        if (!fresh) {
            Names.remove(directory, request);
        }
    }
}
