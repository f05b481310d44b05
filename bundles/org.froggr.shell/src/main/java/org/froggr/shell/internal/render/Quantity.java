package org.froggr.shell.internal.render;

import java.time.Duration;
import java.util.Locale;

/** Sizes and times for people. */
public final class Quantity {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final int STEP = 1024;

    private Quantity() {}

    /** {@code 512 B}, {@code 1.5 MiB}. */
    public static String bytes(long count) {
        double value = count;
        int unit = 0;
        while (value >= STEP && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        return unit == 0 ? count + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /** One or two units: {@code 42s}, {@code 3m}, {@code 5h}, {@code 12d}. A clock set back gives {@code 0s}. */
    public static String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return seconds / 60 + "m";
        }
        return seconds < 86_400 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
    }

    /** {@code 0.4 ms}, {@code 1.2 s}. */
    public static String took(Duration duration) {
        double milliseconds = duration.toNanos() / 1e6;
        return milliseconds < 1000
                ? String.format(Locale.ROOT, "%.1f ms", milliseconds)
                : String.format(Locale.ROOT, "%.1f s", milliseconds / 1000);
    }
}
