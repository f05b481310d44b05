package org.froggr.session.internal.pipes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.FroggrException;
import org.froggr.linux.Fd;
import org.froggr.linux.Fifo;
import org.froggr.session.internal.store.Json;
import org.froggr.session.internal.store.RecordingLogger;
import org.froggr.session.internal.store.SessionDirectory;
import org.froggr.session.internal.store.TestHome;
import org.froggr.spi.transport.Exchange;
import org.froggr.spi.transport.ExchangeHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** One session with its pipes, and a few verbs of a shell that does not exist. */
abstract class PipesFixture {
    private static final Duration PATIENCE = Duration.ofMillis(400);

    final UUID id = UUID.randomUUID();
    final RecordingLogger log = new RecordingLogger();
    final CountDownLatch gate = new CountDownLatch(1);
    final CountDownLatch inside = new CountDownLatch(1);
    volatile ExchangeHandler handler = this::handle;
    TestHome home;
    SessionPipes pipes;
    SessionDirectory directory;
    PipeReader reply;

    @BeforeEach
    void open() throws Exception {
        home = new TestHome();
        pipes = new SessionPipes(() -> Optional.ofNullable(handler), log.logger(), PATIENCE);
        directory = home.store().create(id);
        reply = PipeReader.both(home.path(id).resolve("reply"));
        pipes.add(id, directory);
    }

    @AfterEach
    void close() throws Exception {
        gate.countDown();
        pipes.close();
        reply.close();
        home.close();
    }

    /** A few verbs of a shell that does not exist. */
    private void handle(Exchange exchange) {
        try {
            exchange.end(run(exchange, exchange.arguments().subList(1, exchange.arguments().size())));
        } catch (IOException | FroggrException | InterruptedException e) {
            write(exchange, Exchange.Stream.ERR, e.getMessage());
            exchange.end(74);
        }
    }

    private int run(Exchange exchange, List<String> arguments)
            throws IOException, FroggrException, InterruptedException {
        switch (arguments.get(0)) {
            case "echo" -> write(exchange, Exchange.Stream.OUT, String.join(" ", arguments) + "\n");
            case "big" -> write(exchange, Exchange.Stream.OUT, "x".repeat(Integer.parseInt(arguments.get(1))));
            case "context" -> write(exchange, Exchange.Stream.OUT, context(exchange) + "\n");
            case "wait" -> {
                inside.countDown();
                gate.await();
            }
            case "hang" -> {
                exchange.onHangup(gate::countDown);
                inside.countDown();
                gate.await();
            }
            case "terminal" -> exchange.openTerminal();
            case "throw" -> throw new IllegalStateException("a defect");
            default -> write(exchange, Exchange.Stream.ERR, "{\"code\":\"USAGE\"}\n");
        }
        return arguments.get(0).equals("fail") ? 64 : 0;
    }

    private static String context(Exchange exchange) {
        return Json.write(List.of(
                exchange.arguments().get(0),
                exchange.environment().get("FROGGR_SESSION"),
                exchange.caller().workingDirectory()));
    }

    private static void write(Exchange exchange, Exchange.Stream stream, String text) {
        byte[] bytes = ByteText.encode(text);
        try {
            exchange.write(stream, bytes, 0, bytes.length);
        } catch (IOException e) {
            exchange.end(74);
        }
    }

    void request(String line) throws IOException {
        request(id, line + "\n");
    }

    void request(UUID session, String text) throws IOException {
        Files.write(home.path(session).resolve("ctl"), ByteText.encode(text));
    }

    Path fifo(String name) throws Exception {
        Path path = home.parent().resolve(name);
        Fifo.make(Fd.AT_FDCWD, BytePath.of(path.toString()));
        return path;
    }

    static Map<String, Object> answer(Object id, int status, Object out, Object err) {
        Map<String, Object> answer = new HashMap<>();
        answer.put("id", id);
        answer.put("status", status);
        answer.put("out", out);
        answer.put("err", err);
        return answer;
    }

    /** Something that becomes true. */
    interface Condition {
        boolean holds() throws Exception;
    }

    static void await(Condition condition) throws Exception {
        while (!condition.holds()) {
            Thread.onSpinWait();
        }
    }
}
