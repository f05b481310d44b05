package org.froggr.session.internal.pipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.froggr.api.ByteText;
import org.froggr.session.internal.store.Json;
import org.froggr.session.internal.store.RecordingLogger;
import org.froggr.session.internal.store.TestHome;
import org.froggr.spi.transport.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code launcher/docs/session-pipes.md} promises to shell scripts. */
@Timeout(60)
class DocumentedScriptTest {
    private static final Path PAGE = Path.of("../../launcher/docs/session-pipes.md");

    private final UUID id = UUID.randomUUID();
    private TestHome home;
    private SessionPipes pipes;
    private List<String> scripts;

    @BeforeEach
    void open() throws Exception {
        scripts = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        home = new TestHome();
        pipes = new SessionPipes(() -> Optional.of(DocumentedScriptTest::echo), RecordingLogger.silent());
        pipes.add(id, home.store().create(id));
    }

    @AfterEach
    void close() throws Exception {
        pipes.close();
        home.close();
    }

    private static void echo(Exchange exchange) {
        byte[] all = Json.write(exchange.arguments()).getBytes(StandardCharsets.US_ASCII);
        try {
            exchange.write(Exchange.Stream.OUT, all, 0, all.length);
            exchange.end(7);
        } catch (IOException e) {
            exchange.end(74);
        }
    }

    private Process start(String shell, String script, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(shell.split(" ")));
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin", command.get(0))), "no " + shell + " here");
        command.addAll(List.of("-c", script, "ask", id.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.parent().toFile());
        builder.environment().put("FROGGR_HOME", home.path().toString());
        return builder.redirectErrorStream(true).start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh", "dash", "bash", "busybox sh"})
    void aCommandIsSentAndItsAnswerPrinted(String shell) throws Exception {
        String[] arguments = {"bind", "-r", "a b", "", "quo\"te\\'s", "two\nlines\n\nand a\ttab", "$HOME `x` %s *"};
        Process ask = start(shell, scripts.get(0), arguments);
        String answer = ByteText.decode(ask.getInputStream().readAllBytes());
        assertEquals(0, ask.waitFor(), answer);
        Map<?, ?> json = (Map<?, ?>) Json.parse(answer);
        assertEquals(7, json.get("status"));
        List<String> expected = new ArrayList<>(List.of("--json"));
        expected.addAll(List.of(arguments));
        assertEquals(expected, json.get("out"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh", "dash", "bash", "busybox sh"})
    void eventsCanBeWatched(String shell) throws Exception {
        try (PipeReader process = PipeReader.both(home.path(id).resolve("reply"))) {
            pipes.publish(id, Map.of("event", "state"));
            Process watch = start(shell, scripts.get(1));
            try {
                assertEquals("{\"event\":\"state\"}", watch.inputReader().readLine());
                assertTrue(process.descriptor() >= 0);
            } finally {
                watch.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        }
    }
}
