package org.froggr.itests.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list itself: a bare tmpfs, in a mount namespace of its own, passes it, as root and as an ordinary user. */
final class PosixIT {
    private static final String SCRIPT = "mount -t tmpfs -o mode=1777 posix \"$1\" && "
            + "mount -t tmpfs -o mode=1777,size=16M posix \"$2\" && shift 2 && exec \"$@\"";

    @TempDir
    private Path directory;

    private Path mount;
    private Path small;
    private Path json;

    /** As everywhere here, with FROGGR_REQUIRE_ALL=1 what would be skipped fails. */
    @BeforeEach
    void needsRoot() throws Exception {
        if (!User.current().root()) {
            if ("1".equals(System.getenv("FROGGR_REQUIRE_ALL"))) {
                fail("needs root, to mount");
            }
            abort("needs root, to mount");
        }
        Files.setPosixFilePermissions(
                directory, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        mount = Files.createDirectory(directory.resolve("mount"));
        small = Files.createDirectory(directory.resolve("small"));
        json = directory.resolve("results.json");
    }

    private int run(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "unshare", "--mount", "sh", "-c", SCRIPT, "sh", mount.toString(), small.toString(),
                System.getProperty("java.home") + "/bin/java", "-cp", System.getProperty("java.class.path"),
                Posix.class.getName(), "--small", small.toString(), "--json", json.toString()));
        command.addAll(List.of(options));
        command.add(mount.toString());
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            fail("the list does not end: " + Files.readString(output));
        }
        return process.exitValue();
    }

    private List<String> ids(String verdict) throws Exception {
        List<String> ids = new ArrayList<>();
        for (JsonNode one : new ObjectMapper().readTree(json.toFile()).get("cases")) {
            if (one.get("verdict").asText().equals(verdict)) {
                ids.add(one.get("id").asText() + ": " + one.get("detail").asText());
            }
        }
        return ids;
    }

    @Test
    void bareTmpfsPassesAsRoot() throws Exception {
        int status = run("--backing", mount.toString());
        assertEquals(List.of(), ids("FAIL"));
        assertEquals(0, status);
        assertTrue(ids("PASS").size() > 1600, ids("PASS").size() + " passes");
        Set<String> skipped = new TreeSet<>();
        for (String line : ids("SKIP")) {
            skipped.add(line.replaceAll("(?s).*needs ([A-Z_]+).*", "$1"));
        }
        assertTrue(
                Set.of("ZERO_RANGE", "COLLAPSE", "INSERT", "MAPPED_TIMES", "MAPPED_TAIL", "DIRECT", "XATTR")
                        .containsAll(skipped),
                skipped.toString());
    }

    @Test
    void bareTmpfsPassesAsAnOrdinaryUser() throws Exception {
        int status = run("--backing", mount.toString(), "--user", "70001:70001,70010");
        assertEquals(List.of(), ids("FAIL"));
        assertEquals(0, status);
        assertTrue(ids("PASS").size() > 1300, ids("PASS").size() + " passes");
    }

    /** Tmpfs cannot collapse a range: where that is expected, the list must say so. */
    @Test
    void whatIsExpectedAndNotThereFails() throws Exception {
        assertEquals(1, run("--only", "fallocate/*"));
        assertTrue(ids("FAIL").stream().anyMatch(line -> line.contains("collapse-range")), ids("FAIL").toString());
        assertTrue(ids("FAIL").stream().anyMatch(line -> line.contains("got EOPNOTSUPP")), ids("FAIL").toString());
    }
}
