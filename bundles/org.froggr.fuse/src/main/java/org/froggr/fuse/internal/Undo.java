package org.froggr.fuse.internal;

/** What an operation has handed out: to be taken back when it fails after that, or its reply is refused. */
final class Undo {
    /** Id of a node that was looked up once; 0 for none. */
    long node;

    /** Number of a handle; 0 for none. */
    long handle;

    /** Bytes of a listing whose entries were looked up; 0 for none. */
    int listing;

    void clear() {
        node = 0;
        handle = 0;
        listing = 0;
    }

    boolean isNeeded() {
        return node != 0 || handle != 0 || listing != 0;
    }
}
