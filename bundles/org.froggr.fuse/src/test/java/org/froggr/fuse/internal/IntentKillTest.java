package org.froggr.fuse.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A program does everything that must not be done twice, each in a directory and a thread of its own, and the process
 * that serves it is killed when all of that is at one step. Another process goes on: each call of the program
 * gives what it would have given otherwise.
 */
class IntentKillTest {
    private static final int LIMIT_SECONDS = 60;

    /** In {@code once.py}. */
    private static final int OPERATIONS = 22;

    /** Of these, what a successor does before all others. */
    private static final int RENAMES = 8;

    private static final String NEVER = "never";

    private final List<Process> processes = new ArrayList<>();
    private Path scratch;
    private Path program;
    private Path disk;
    private Path recovery;
    private Path mount;
    private int device;
    private Process server;
    private BufferedReader said;

    @BeforeEach
    void mount() throws Exception {
        scratch = Files.createTempDirectory("froggr-kill-");
        disk = Files.createDirectory(scratch.resolve("disk"));
        recovery = Files.createDirectory(scratch.resolve("recovery"));
        program = scratch.resolve("once.py");
        try (InputStream source = IntentKillTest.class.getResourceAsStream("once.py")) {
            Files.copy(source, program);
        }
        assertEquals("", end(python("prepare", disk)));
        mount = Files.createTempDirectory("froggr-fuse-");
        device = RealMount.mount(mount, "allow_other,default_permissions");
    }

    @AfterEach
    void unmount() throws Exception {
        RealMount.unmount(mount, device);
        for (Process process : processes) {
            process.destroyForcibly();
            assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS));
        }
        try (Stream<Path> all = Files.walk(scratch)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private Process python(String what, Path where) throws IOException {
        Process process = new ProcessBuilder("python3", program.toString(), what, where.toString())
                .redirectErrorStream(true)
                .start();
        processes.add(process);
        return process;
    }

    /** What it says until it ends. */
    private static String end(Process process) throws Exception {
        assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), "it ends");
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private void serve(String step, boolean takesOver) throws Exception {
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FreezingProcess.class.getName(),
                        Long.toString(ProcessHandle.current().pid()),
                        Integer.toString(device),
                        recovery.toString(),
                        disk.toString(),
                        step,
                        Boolean.toString(takesOver))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(server);
        Process begun = server;
        // Nobody reads from it for ever
        begun.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).exceptionally(late -> begun.destroyForcibly());
        said = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Kills it when so many operations have come to its step. */
    private void kill(int operations) throws Exception {
        int frozen = 0;
        while (frozen < operations) {
            String line = said.readLine();
            assertTrue(line != null, "it has ended by itself");
            frozen += line.equals("frozen") ? 1 : 0;
        }
        server.destroyForcibly();
        assertTrue(server.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS));
    }

    private void isDoneOnce(Process user) throws Exception {
        serve(NEVER, true);
        assertEquals("", end(user));
        assertEquals("", end(python("check", disk)));
    }

    @ParameterizedTest(name = "killed at {0}")
    @EnumSource(IntentStep.class)
    void everyOperationIsDoneOnce(IntentStep step) throws Exception {
        serve(step.name(), false);
        Process user = python("run", mount);
        kill(OPERATIONS);
        isDoneOnce(user);
    }

    @ParameterizedTest(name = "killed at {0}, and the next one at {1}")
    @CsvSource({"STARTED,STARTED", "STARTED,PERFORMED", "PERFORMED,DONE", "DONE,DONE"})
    void everyOperationIsDoneOnceThoughTwoAreKilled(IntentStep first, IntentStep second) throws Exception {
        serve(first.name(), false);
        Process user = python("run", mount);
        kill(OPERATIONS);
        serve(second.name(), true);
        kill(RENAMES);
        isDoneOnce(user);
    }
}
