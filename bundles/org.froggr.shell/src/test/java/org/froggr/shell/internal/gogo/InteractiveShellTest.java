package org.froggr.shell.internal.gogo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.froggr.shell.internal.command.Invocation;
import org.froggr.shell.internal.testing.Fakes;
import org.froggr.shell.internal.testing.Frg;
import org.froggr.shell.internal.testing.Gogo;
import org.froggr.shell.internal.testing.RecordingExchange;
import org.froggr.shell.internal.testing.TempHome;
import org.froggr.spi.transport.TerminalLink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InteractiveShellTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Frg frg = new Frg();
    private final Gogo gogo = new Gogo();
    private final Screen screen = new Screen();
    private final ExecutorService pool = Executors.newSingleThreadExecutor();
    private TempHome home;
    private Future<?> shell;

    /** A terminal whose keyboard is a pipe. */
    private static final class Screen implements TerminalLink {
        private static final Pattern CONTROL = Pattern.compile("\\033\\[[0-9;?]*[a-zA-Z]|\\033[=>]|\r");
        private final PipedOutputStream keyboard = new PipedOutputStream();
        private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
        private final PipedInputStream input = new PipedInputStream(4096);
        private volatile BiConsumer<Integer, Integer> resize;

        Screen() {
            try {
                input.connect(keyboard);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void type(String text) throws Exception {
            keyboard.write(text.getBytes(StandardCharsets.UTF_8));
            keyboard.flush();
        }

        synchronized String text() {
            return CONTROL.matcher(shown.toString(StandardCharsets.UTF_8)).replaceAll("");
        }

        @Override
        public InputStream input() {
            return input;
        }

        @Override
        public OutputStream output() {
            return new OutputStream() {
                @Override
                public void write(int b) {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) {
                    synchronized (Screen.this) {
                        shown.write(bytes, offset, length);
                        Screen.this.notifyAll();
                    }
                }
            };
        }

        synchronized void await(String expected) throws InterruptedException {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!text().contains(expected)) {
                long left = deadline - System.nanoTime();
                assertTrue(left > 0, () -> "no " + expected + " on " + text());
                wait(left / 1_000_000 + 1);
            }
        }

        @Override
        public String type() {
            return "xterm";
        }

        @Override
        public int columns() {
            return 100;
        }

        @Override
        public int rows() {
            return 30;
        }

        @Override
        public void onResize(BiConsumer<Integer, Integer> listener) {
            resize = listener;
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void start() throws Exception {
        home = new TempHome();
        GogoSessions sessions = new GogoSessions(gogo.context(), Fakes.logger(), gogo.processor());
        new CommandBridge(gogo.context(), frg.catalogue, frg.runner).start();
        Invocation call = new Invocation(new RecordingExchange("shell").terminal(100));
        HistoryFile history = new HistoryFile(home.platformDescriptor(), Fakes.logger());
        history.append("echo from-earlier");
        shell = pool.submit(() -> {
            ShellCompleter completer = new ShellCompleter(frg.catalogue, frg.sessions);
            try (InteractiveShell one = new InteractiveShell(sessions, call, screen, completer, history)) {
                one.run();
            }
            return null;
        });
        screen.await("froggr> ");
    }

    @AfterEach
    void stop() throws Exception {
        pool.shutdownNow();
        pool.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        gogo.close();
        home.close();
    }

    private void leave() throws Exception {
        screen.type("\004");
        shell.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void verbsRunAndTheirErrorsAreOneLine() throws Exception {
        screen.type("session -l\r");
        screen.await("3f2a0000");
        screen.type("ns nonesuch\r");
        screen.await("frg: ns: NO_SESSION: no session is called nonesuch; try: frg session -l\n");
        leave();
    }

    @Test
    void tabCompletesVerbsOptionsAndSessions() throws Exception {
        screen.type("sess\t");
        screen.await("session");
        screen.type("--jso\t");
        screen.await("--json");
        screen.type("3f2\t");
        screen.await("3f2a0000-0000-4000-8000-000000000001");
        screen.type("\r");
        screen.await("\"processStart\":99");
        leave();
    }

    @Test
    void theUpArrowFindsWhatWasTypedEarlier() throws Exception {
        screen.type("\033OA\r");
        screen.await("\nfrom-earlier");
        screen.type("echo now\r");
        screen.await("\nnow");
        leave();
        assertEquals(
                List.of("echo from-earlier", "echo from-earlier", "echo now"),
                Files.readAllLines(home.file("history")));
    }

    @Test
    void controlCInterruptsACommandAndNotTheShell() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        frg.offer(() -> new Sleeper(running), 500, "sleeper");
        screen.type("sleeper\r");
        assertTrue(running.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        screen.type("\003");
        screen.await("nterrupted");
        screen.type("echo still here\r");
        screen.await("\nstill here");
        leave();
    }

    @Test
    void exitLeaves() throws Exception {
        screen.type("exit\r");
        shell.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void tablesFollowTheWidthOfTheWindow() throws Exception {
        screen.resize.accept(62, 20);
        screen.type("session -l\r");
        screen.await("…31mred");
        leave();
    }
}
