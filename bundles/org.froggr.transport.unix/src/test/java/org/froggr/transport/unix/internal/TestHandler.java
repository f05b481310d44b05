package org.froggr.transport.unix.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Entrance;
import org.froggr.spi.transport.Exchange;
import org.froggr.spi.transport.ExchangeHandler;
import org.froggr.spi.transport.HandOff;

/** Commands for tests, by their first argument. */
final class TestHandler implements ExchangeHandler {
    static final UUID SESSION = UUID.fromString("00000000-0000-0000-0000-000000000001");

    final CountDownLatch waiting = new CountDownLatch(1);
    final CountDownLatch hungUp = new CountDownLatch(1);
    final CountDownLatch released = new CountDownLatch(1);
    final CountDownLatch writeFailed = new CountDownLatch(1);

    @Override
    public void handle(Exchange exchange) {
        try {
            run(exchange);
        } catch (IOException e) {
            writeFailed.countDown();
            exchange.end(74);
        } catch (FroggrException e) {
            exchange.end(e.fault().exitStatus());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Exchange exchange) throws IOException, FroggrException, InterruptedException {
        List<String> arguments = exchange.arguments();
        switch (arguments.isEmpty() ? "" : arguments.get(0)) {
            case "echo" -> echo(exchange);
            case "where" -> where(exchange);
            case "exit" -> exchange.end(Integer.parseInt(arguments.get(1)));
            case "big" -> big(exchange, Integer.parseInt(arguments.get(1)));
            case "both" -> both(exchange);
            case "wait" -> await(exchange);
            case "exec" -> exchange.handOff(new HandOff(new Place(), 2, List.of("A=b c", "D=\u00e9\n")));
            case "shell" -> exchange.openTerminal();
            case "throw" -> throw new UncheckedIOException(new IOException("thrown"));
            default -> exchange.isTerminal(Exchange.Stream.OUT);
        }
    }

    private static void write(Exchange exchange, Exchange.Stream stream, String text) throws IOException {
        byte[] bytes = ByteText.encode(text);
        exchange.write(stream, bytes, 0, bytes.length);
    }

    private static void echo(Exchange exchange) throws IOException {
        for (String argument : exchange.arguments()) {
            write(exchange, Exchange.Stream.OUT, argument + "\0");
        }
        exchange.end(0);
    }

    private static void where(Exchange exchange) throws IOException {
        write(exchange, Exchange.Stream.OUT, exchange.caller().pid() + " " + exchange.caller().workingDirectory()
                + " " + exchange.environment().get("TERM") + " " + exchange.columns()
                + " " + exchange.isTerminal(Exchange.Stream.OUT) + " " + exchange.isTerminal(Exchange.Stream.ERR));
        exchange.end(0);
    }

    private static void big(Exchange exchange, int length) throws IOException {
        byte[] bytes = pattern(length);
        exchange.write(Exchange.Stream.OUT, bytes, 0, bytes.length);
        exchange.end(0);
    }

    static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8));
        }
        return bytes;
    }

    private static void both(Exchange exchange) throws IOException {
        write(exchange, Exchange.Stream.OUT, "to out\n");
        write(exchange, Exchange.Stream.ERR, "to err\n");
        exchange.end(3);
        exchange.end(4);
    }

    private void await(Exchange exchange) throws IOException, InterruptedException {
        exchange.onHangup(hungUp::countDown);
        exchange.onHangup(released::countDown);
        write(exchange, Exchange.Stream.OUT, "waiting");
        waiting.countDown();
        released.await(60, TimeUnit.SECONDS);
        exchange.end(7);
    }

    /** A private session of a user that is not root. */
    private static final class Place implements Entrance {
        @Override
        public UUID session() {
            return SESSION;
        }

        @Override
        public long pid() {
            return 12;
        }

        @Override
        public long processStart() {
            return 345;
        }

        @Override
        public boolean mountNamespace() {
            return true;
        }

        @Override
        public boolean userNamespace() {
            return true;
        }

        @Override
        public BytePath directory() {
            return BytePath.of("/a b/\udcff\n");
        }
    }
}
