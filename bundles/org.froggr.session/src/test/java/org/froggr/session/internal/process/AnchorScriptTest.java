package org.froggr.session.internal.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.Fifo;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.PidFd;
import org.froggr.linux.Poll;
import org.froggr.linux.ProcStat;
import org.froggr.linux.Processes;
import org.froggr.linux.Spawn;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code lib/frg-anchor} by itself, in every shell that this machine has. */
@Timeout(60)
class AnchorScriptTest {
    private static final String ID = "3f2a12ab-0000-4000-8000-000000000001";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** KILL and STOP cannot be ignored, TERM ends it, and the C library keeps 32 and 33 to itself. */
    private static final Set<Integer> OTHERS = Set.of(9, 15, 19, 32, 33);

    private static final int SIGCHLD = 17;
    private static final int[] NUMBERS = {
        AnchorPipes.WORDS, AnchorPipes.ANSWERS, AnchorPipes.CTL, AnchorPipes.REPLY
    };

    @TempDir
    Path directory;

    static Stream<String> shells() {
        return Stream.of("dash", "bash", "busybox").filter(name -> new Programs("").find(name).isPresent());
    }

    @ParameterizedTest
    @MethodSource("shells")
    void survivesEverySignalInTheMiddleOfALine(String shell) throws Exception {
        try (Script script = new Script(shell)) {
            assertEquals("pong first", script.ask("ping first\n"));
            script.send("pi");
            for (int signal : IntStream.rangeClosed(1, 64).filter(s -> !OTHERS.contains(s)).toArray()) {
                // No shell lets CHLD be ignored, and that of busybox begins the line anew after it.
                if (signal != SIGCHLD || !shell.equals("busybox")) {
                    script.process.signal(signal);
                }
            }
            script.process.signal(PidFd.SIGSTOP);
            script.process.signal(PidFd.SIGCONT);
            assertEquals("pong second", script.ask("ng second\n"));
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void passesOverLinesThatAreNoWords(String shell) throws Exception {
        try (Script script = new Script(shell)) {
            script.send("\n\n*\nping\nreboot now\nrun\nrun a\nrun b touch .\n\u0001\udcff `id` $(id)\n");
            script.send("run c touch /tmp/never\\0000\n" + "x".repeat(20_000) + "\n");
            assertEquals("pong", script.line());
            assertEquals("pong last", script.ask("ping last\n"));
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void runsProgramsWithTheirExactBytes(String shell) throws Exception {
        BytePath name = BytePath.of(" a\t\n*?'\"\\$x\u00e9\udcff-");
        BytePath empty = BytePath.of("");
        BytePath file = BytePath.of(directory.toString()).resolve(name);
        try (Script script = new Script(shell)) {
            assertEquals("done 1 0", script.run("1", List.of(BytePath.of("touch"), file)));
            assertTrue(At.exists(Fd.AT_FDCWD, file));
            assertTrue(script.run("2", List.of(BytePath.of("touch"), empty)).startsWith("done 2 123 touch:"));
            assertTrue(script.run("3", List.of(BytePath.of("no-such-program"), empty)).startsWith("done 3 127 xargs:"));
            assertEquals("done 4 0", script.run("4", List.of(BytePath.of("rm"), file)));
        }
        assertFalse(At.exists(Fd.AT_FDCWD, file));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void endsOnTermAlone(String shell) throws Exception {
        try (Script script = new Script(shell)) {
            assertEquals("pong 1", script.ask("ping 1\n"));
            script.process.signal(PidFd.SIGTERM);
            assertEquals(OptionalInt.of(0), Spawn.await(script.pid, LIMIT));
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void endsWhenItsPipeIsClosed(String shell) throws Exception {
        long pid = command(shell).start();
        assertEquals(OptionalInt.of(1), Spawn.await(pid, LIMIT), "reads of /dev/null end at once");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void isSmallAndTellsWhoItIs(String shell) throws Exception {
        try (Script script = new Script(shell)) {
            assertEquals("pong 1", script.ask("ping 1\n"));
            ProcStat stat = ProcStat.of(script.pid).orElseThrow();
            assertEquals("froggr-3f2a12ab", stat.comm());
            assertEquals(script.pid, stat.session(), "leader of a session without a terminal");
            assertTrue(ByteText.decode(Processes.commandLine(script.pid))
                    .endsWith("/lib/frg-anchor\0froggr-session\0" + ID + "\0"));
            assertEquals("/", Files.readSymbolicLink(Path.of("/proc/" + script.pid + "/cwd")).toString());
            assertTrue(Processes.pss(script.pid) < 3_000_000, "PSS " + Processes.pss(script.pid));
            // A shell that has just answered may still hold a copy of its standard output.
            while (!inherited(script.pid).equals(Set.of("0", "1", "2", "3", "4", "5", "6"))) {
                Thread.onSpinWait();
            }
        }
    }

    /** All but the script itself, which a shell keeps open. */
    private static Set<String> inherited(long pid) throws Exception {
        try (Stream<Path> fds = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return fds.filter(fd -> !target(fd).endsWith("frg-anchor"))
                    .map(fd -> fd.getFileName().toString())
                    .collect(Collectors.toSet());
        }
    }

    private static Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException e) {
            // It was closed meanwhile.
            return link;
        }
    }

    private static Spawn command(String shell) throws ErrnoException {
        Spawn spawn = Spawn.of(new Programs("").require(shell)).newSession();
        spawn.environment("PATH", new Programs("").path()).environment("LC_ALL", "C");
        return (shell.equals("busybox") ? spawn.arguments(shell, "sh") : spawn.argument(shell))
                .arguments(TestHome.DISTRIBUTION + "/lib/frg-anchor", AnchorProgram.TITLE, ID);
    }

    /** A running script, with pipes as an anchor has them. */
    private final class Script implements AutoCloseable {
        private final OwnedFd[] pipes = new OwnedFd[NUMBERS.length];
        private final OwnedFd dir = OwnedFd.of(Fd.open(BytePath.of(directory.toString()), Fd.O_RDONLY, 0));
        private final long pid;
        private final PidFd process;

        Script(String shell) throws ErrnoException {
            Spawn spawn = command(shell).descriptor(AnchorPipes.DIRECTORY, dir.number());
            for (int i = 0; i < pipes.length; i++) {
                BytePath name = BytePath.of("pipe" + i);
                Fifo.make(dir.number(), name);
                pipes[i] = OwnedFd.of(Fifo.openBoth(dir.number(), name));
                Fd.setNonBlocking(pipes[i].number(), false);
                spawn.descriptor(NUMBERS[i], pipes[i].number());
            }
            pid = spawn.start();
            process = PidFd.open(pid);
        }

        void send(String text) throws ErrnoException {
            Fd.writeFully(pipes[0].number(), ByteText.encode(text));
        }

        String ask(String text) throws ErrnoException {
            send(text);
            return line();
        }

        String run(String token, List<BytePath> command) throws ErrnoException {
            return ask("run " + token + " " + RunWords.of(command) + " .\n");
        }

        /** Byte by byte, so that the next line stays in the pipe. */
        String line() throws ErrnoException {
            StringBuilder line = new StringBuilder();
            byte[] one = new byte[1];
            while (one[0] != '\n') {
                int ready = Poll.poll(pipes[1].number(), Poll.IN, (int) LIMIT.toMillis());
                assertTrue((ready & Poll.IN) != 0, "no answer after " + line);
                Fd.read(pipes[1].number(), one, 0, 1);
                line.append((char) one[0]);
            }
            return line.toString().strip();
        }

        @Override
        public void close() throws ErrnoException {
            Termination.of(process, Duration.ZERO, LIMIT);
            Liveness.reap(pid, ProcStat.of(pid).map(ProcStat::startTime).orElse(0L), process);
            process.close();
            dir.close();
            for (OwnedFd pipe : pipes) {
                pipe.close();
            }
        }
    }
}
