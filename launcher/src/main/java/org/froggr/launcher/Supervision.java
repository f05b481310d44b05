package org.froggr.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What the platform does for the loop that watches it: makes a new one when the loop dies, and asks
 * for the class-data archive that the loop found missing.
 */
final class Supervision {
    /** Whether a loop started the platform. */
    private static final String SUPERVISED = "froggr.supervised";

    /** Seconds after the start, by when it is no longer likely to be a short life; unset: no archive is wanted. */
    private static final String TRAIN_AFTER = "froggr.train.after";

    private static final long LOOK_AGAIN_SECONDS = 5;

    private final Places places;
    private final PlatformLog log;

    private Supervision(Places places, PlatformLog log) {
        this.places = places;
        this.log = log;
    }

    static void begin(Places places, PlatformLog log) {
        Supervision supervision = new Supervision(places, log);
        if (Boolean.getBoolean(SUPERVISED)) {
            supervision.watch();
        }
        long trainAfter = Long.getLong(TRAIN_AFTER, -1);
        if (trainAfter >= 0) {
            later(trainAfter, () -> supervision.script("train"));
        }
    }

    /**
     * Looks again and again whether the loop that {@code platform/supervisor} names is there. No such
     * file means that it ended in order, and that this platform is about to.
     */
    private void watch() {
        String loop = read(places.platform().resolve("supervisor")).split(" ")[0];
        if (!loop.isEmpty() && !isRunning(loop)) {
            log.warn("the supervising loop " + loop + " is gone; starting another");
            script("start");
        }
        later(LOOK_AGAIN_SECONDS, this::watch);
    }

    /**
     * Whether there is such a process and it is no zombie, which counts as alive with {@link ProcessHandle}
     * (proc(5): the state follows the name in brackets).
     */
    private static boolean isRunning(String pid) {
        String stat = read(Path.of("/proc", pid, "stat"));
        int state = stat.lastIndexOf(')') + 2;
        return state < stat.length() && "ZX".indexOf(stat.charAt(state)) < 0;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    private static void later(long seconds, Runnable action) {
        CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS).execute(action);
    }

    /** Runs {@code lib/frg-platform WORD}, which goes on by itself. */
    private void script(String word) {
        ProcessBuilder builder = new ProcessBuilder(
                "sh", places.dist().resolve("lib/frg-platform").toString(), word);
        builder.environment().put("FROGGR_HOME", places.home().toString());
        builder.directory(new File("/"));
        builder.redirectInput(new File("/dev/null"));
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(console()));
        builder.redirectErrorStream(true);
        try {
            builder.start();
        } catch (IOException e) {
            log.error("cannot run frg-platform " + word + ": " + e.getMessage(), e);
        }
    }

    private File console() {
        return places.platform().resolve("console.log").toFile();
    }
}
