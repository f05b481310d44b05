package org.froggr.transport.pipe.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Entrance;
import org.froggr.linux.ProcStat;
import org.froggr.spi.transport.Exchange;
import org.froggr.spi.transport.Exchange.Stream;
import org.froggr.spi.transport.ExchangeHandler;
import org.froggr.spi.transport.HandOff;
import org.froggr.spi.transport.TerminalLink;

/** A few commands that show what a transport carries. */
final class TestVerbs implements ExchangeHandler {
    static final UUID SESSION = UUID.fromString("11111111-2222-3333-4444-555555555555");

    /** Counted down when a {@code wait} has begun, and when its client has gone. */
    volatile CountDownLatch waiting = new CountDownLatch(1);

    volatile CountDownLatch hungUp = new CountDownLatch(1);
    volatile CountDownLatch goOn = new CountDownLatch(1);

    @Override
    public void handle(Exchange exchange) {
        try {
            run(exchange, exchange.arguments());
        } catch (IOException e) {
            exchange.end(74);
        } catch (FroggrException e) {
            exchange.end(e.fault().exitStatus());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Exchange exchange, List<String> words) throws IOException, FroggrException, InterruptedException {
        switch (words.isEmpty() ? "" : words.get(0)) {
            case "echo" -> {
                print(exchange, Stream.OUT, String.join("\0", words.subList(1, words.size())) + "\0");
                exchange.end(0);
            }
            case "both" -> {
                print(exchange, Stream.OUT, "to out\n");
                print(exchange, Stream.ERR, "to err\n");
                exchange.end(Integer.parseInt(words.get(1)));
            }
            case "binary" -> binary(exchange, Integer.parseInt(words.get(1)));
            case "env" -> {
                print(exchange, Stream.OUT, exchange.environment() + " " + exchange.caller().workingDirectory() + "\n");
                exchange.end(0);
            }
            case "wait" -> await(exchange);
            case "tty" -> terminal(exchange);
            case "size" -> {
                print(exchange, Stream.OUT, exchange.columns() + " " + exchange.isTerminal(Stream.OUT) + "\n");
                exchange.end(0);
            }
            case "exec" -> exchange.handOff(new HandOff(
                    new Here(BytePath.of(words.get(1)), words.get(2)), words.size() - 3, List.of("ADDED=a b\nc\n")));
            default -> exchange.end(0);
        }
    }

    private static void print(Exchange exchange, Stream stream, String text) throws IOException {
        byte[] bytes = ByteText.encode(text);
        exchange.write(stream, bytes, 0, bytes.length);
    }

    private static void binary(Exchange exchange, int length) throws IOException {
        byte[] bytes = pattern(length);
        exchange.write(Stream.OUT, bytes, 0, length);
        exchange.end(0);
    }

    static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8));
        }
        return bytes;
    }

    private void await(Exchange exchange) throws InterruptedException {
        CountDownLatch mine = goOn;
        exchange.onHangup(hungUp::countDown);
        exchange.onHangup(mine::countDown);
        waiting.countDown();
        mine.await(60, TimeUnit.SECONDS);
        exchange.end(7);
    }

    private void terminal(Exchange exchange) throws FroggrException, IOException {
        try (TerminalLink link = exchange.openTerminal()) {
            link.onResize((columns, rows) -> {
                try {
                    link.output().write(ByteText.encode("resized " + columns + "x" + rows + "\r\n"));
                } catch (IOException e) {
                    hungUp.countDown();
                }
            });
            link.output().write(ByteText.encode("size " + link.columns() + "x" + link.rows() + " " + link.type() + "\r\n"));
            InputStream in = link.input();
            byte[] typed = new byte[100];
            int count;
            while ((count = in.read(typed)) > 0 && typed[0] != 'q') {
                link.output().write(ByteText.encode("got " + Arrays.toString(Arrays.copyOf(typed, count)) + "\r\n"));
            }
        }
        print(exchange, Stream.OUT, "bye\n");
        exchange.end(5);
    }

    /** This process as a session, without namespaces of its own unless asked. */
    private record Here(BytePath directory, String kind) implements Entrance {
        @Override
        public UUID session() {
            return SESSION;
        }

        @Override
        public long pid() {
            return ProcessHandle.current().pid();
        }

        @Override
        public long processStart() {
            try {
                return ProcStat.startTime(pid());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public boolean mountNamespace() {
            return kind.equals("m");
        }

        @Override
        public boolean userNamespace() {
            return false;
        }
    }
}
