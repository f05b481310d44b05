package org.froggr.transport.pipe.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.PidFd;

/** A platform in a JVM of its own, to be killed. */
final class DoomedPlatform implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    private DoomedPlatform(Process process) {
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    static DoomedPlatform start(TestHome home) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DoomedPlatform.class.getName(),
                home.path().toString());
        DoomedPlatform platform = new DoomedPlatform(
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
        platform.lines.readLine();
        return platform;
    }

    /** In the other JVM: says that it listens, and then that a command waits. */
    public static void main(String[] arguments) throws Exception {
        TestHome home = TestHome.at(arguments[0]);
        try (Platform platform = new Platform(OutputWay.FETCH, home)) {
            say("listening");
            platform.verbs.waiting.await();
            say("waiting");
            platform.verbs.hungUp.await();
        }
    }

    private static void say(String line) throws ErrnoException {
        Fd.writeFully(1, (line + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    void awaitRequest() throws IOException {
        lines.readLine();
    }

    void stop() throws ErrnoException {
        try (PidFd pid = PidFd.open(process.pid())) {
            pid.signal(PidFd.SIGSTOP);
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
