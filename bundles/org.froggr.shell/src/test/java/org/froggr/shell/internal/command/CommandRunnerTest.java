package org.froggr.shell.internal.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.BindOrder;
import org.froggr.api.session.NamespaceRequest;
import org.froggr.api.session.UnmountMode;
import org.froggr.shell.internal.testing.FakeManager;
import org.froggr.shell.internal.testing.Frg;
import org.froggr.shell.internal.testing.RecordingExchange;
import org.froggr.spi.command.CommandContext;
import org.froggr.spi.command.Verb;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class CommandRunnerTest {
    private final Frg frg = new Frg();

    /** Repeats what it is told. */
    @Command(name = "say", description = "Say words.")
    static final class Say implements Verb {
        @Option(names = "--times", defaultValue = "1")
        private int times;

        @Parameters(arity = "0..*")
        private List<String> words = List.of();

        @Override
        public int run(CommandContext context) {
            for (int i = 0; i < times; i++) {
                context.println(String.join("|", words));
            }
            return 0;
        }
    }

    /** Does what a lambda says. */
    @Command(name = "do")
    private record Do(Body body) implements Verb {
        interface Body {
            int run(CommandContext context) throws FroggrException, InterruptedException;
        }

        @Override
        public int run(CommandContext context) throws FroggrException, InterruptedException {
            return body.run(context);
        }
    }

    private void offer(Do.Body body) {
        frg.offer(() -> new Do(body), 500, "do");
    }

    @Test
    void wordsArriveByteForByte() {
        frg.offer(Say::new, 500, "say");
        String odd = "a b\n\t'\"\\,:=\udcff@x ü";
        RecordingExchange exchange = frg.run("say", "--", odd, "", "-x", "@file");
        assertEquals(0, exchange.status());
        assertEquals(odd + "||-x|@file\n", exchange.out());
        assertArrayEquals(BytePath.of(odd + "||-x|@file\n").bytes(), exchange.outBytes());
    }

    @Test
    void optionsMayStandBeforeTheVerbAndAfterOperands() {
        frg.offer(Say::new, 500, "say");
        assertEquals("hi\nhi\n", frg.run("-q", "say", "hi", "--times", "2", "-v", "-q").out());
    }

    @Test
    void helpListsEveryVerb() {
        frg.offer(Say::new, 500, "say");
        RecordingExchange exchange = frg.run("--help");
        assertEquals(0, exchange.status());
        assertTrue(exchange.out().contains("unmount, umount  Take"), exchange.out());
        assertTrue(exchange.out().contains("say              Say words."), exchange.out());
        assertFalse(exchange.out().contains("\033"), "colours without a terminal");
        assertTrue(frg.run(new RecordingExchange("--help").terminal(80)).out().contains("\033[1m"));
        assertFalse(frg.run(new RecordingExchange("--help").terminal(80).variable("NO_COLOR", "1"))
                .out().contains("\033"));
        assertEquals(exchange.out(), frg.run("help").out());
    }

    @Test
    void helpOfAVerbTellsItsOptionsAndExitStatuses() {
        RecordingExchange exchange = frg.run("mount", "--help");
        assertEquals(0, exchange.status());
        assertTrue(exchange.out().startsWith("Usage: frg mount "), exchange.out());
        assertTrue(exchange.out().contains("--recursive"), exchange.out());
        assertTrue(exchange.out().contains("--json"), exchange.out());
        assertTrue(exchange.out().contains("66   It is not there"), exchange.out());
        assertEquals(exchange.out(), frg.run("help", "mount").out());
        assertTrue(frg.run("session", "new", "--help").out().startsWith("Usage: frg session new "));
    }

    @Test
    void everyVerbHasHelpOfTidyWidth() {
        for (VerbOffer offer : frg.catalogue.list()) {
            String help = frg.run(offer.name(), "-h").out();
            assertTrue(help.lines().allMatch(line -> line.length() <= 80), help);
        }
    }

    @Test
    void versionIsToldWithAndWithoutAVerb() {
        assertEquals("frg 0.1.0\n", frg.run("--version").out());
        assertEquals("frg 0.1.0\n", frg.run("-V").out());
        assertEquals("frg 0.1.0\n", frg.run("mount", "-V").out());
        assertEquals("{\"version\":\"0.1.0\"}\n", frg.run("--json", "--version").out());
    }

    @Test
    void usageErrorsAre64AndNever2() {
        assertUsage("frg: USAGE: which verb?; try: frg --help\n");
        assertUsage("frg: USAGE: unknown option -x before the verb; try: frg --help\n", "-x", "mount");
        assertUsage("frg: mont: USAGE: there is no verb mont; try: mount, umount\n", "mont");
        assertUsage("frg: $'a\\nb': USAGE: there is no verb $'a\\nb'; try: frg --help\n", "a\nb");
        assertUsage(
                "frg: mount: USAGE: Missing required parameters: 'SRC', 'TARGET'; try: frg mount --help\n", "mount");
        assertUsage(
                "frg: mount: USAGE: Unmatched argument at index 3: 'd'; try: frg mount --help\n",
                "mount", "a", "b", "localhost", "d");
        assertUsage(
                "frg: mount: USAGE: Unknown option: '--recursiv', did you mean --recursive?; try: frg mount --help\n",
                "mount", "--recursiv", "a", "b");
        assertUsage(
                "frg: mount: USAGE: Missing required parameter for option '--session' (SESSION); "
                        + "try: frg mount --help\n",
                "mount", "a", "b", "-s");
    }

    private void assertUsage(String message, String... arguments) {
        RecordingExchange exchange = frg.run(arguments);
        assertEquals(message, exchange.err());
        assertEquals("", exchange.out());
        assertEquals(64, exchange.status());
    }

    @Test
    void errorsNameVerbCodeReasonAndHint() {
        offer(context -> {
            throw FroggrException.of(Fault.SOURCE_MISSING, "there is no " + BytePath.of("/a b").quoted())
                    .about(BytePath.of("/a b"))
                    .hint("make it");
        });
        RecordingExchange text = frg.run("do");
        assertEquals("frg: do: SOURCE_MISSING: there is no '/a b'; try: make it\n", text.err());
        assertEquals(66, text.status());
        RecordingExchange json = frg.run("do", "--json");
        assertEquals(
                "{\"code\":\"SOURCE_MISSING\",\"message\":\"there is no '/a b'\",\"path\":\"/a b\","
                        + "\"hint\":\"make it\"}\n",
                json.err());
    }

    @Test
    void usageErrorsObeyJsonToo() {
        assertTrue(frg.run("mount", "--json").err().startsWith("{\"code\":\"USAGE\""));
        assertTrue(frg.run("--json", "nonesuch").err().startsWith("{\"code\":\"USAGE\""));
    }

    @Test
    void quietHidesNotesButNoErrors() {
        offer(context -> {
            context.note("a note");
            context.detail("a detail");
            throw FroggrException.of(Fault.BUSY, "busy");
        });
        assertEquals("a note\nfrg: do: BUSY: busy\n", frg.run("do").err());
        assertEquals("frg: do: BUSY: busy\n", frg.run("do", "-q").err());
        assertEquals("a note\na detail\nfrg: do: BUSY: busy\n", frg.run("-v", "do").err());
    }

    @Test
    void verboseTellsCauses() {
        offer(context -> {
            throw FroggrException.of(Fault.OS_ERROR, "no").causedBy(new ErrnoException(Errno.EIO, "mount"));
        });
        assertTrue(frg.run("do", "-v").err().contains("because: mount: Input/output error (EIO)"));
    }

    @Test
    void aDefectIs70WithoutAStack() {
        offer(context -> {
            throw new IllegalStateException("secret");
        });
        RecordingExchange exchange = frg.run("do");
        assertEquals(70, exchange.status());
        assertEquals(1, exchange.err().lines().count());
        assertTrue(exchange.err().startsWith("frg: do: INTERNAL: Froggr has a defect here (IllegalStateException)"));
    }

    @Test
    void evenAnErrorEndsTheExchange() {
        offer(context -> {
            throw new StackOverflowError();
        });
        assertEquals(70, frg.run("do").status());
    }

    @Test
    void closedOutputIs141AndTheVerbEndsItsWork() {
        List<String> done = new ArrayList<>();
        offer(context -> {
            context.print("x".repeat(20_000));
            done.add("all");
            return 0;
        });
        RecordingExchange exchange =
                frg.run(new RecordingExchange("do").failing(new ErrnoException(Errno.EPIPE, "write")));
        assertEquals(141, exchange.status());
        assertEquals("", exchange.err());
        assertEquals(List.of("all"), done);
    }

    @Test
    void fullOutputIs74() {
        RecordingExchange exchange = frg.run(
                new RecordingExchange("--version").failing(new ErrnoException(Errno.ENOSPC, "write")));
        assertEquals(74, exchange.status());
        assertEquals(
                "frg: IO_ERROR: standard output cannot be written: write: No space left on device (ENOSPC)\n",
                exchange.err());
    }

    @Test
    void aClientThatGoesAwayInterruptsTheVerb() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        offer(context -> {
            running.countDown();
            new CountDownLatch(1).await();
            return 0;
        });
        RecordingExchange exchange = new RecordingExchange("do");
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Future<?> call = pool.submit(() -> frg.runner.handle(exchange));
            running.await();
            exchange.hangUp();
            call.get();
            assertEquals(75, exchange.status());
            assertFalse(pool.submit(() -> Thread.currentThread().isInterrupted()).get(), "a pending interrupt");
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void standardOutputComesBeforeTheErrorThatFollowsIt() {
        List<String> order = new ArrayList<>();
        offer(context -> {
            context.println("out");
            context.note("err");
            return 0;
        });
        frg.runner.handle(new Forwarding(order));
        assertEquals(List.of("OUT out\n", "ERR err\n", "end 0"), order);
    }

    @Test
    void callsAtOnceDoNotMixTheirArguments() throws Exception {
        frg.offer(Say::new, 500, "say");
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<RecordingExchange>> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String word = "word" + i;
                calls.add(pool.submit(() -> frg.run("say", word, "--times", "3")));
            }
            for (int i = 0; i < calls.size(); i++) {
                assertEquals(("word" + i + "\n").repeat(3), calls.get(i).get().out());
            }
        } finally {
            pool.shutdownNow();
        }
        assertEquals(0, frg.activity.inFlight());
    }

    @Test
    void anInstanceThatServesAgainForgetsTheCallBefore() throws Exception {
        frg.run("bind", "-r", "-c", "-o", "ro,noexec", "-s", "dev", "--force", "a", "b");
        frg.run("bind", "c", "d");
        assertEquals(List.of("ro", "noexec"), frg.manager.attached.get(0).options());
        assertBare(frg.manager.attached.get(1));
        frg.run("bind", "-o", "ro", "a", "b");
        assertEquals(List.of("ro"), frg.manager.attached.get(2).options());

        frg.run("unmount", "--lazy", "-s", "dev", "src", "b");
        frg.run("unmount", "b");
        assertEquals(UnmountMode.ORDERLY, frg.manager.unmounted.get(1).mode());
        assertEquals(Optional.empty(), frg.manager.unmounted.get(1).source());
        assertEquals(Optional.empty(), frg.manager.unmounted.get(1).session());

        frg.run("session", "new", "--name", "x", "--private", "--json");
        RecordingExchange plain = frg.run("session", "new");
        assertEquals(Optional.empty(), frg.manager.created.get(1).name());
        assertFalse(plain.out().startsWith("{"), plain.out());
        frg.run("session", "-k", FakeManager.DEV);
        assertTrue(frg.run("session").out().startsWith("ID"), "the list, and no details");
    }

    /** Of {@code bind c d}. */
    private static void assertBare(NamespaceRequest request) {
        assertEquals("c", request.source());
        assertEquals(BytePath.of("d"), request.target());
        assertEquals(BindOrder.UNSPECIFIED, request.order());
        assertEquals(List.of(), request.options());
        assertEquals(Optional.empty(), request.session());
        assertFalse(request.create() || request.recursive() || request.force());
        assertFalse(request.readWrite() || request.inPrivate());
    }

    @Test
    void anInstanceThatServesAgainForgetsAWrongLineToo() throws Exception {
        assertEquals(Fault.USAGE.exitStatus(), frg.run("bind", "-r", "-o", "ro", "a").status());
        assertEquals(Fault.USAGE.exitStatus(), frg.run("bind", "-c", "a", "b", "--nosuch").status());
        frg.run("bind", "c", "d");
        assertBare(frg.manager.attached.get(0));
        assertEquals(0, frg.run("umount", "--help").status());
        assertTrue(frg.run("umount", "a", "b", "c").err().contains("frg umount --help"));
        assertTrue(frg.run("unmount", "a", "b", "c").err().contains("frg unmount --help"));
    }

    @Test
    void whatShallFollowTheReplyFollowsIt() {
        List<String> order = new ArrayList<>();
        offer(context -> {
            Invocation.of(context).afterEnd(() -> order.add("after"));
            return 0;
        });
        frg.runner.handle(new Forwarding(order));
        assertEquals(List.of("end 0", "after"), order);
    }

    @Test
    void insideGogoFailuresCarryTheWholeLine() {
        try {
            frg.runner.runInside(new RecordingExchange("ns", "nonesuch"));
            throw new AssertionError("nothing thrown");
        } catch (CommandFailure e) {
            assertEquals("frg: ns: NO_SESSION: no session is called nonesuch; try: frg session -l", e.toString());
            assertEquals(66, e.status());
        }
    }
}
