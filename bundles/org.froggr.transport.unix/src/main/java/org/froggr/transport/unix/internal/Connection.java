package org.froggr.transport.unix.internal;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.Poll;
import org.froggr.linux.UnixSocket;
import org.froggr.spi.transport.MalformedRequestException;

/**
 * One client's socket, non-blocking. The loop's thread reads; any thread sends, one frame at a time. Two
 * locks, taken in this order: that of sending, held while a slow client is waited for, and the object's
 * own, held for a moment, without which the descriptor might be closed while it is shut down.
 */
final class Connection {
    private static final int PIECE_BYTES = 64 * 1024;

    /** How far the request has come. */
    enum Intake {
        PARTIAL,
        WHOLE,
        CLOSED
    }

    private final int fd;
    private final long deadlineNanos;
    private final Runnable afterClose;
    private final RequestFrame request = new RequestFrame();
    private final ReentrantLock sending = new ReentrantLock();
    private boolean ended;
    private boolean closed;
    private volatile boolean gone;

    /**
     * @param fd owned by this object from now on
     * @param deadlineNanos when the request must be whole, of {@link System#nanoTime}
     */
    Connection(int fd, long deadlineNanos, Runnable afterClose) {
        this.fd = fd;
        this.deadlineNanos = deadlineNanos;
        this.afterClose = afterClose;
    }

    int fd() {
        return fd;
    }

    boolean isLate(long nowNanos) {
        return nowNanos - deadlineNanos > 0;
    }

    /** Reads what is there of the request, and nothing behind it. */
    Intake read() throws ErrnoException, MalformedRequestException {
        byte[] piece = new byte[Math.min(PIECE_BYTES, request.missing())];
        while (true) {
            int length = readPiece(piece);
            if (length <= 0) {
                return length == 0 ? Intake.CLOSED : Intake.PARTIAL;
            }
            if (request.add(piece, length)) {
                return Intake.WHOLE;
            }
            piece = new byte[Math.min(PIECE_BYTES, request.missing())];
        }
    }

    /** Returns how many bytes have come, 0 at the end, -1 if none are there yet. */
    private int readPiece(byte[] piece) throws ErrnoException {
        try {
            return Fd.read(fd, piece, 0, piece.length);
        } catch (ErrnoException e) {
            if (e.is(Errno.EAGAIN)) {
                return -1;
            }
            if (e.is(Errno.ECONNRESET)) {
                return 0;
            }
            throw e;
        }
    }

    /** Whether the client has sent nothing at all so far. */
    boolean isSilent() {
        return request.isEmpty();
    }

    /** The payload of the whole request. */
    byte[] payload() {
        return request.payload();
    }

    UnixSocket.Peer peer() throws ErrnoException {
        return UnixSocket.peer(fd);
    }

    /** Whether the client has closed its end by now. */
    boolean hasHungUp() throws ErrnoException {
        return gone || (Poll.poll(fd, Poll.RDHUP, 0) & (Poll.RDHUP | Poll.HUP | Poll.ERR)) != 0;
    }

    /**
     * Sends one frame, and waits while the client reads slowly.
     *
     * @throws ErrnoException EPIPE when the client has gone or the exchange is over
     */
    void send(FrameType type, byte[] bytes, int offset, int length) throws ErrnoException {
        sending.lock();
        try {
            if (ended) {
                throw new ErrnoException(Errno.EPIPE, "write");
            }
            transfer(frame(type, bytes, offset, length));
        } finally {
            sending.unlock();
        }
    }

    /** Sends the last frame, if it can be sent, and closes. Later ends are ignored; returns whether this one counts. */
    boolean end(FrameType type, byte... payload) {
        sending.lock();
        try {
            if (ended) {
                return false;
            }
            ended = true;
            sendLast(frame(type, payload, 0, payload.length));
            close();
            return true;
        } finally {
            sending.unlock();
        }
    }

    /** Says why there is no command, and closes. */
    void refuse(Refusal refusal) {
        byte[] text = refusal.text();
        sending.lock();
        try {
            if (!ended) {
                sendLast(frame(FrameType.ERR, text, 0, text.length));
            }
            end(FrameType.EXIT, (byte) refusal.fault().exitStatus());
        } finally {
            sending.unlock();
        }
    }

    private static byte[] frame(FrameType type, byte[] bytes, int offset, int length) {
        return ByteBuffer.allocate(FrameType.HEADER_BYTES + length)
                .putInt(length)
                .put(type.number())
                .put(bytes, offset, length)
                .array();
    }

    private void sendLast(byte[] frame) {
        try {
            transfer(frame);
        } catch (ErrnoException e) {
            // Nobody is left to be told.
            gone = true;
        }
    }

    private void transfer(byte[] frame) throws ErrnoException {
        int done = 0;
        while (done < frame.length) {
            if (gone) {
                throw new ErrnoException(Errno.EPIPE, "write");
            }
            Poll.poll(fd, Poll.OUT, -1);
            done += write(frame, done);
        }
    }

    private int write(byte[] frame, int offset) throws ErrnoException {
        try {
            return Fd.write(fd, frame, offset, frame.length - offset);
        } catch (ErrnoException e) {
            if (e.is(Errno.EAGAIN)) {
                return 0;
            }
            throw e;
        }
    }

    /** Ends the talk in both directions, so that whoever waits for this client waits no longer. */
    synchronized void hangUp() throws ErrnoException {
        gone = true;
        if (!closed) {
            UnixSocket.shutdown(fd, UnixSocket.SHUT_RDWR);
        }
    }

    /** Closes without a word. Idempotent. */
    void drop() {
        sending.lock();
        try {
            ended = true;
            close();
        } finally {
            sending.unlock();
        }
    }

    private void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            Fd.closeQuietly(fd);
        }
        afterClose.run();
    }
}
