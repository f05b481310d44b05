package org.froggr.backend.local.internal;

import java.util.Objects;
import java.util.function.Consumer;

/**
 * How a tree behaves.
 *
 * @param readOnly every change is refused with EROFS
 * @param submounts whether what is mounted below the root is shown; otherwise what it covers
 * @param watches directories that may be watched for changes from outside, at most
 * @param watchedMillis how long what is watched may be taken to be so
 * @param log gets one sentence for what a person should know
 */
public record LocalOptions(
        boolean readOnly, boolean submounts, int watches, int watchedMillis, Consumer<String> log) {
    /** To write, with submounts, watched, silent. */
    public static final LocalOptions DEFAULT = new LocalOptions(false, true, 100_000, 3_600_000, message -> {});

    public LocalOptions {
        Objects.requireNonNull(log);
        if (watches < 0 || watchedMillis < 1) {
            throw new IllegalArgumentException("watches=" + watches + ", watchedMillis=" + watchedMillis);
        }
    }

    /** The same, only to be read if so. */
    public LocalOptions readOnly(boolean only) {
        return new LocalOptions(only, submounts, watches, watchedMillis, log);
    }

    /** The same, without what is mounted below the root. */
    public LocalOptions withoutSubmounts() {
        return new LocalOptions(readOnly, false, watches, watchedMillis, log);
    }

    /** The same with this many watches. */
    public LocalOptions watches(int most) {
        return new LocalOptions(readOnly, submounts, most, watchedMillis, log);
    }

    /** The same with this log. */
    public LocalOptions log(Consumer<String> where) {
        return new LocalOptions(readOnly, submounts, watches, watchedMillis, where);
    }
}
