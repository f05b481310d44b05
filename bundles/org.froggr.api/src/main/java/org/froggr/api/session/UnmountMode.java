package org.froggr.api.session;

/** What to do with a mount that is in use. */
public enum UnmountMode {
    /** Answer BUSY with the holders, and undo nothing. */
    ORDERLY,
    /** Take it out of the tree now; the kernel drops it after the last user (MNT_DETACH, umount2(2)). */
    LAZY,
    /** As lazy, and abort what is in flight where the file system can (MNT_FORCE, umount2(2)). */
    FORCE
}
