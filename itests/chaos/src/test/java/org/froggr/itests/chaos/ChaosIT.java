package org.froggr.itests.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.froggr.itests.harness.Distribution;
import org.froggr.itests.harness.Need;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A short run of what kills: always the same seed, so that it is one test and not a new one each time. */
final class ChaosIT {
    private static final String KILLS = "6";
    private static final long LIMIT_SECONDS = 300;

    /** On a machine that may do other things as well; by hand it is 5. */
    private static final long ANSWER_SECONDS = 30;

    @ParameterizedTest
    @CsvSource({"11, union/tmpfs/root/shared", "12, served/ext4/user/private"})
    void programsNoticeNothing(String seed, String stage) throws IOException, InterruptedException {
        need("python3", "fio", "sqlite3", "git", "setpriv");
        run(seed, KILLS, "--stage", stage);
    }

    @Test
    void manySessionsAnswerAfterAKill() throws IOException, InterruptedException {
        need("python3");
        run("13", "1", "--sessions", "40", "--within", Long.toString(ANSWER_SECONDS));
    }

    @Test
    void nothingIsLeftOfSessionsThatEndUnderFaults() throws IOException, InterruptedException {
        need("python3", "unshare", "umount");
        run("14", "--churn", "60");
    }

    private static void need(String... programs) {
        Need.that("root".equals(System.getProperty("user.name")), "root, to mount and to act for another user");
        for (String program : programs) {
            Need.program(program);
        }
    }

    private static void run(String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("froggr.project"), "itests/chaos/run").toString());
        words.addAll(List.of(arguments));
        words.addAll(List.of("--no-archive", "--dist", Distribution.folder().toString()));
        Path said = Files.createTempFile("froggr-chaos-it-", ".txt");
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                // It cleans up when it is told to end.
                process.destroy();
                process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            }
            String text = Files.readString(said);
            assertTrue(ended, () -> "still running after " + LIMIT_SECONDS + " s:\n" + text);
            assertEquals(0, process.exitValue(), text);
        } finally {
            Files.delete(said);
        }
    }
}
