package org.froggr.session.internal;

import org.froggr.api.ErrnoException;

/**
 * The file mode creation mask of a caller (umask(2)): what is made for somebody has the mode it would have
 * if he had made it. The platform's own mask keeps its files from everybody else.
 */
final class Umask {
    private static final int USUAL = 022;

    private Umask() {}

    /** That of a process, from {@code /proc/PID/status}; the usual one for the platform itself. */
    static int of(long pid) {
        try {
            return pid == 0
                    ? USUAL
                    : ProcessStatus.field(Long.toString(pid), "Umask").map(mask -> Integer.parseInt(mask, 8)).orElse(USUAL);
        } catch (ErrnoException | NumberFormatException e) {
            // It has gone meanwhile.
            return USUAL;
        }
    }
}
