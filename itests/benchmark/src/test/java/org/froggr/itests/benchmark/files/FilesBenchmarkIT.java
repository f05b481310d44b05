package org.froggr.itests.benchmark.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.froggr.itests.harness.Need;
import org.junit.jupiter.api.Test;

/** The benchmark itself works; what it measures here says nothing. */
final class FilesBenchmarkIT {
    @Test
    void measuresAllContenders() {
        Need.that("root".equals(System.getProperty("user.name")), "root, to mount");
        for (String program : new String[] {"fio", "git", "perl", "bindfs", "mergerfs", "unionfs", "fuse-overlayfs"}) {
            Need.program(program);
        }
        String report = FilesBenchmark.measure(
                Settings.of("--small", "--rounds=1", "--mounts=2", "--rows=sequential,create,stat,readdir,git status"));
        for (Contender contender : Contender.all()) {
            assertTrue(report.contains("| " + contender.name() + " |"), contender + " in\n" + report);
        }
        for (String line :
                List.of("## tmpfs", "## ext4", "| git status |", "inode remembered", "2 mounts of mergerfs")) {
            assertTrue(report.contains(line), line + " in\n" + report);
        }
        List<String> incomplete =
                report.lines().filter(line -> line.contains("–")).toList();
        assertEquals(List.of(), incomplete, "every cell has a figure");
    }

    @Test
    void optionsAreChecked() {
        assertEquals(List.of("stat", "git"), Settings.of("--rows=stat,git").rows());
        assertThrows(IllegalArgumentException.class, () -> Settings.of("--nosuch"));
    }
}
