package org.froggr.fuse.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A directory that a {@link ServingProcess} shows at a mount point, one after another, and programs that use it. */
final class ServedDirectory implements AutoCloseable {
    static final String PLAIN = "plain";
    static final String PASSTHROUGH = "passthrough";

    private static final int LIMIT_SECONDS = 60;

    private final List<Process> processes = new ArrayList<>();
    final Path disk;
    final Path recovery;
    private final Path mount;
    private final int device;
    private Process server;

    ServedDirectory() throws Exception {
        this(Files.createTempDirectory(Path.of("/dev/shm"), "froggr-disk-"));
    }

    /** @param disk what is shown, removed at the end */
    ServedDirectory(Path disk) throws Exception {
        this.disk = disk;
        recovery = Files.createTempDirectory("froggr-recovery-");
        mount = Files.createTempDirectory("froggr-fuse-");
        device = RealMount.mount(mount, "allow_other,default_permissions");
    }

    @Override
    public void close() throws IOException {
        processes.forEach(Process::destroyForcibly);
        RealMount.unmount(mount, device);
        processes.forEach(process -> process.onExit().join());
        delete(disk);
        delete(recovery);
    }

    private static void delete(Path directory) throws IOException {
        try (var all = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        }
    }

    void serve(String words) throws Exception {
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.froggr.fuse.internal.ServingProcess",
                        Long.toString(ProcessHandle.current().pid()),
                        Integer.toString(device),
                        recovery.toString(),
                        disk.toString(),
                        words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(server);
        assertEquals("serving", line(server));
    }

    private static String line(Process process) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = process.getInputStream().read();
        while (next >= 0 && next != '\n') {
            line.append((char) next);
            next = process.getInputStream().read();
        }
        return line.toString();
    }

    void kill() throws Exception {
        strike();
        server.waitFor();
    }

    /** Kills the server, which may not be able to end. */
    Process strike() {
        return server.destroyForcibly();
    }

    /** Has the server end as it was told to. */
    void end() throws Exception {
        server.getOutputStream().close();
        assertEquals(0, server.waitFor());
    }

    /** Has a server that was told so end and begin again in its process; returns what it says then. */
    String again() throws IOException {
        return losses();
    }

    /** What the server has lost. */
    String losses() throws IOException {
        server.getOutputStream().write('?');
        server.getOutputStream().flush();
        return line(server);
    }

    /** A program of Python in the mount: it says what it has got to with {@code step()}, and goes on when told. */
    final class Client {
        private final Process process;
        private final BufferedReader output;

        Client(String program) throws IOException {
            String prelude = """
                    import fcntl, mmap, os, struct, sys, threading
                    def step():
                        print('step', flush=True)
                        sys.stdin.readline()
                    os.chdir(sys.argv[1])
                    """;
            process = new ProcessBuilder("python3", "-X", "faulthandler", "-c", prelude + program, mount.toString())
                    .redirectErrorStream(true)
                    .start();
            processes.add(process);
            output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }

        /** Whether it has got to a step that was not awaited. */
        boolean isAtStep() throws IOException {
            return output.ready();
        }

        void awaitStep() throws IOException {
            String line = output.readLine();
            if (!"step".equals(line)) {
                throw new AssertionError(line + "\n" + String.join("\n", output.lines().toList()));
            }
        }

        void next() throws IOException {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        }

        void awaitEnd() throws Exception {
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running");
            }
            assertEquals("", String.join("\n", output.lines().toList()));
            assertEquals(0, process.exitValue());
        }
    }

    /** Runs a program to its first step, kills the server, and has another one go on; nothing is lost. */
    void survive(String words, String program) throws Exception {
        run(words, program);
        assertEquals("", losses());
    }

    /** Likewise, whatever is lost. */
    void run(String words, String program) throws Exception {
        serve(words);
        Client client = new Client(program);
        client.awaitStep();
        kill();
        serve(words + " takeover");
        client.next();
        client.awaitEnd();
    }
}
