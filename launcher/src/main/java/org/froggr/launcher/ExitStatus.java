package org.froggr.launcher;

/** How the platform's JVM ends. The supervising loop starts it again unless told otherwise. */
final class ExitStatus {
    /** An orderly stop; the loop ends too. */
    static final int STOPPED = 0;

    /** Something went wrong that a new start may mend (EX_SOFTWARE of sysexits.h). */
    static final int FAILED = 70;

    /** The home or the distribution is unusable; a new start would not help (EX_CONFIG of sysexits.h). */
    static final int UNUSABLE = 78;

    private ExitStatus() {}
}
