package org.froggr.launcher;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One connection to the platform and what comes back. */
final class SocketCall implements AutoCloseable {
    /** What the line begins with if it is the exit status. */
    static final String ENDED = "x ";

    private final SocketChannel channel;
    private final CountDownLatch taken = new CountDownLatch(1);
    private volatile boolean late;

    private SocketCall(SocketChannel channel) {
        this.channel = channel;
    }

    /** A call that ends by itself if the platform has not taken the request by then. */
    static SocketCall open(Duration patience) throws IOException {
        SocketCall call = new SocketCall(SocketChannel.open(StandardProtocolFamily.UNIX));
        Thread watch = new Thread(() -> call.watch(patience), "frg-patience");
        watch.setDaemon(true);
        watch.start();
        return call;
    }

    private void watch(Duration patience) {
        try {
            if (!taken.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                late = true;
                channel.close();
            }
        } catch (InterruptedException | IOException e) {
            late = true;
        }
    }

    void connect(UnixDomainSocketAddress address) throws IOException {
        channel.connect(address);
    }

    /** Sends the request; a platform that refuses it may have said why, so a failure is left to the answer. */
    void send(ByteBuffer frame) {
        try {
            while (frame.hasRemaining()) {
                channel.write(frame);
            }
        } catch (IOException e) {
            frame.position(frame.limit());
        }
    }

    /** Waits for the last frame and passes on the ones before; returns the line for the script. */
    String answer(SocketOutput output) throws IOException, SocketFailure {
        SocketFrames frames = new SocketFrames(channel);
        while (true) {
            frames.next();
            taken.countDown();
            switch (frames.type()) {
                case SocketFrames.TAKEN -> { }
                case SocketFrames.OUT -> output.out(frames.payload());
                case SocketFrames.ERR -> output.err(frames.payload());
                case SocketFrames.EXIT -> {
                    return ended(status(frames.payload()));
                }
                case SocketFrames.EXEC -> {
                    return new String(frames.payload(), StandardCharsets.ISO_8859_1);
                }
                default -> throw SocketFailure.otherVersion("a frame of type " + frames.type());
            }
        }
    }

    /** The line that says so. */
    static String ended(int status) {
        return ENDED + status;
    }

    private static int status(byte[] payload) throws SocketFailure {
        if (payload.length != 1) {
            throw SocketFailure.otherVersion("an exit status of " + payload.length + " bytes");
        }
        return payload[0] & 0xff;
    }

    /** Whether the platform has begun with the request, so that it must not be sent again. */
    boolean isTaken() {
        return taken.getCount() == 0;
    }

    /** Whether the platform took too long. */
    boolean isLate() {
        return late;
    }

    /** An error here must not look like one of the request, which would be sent again. */
    @Override
    public void close() {
        taken.countDown();
        try {
            channel.close();
        } catch (IOException e) {
            late = true;
        }
    }

}
