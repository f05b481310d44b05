package org.froggr.transport.unix.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The launcher's client in a JVM of its own, started as the script starts it. */
final class ClientProcess {
    private static final Path SOURCES = Path.of("../../launcher/src/main/java/org/froggr/launcher");
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin/java");

    private ClientProcess() {}

    /** What it did; answer is what it told the script. */
    record Result(int status, byte[] out, String err, String answer) {}

    /** Compiles it: this module is built before the launcher. */
    static void compile(Path classes) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-d", classes.toString()));
        try (Stream<Path> all = Files.list(SOURCES)) {
            all.filter(each -> each.getFileName().toString().startsWith("Socket"))
                    .forEach(each -> arguments.add(each.toString()));
        }
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments.toArray(String[]::new));
        assertEquals(0, result);
    }

    /** Starts it; {@code redirections} go to the shell that does so. Descriptor 5 is {@code work/answer}. */
    static Process start(Path classes, Path platform, Path work, String redirections) throws IOException {
        String script = "exec \"$1\" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx64m -cp \"$2\""
                + " org.froggr.launcher.SocketClient 4<\"$3\" 5>\"$4\"/answer " + redirections;
        ProcessBuilder builder = new ProcessBuilder(
                "sh", "-c", script, "sh", JAVA.toString(), classes.toString(), platform.toString(), work.toString());
        builder.directory(work.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder.redirectError(work.resolve("err").toFile()).start();
    }

    static void request(Process client, byte[] request) throws IOException {
        try (OutputStream in = client.getOutputStream()) {
            in.write(request);
        }
    }

    static Result result(Process client, Path work) throws IOException, InterruptedException {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            client.getInputStream().transferTo(out);
            assertEquals(true, client.waitFor(60, TimeUnit.SECONDS));
            return new Result(
                    client.exitValue(),
                    out.toByteArray(),
                    Files.readString(work.resolve("err")),
                    Files.readString(work.resolve("answer")));
        } finally {
            client.destroyForcibly();
        }
    }
}
