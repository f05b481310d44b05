package org.froggr.fuse.internal;

/**
 * What INIT agreed on. The kernel sends INIT once in the life of a mount, so whoever serves it later needs
 * this.
 *
 * @param minor of the protocol's version
 * @param flags of FUSE_INIT that both sides know and want
 */
record Protocol(int minor, long flags) {
    /** Whether that flag was agreed on. */
    boolean has(long flag) {
        return (flags & flag) != 0;
    }
}
