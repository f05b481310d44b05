package org.froggr.api;

/**
 * What can go wrong for a person, each with the exit status of sysexits(3) that {@code frg} ends
 * with. The name is the code that messages and JSON show.
 */
public enum Fault {
    /** The command line is wrong. */
    USAGE(64),
    /** A component over 255 bytes, or a path over 4,095. */
    NAME_TOO_LONG(64),
    /** A path of no bytes. */
    EMPTY_PATH(64),
    /** An id prefix that several sessions share. */
    AMBIGUOUS(64),
    /** A directory over a file, or a file over a directory. */
    TYPE_MISMATCH(65),
    /** Source and target are one and the same file. */
    SAME_PATH(65),
    /** One lies inside the other where it would loop. */
    RECURSION(65),
    /** A loop through a third bind. */
    CYCLE(65),
    /** Nothing is mounted there. */
    NOT_MOUNTED(65),
    /** A state file is truncated, corrupt or from a newer version. */
    BAD_STATE(65),
    SOURCE_MISSING(66),
    TARGET_MISSING(66),
    /** Too many symbolic links. */
    LOOP(66),
    NO_SESSION(66),
    /** No installed bundle offers what is asked, or the platform cannot be reached. */
    UNSUPPORTED(69),
    UNAVAILABLE(69),
    /** A defect of Froggr itself. */
    INTERNAL(70),
    /** The kernel refused, for a reason that none of the others names. */
    OS_ERROR(71),
    /** The target is a mount that Froggr did not make. */
    FOREIGN_MOUNT(73),
    /** A session of that name exists. */
    NAME_TAKEN(73),
    CANNOT_CREATE(73),
    IO_ERROR(74),
    BUSY(75),
    LIMIT(75),
    /** The platform went away or is going; the same command may succeed at once. */
    TRY_AGAIN(75),
    /** The caller was interrupted; nothing is left half done. */
    INTERRUPTED(75),
    NO_PRIVILEGE(77),
    NO_USERNS(77),
    NOT_READABLE(77),
    /** The source or its file system is read-only and writing was asked for. */
    READ_ONLY(77),
    BAD_HOME(77),
    /** The caller is in a mount namespace or chroot that is not this platform's. */
    FOREIGN_NAMESPACE(77);

    private final int exitStatus;

    Fault(int exitStatus) {
        this.exitStatus = exitStatus;
    }

    /** The exit status, 64 to 77. */
    public int exitStatus() {
        return exitStatus;
    }
}
