package org.froggr.session.internal.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@link LaunchMain} in a Java process of its own. */
final class OtherPlatform implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    /** @param prefix program and arguments that execute what follows */
    OtherPlatform(List<String> prefix, Path home, String mode, boolean privileged) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LaunchMain.class.getName()));
        command.addAll(List.of(home.toString(), mode, Boolean.toString(privileged)));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        output = process.inputReader(StandardCharsets.ISO_8859_1);
    }

    /** The next line that is not a warning of the virtual machine. */
    String line() throws IOException {
        String line = output.readLine();
        while (line != null && (line.isBlank() || line.startsWith("WARNING:"))) {
            line = output.readLine();
        }
        return String.valueOf(line).strip();
    }

    /** Kills it. */
    @Override
    public void close() {
        process.descendants().filter(OtherPlatform::isJava).forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static boolean isJava(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("/java");
    }
}
