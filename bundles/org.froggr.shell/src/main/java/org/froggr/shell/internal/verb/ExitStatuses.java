package org.froggr.shell.internal.verb;

/** What the help of verbs says about exit statuses; picocli splits each at the colon. */
final class ExitStatuses {
    static final String HEADING = "%nExit status:%n";
    static final String DONE = " 0:What was asked is so.";
    static final String USAGE = "64:The command line is wrong: USAGE, AMBIGUOUS, EMPTY_PATH, NAME_TOO_LONG.";
    static final String DATA = "65:It cannot be: TYPE_MISMATCH, SAME_PATH, RECURSION, CYCLE, NOT_MOUNTED.";
    static final String INPUT = "66:It is not there: SOURCE_MISSING, TARGET_MISSING, LOOP, NO_SESSION.";
    static final String UNAVAILABLE = "69:No bundle offers it, or the platform cannot: UNSUPPORTED, UNAVAILABLE.";
    static final String SYSTEM = "71:The kernel refused: OS_ERROR. 70 is a defect of Froggr, 74 an I/O error.";
    static final String CREATE = "73:FOREIGN_MOUNT, NAME_TAKEN, CANNOT_CREATE.";
    static final String AGAIN = "75:BUSY, LIMIT, TRY_AGAIN, INTERRUPTED.";
    static final String PERMISSION = "77:NO_PRIVILEGE, NO_USERNS, NOT_READABLE, READ_ONLY, FOREIGN_NAMESPACE.";

    private ExitStatuses() {}
}
