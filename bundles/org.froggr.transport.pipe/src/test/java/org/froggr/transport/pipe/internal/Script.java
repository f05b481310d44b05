package org.froggr.transport.pipe.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.froggr.api.BytePath;

/** A shell script, its output in files; killed at the end. */
final class Script implements AutoCloseable {
    private static final int LIMIT_SECONDS = 60;
    private static final Path FRG = Path.of("../../launcher/src/main/dist/bin/frg").toAbsolutePath().normalize();

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Process process;
    private final Path out;
    private final Path err;

    private Script(BytePath home, String script, List<String> arguments) throws IOException {
        // In the home, and so removed with it.
        int number = COUNT.incrementAndGet();
        out = Path.of(home.toString(), "script-" + number + ".out");
        err = Path.of(home.toString(), "script-" + number + ".err");
        // A build in the background ignores interrupts, and so would all that it starts.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal", "sh", "-c", script, "sh"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Path.of(home.toString(), "work").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("FRG", FRG.toString());
        builder.environment().put("FROGGR_HOME", home.toString());
        builder.environment().remove("FROGGR_SESSION");
        process = builder.start();
        process.getOutputStream().close();
    }

    static Script start(BytePath home, String script, String... arguments) throws IOException {
        return new Script(home, script, List.of(arguments));
    }

    static Script run(BytePath home, String script, String... arguments) throws IOException, InterruptedException {
        Script running = start(home, script, arguments);
        running.status();
        return running;
    }

    int status() throws InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            kill();
            throw new AssertionError("the script did not end");
        }
        return process.exitValue();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    byte[] bytes() throws IOException {
        return Files.readAllBytes(out);
    }

    String out() throws IOException {
        return Files.readString(out, StandardCharsets.ISO_8859_1);
    }

    String outAtTheEnd() throws IOException, InterruptedException {
        status();
        return out();
    }

    String err() throws IOException {
        return Files.readString(err, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        kill();
    }

    /** Ends it and what it has started. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
