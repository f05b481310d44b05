package org.froggr.shell.internal.command;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.froggr.api.ByteText;
import org.froggr.spi.transport.Exchange;

/**
 * One stream of an exchange, buffered unless it is a terminal. After the first failure the rest is
 * dropped and the failure kept, so that a verb whose reader has gone still ends what it began.
 */
final class Output extends OutputStream {
    private static final int BUFFER_BYTES = 8192;

    private final Exchange exchange;
    private final Exchange.Stream stream;
    private final boolean eager;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int filled;
    private IOException failure;

    Output(Exchange exchange, Exchange.Stream stream, boolean eager) {
        this.exchange = exchange;
        this.stream = stream;
        this.eager = eager;
    }

    void print(String text) {
        byte[] bytes = ByteText.encode(text);
        write(bytes, 0, bytes.length);
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        if (length > BUFFER_BYTES - filled) {
            flush();
        }
        if (length > BUFFER_BYTES) {
            send(bytes, offset, length);
            return;
        }
        System.arraycopy(bytes, offset, buffer, filled, length);
        filled += length;
        if (eager) {
            flush();
        }
    }

    @Override
    public synchronized void flush() {
        send(buffer, 0, filled);
        filled = 0;
    }

    private void send(byte[] bytes, int offset, int length) {
        if (failure != null || length == 0) {
            return;
        }
        try {
            exchange.write(stream, bytes, offset, length);
        } catch (IOException e) {
            failure = e;
        }
    }

    synchronized Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }
}
