package org.froggr.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The real script {@code frg-platform} in a distribution of its own, with a JDK that only pretends. */
final class FakePlatform {
    private static final Path SCRIPTS = Path.of("src/main/dist/lib");

    final Path root;
    final Path home;
    final Path jdk;
    private final Path script;

    FakePlatform() throws IOException {
        root = Files.createTempDirectory("froggr-loop");
        home = root.resolve("a home");
        jdk = root.resolve("jdk");
        script = root.resolve("dist/lib/frg-platform");
        Files.createDirectory(home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createDirectories(script.getParent());
        Files.copy(SCRIPTS.resolve("frg-platform"), script);
        Files.copy(SCRIPTS.resolve("frg-common.sh"), script.resolveSibling("frg-common.sh"));
        Files.writeString(script.resolveSibling("froggr-launcher-0.jar"), "");
        makeJdk();
    }

    private void makeJdk() throws IOException {
        Path java = jdk.resolve("bin/java");
        Files.createDirectories(java.getParent());
        try (InputStream in = FakePlatform.class.getResourceAsStream("/fake-java")) {
            Files.copy(in, java, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
    }

    void mode(String mode) throws IOException {
        Files.writeString(home.resolve("mode"), mode + "\n");
    }

    /** Runs the script with a word and waits for its end. */
    Result run(String word, Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", script.toString(), word);
        builder.environment().remove("FROGGR_JAVA_OPTS");
        builder.environment().put("FROGGR_HOME", home.toString());
        builder.environment().put("FROGGR_JAVA_HOME", jdk.toString());
        builder.environment().put("FROGGR_HANG_CHECKS", "2");
        builder.environment().putAll(environment);
        Path output = Files.createTempFile(root, "output", "");
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        int status = builder.start().waitFor();
        return new Result(status, Files.readString(output));
    }

    void start() throws IOException, InterruptedException {
        run("start", Map.of());
    }

    /** The loop, as its own file tells. */
    Optional<ProcessHandle> loop() throws IOException {
        return processIn("supervisor");
    }

    /** The platform that announced itself last, if it lives. */
    Optional<ProcessHandle> platform() throws IOException {
        return processIn("pid");
    }

    private Optional<ProcessHandle> processIn(String file) throws IOException {
        Path path = home.resolve("platform").resolve(file);
        String line = Files.exists(path) ? Files.readString(path).trim() : "";
        return line.isEmpty()
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(line.split(" ")[0])).filter(ProcessHandle::isAlive);
    }

    /** Waits for a platform that is not this one. */
    ProcessHandle awaitPlatformAfter(ProcessHandle old) throws Exception {
        Await.until("a platform that is not " + old, () -> platform().filter(p -> !p.equals(old)).isPresent());
        return platform().orElseThrow();
    }

    ProcessHandle awaitPlatform() throws Exception {
        return awaitPlatformAfter(null);
    }

    /** Uptimes of the machine, in seconds, at which platforms were started. */
    List<Double> starts() throws IOException {
        Path file = home.resolve("starts");
        return Files.exists(file)
                ? Files.readAllLines(file).stream().map(Double::valueOf).toList()
                : List.of();
    }

    List<String> arguments() throws IOException {
        return Files.readAllLines(home.resolve("arguments"));
    }

    String console() throws IOException {
        Path file = home.resolve("platform/console.log");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    /** Processes whose command line names our temporary directory. */
    List<ProcessHandle> processes() throws IOException {
        List<ProcessHandle> found = new ArrayList<>();
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            for (ProcessHandle process : all.toList()) {
                if (commandLine(process.pid()).contains(root.toString())) {
                    found.add(process);
                }
            }
        }
        return found;
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
        } catch (IOException e) {
            return "";
        }
    }

    static void signal(String name, ProcessHandle process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-s", name, Long.toString(process.pid())).start().waitFor();
    }

    /** Ends every process of it and removes its files. */
    void remove() throws Exception {
        // Loops first: they would start others.
        loop().ifPresent(ProcessHandle::destroyForcibly);
        Await.until("no process is left", () -> {
            List<ProcessHandle> left = processes();
            left.forEach(ProcessHandle::destroyForcibly);
            return left.isEmpty();
        });
        deleteTree(root);
    }

    static void deleteTree(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    record Result(int status, String output) {}
}
