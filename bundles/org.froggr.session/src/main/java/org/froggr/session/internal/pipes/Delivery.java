package org.froggr.session.internal.pipes;

import org.froggr.api.BytePath;
import org.froggr.linux.Stat;

/**
 * A line for a pipe of the requester's own.
 *
 * @param path absolute
 * @param pipe what was found there, which orders the lines even if paths differ
 * @param onDropped called on the loop's thread when nobody read it in time
 */
record Delivery(BytePath path, Stat pipe, byte[] line, Runnable onDropped) {
    /** Names one pipe, under whatever path. */
    record Key(long device, long inode) {}

    Key key() {
        return new Key(pipe.device(), pipe.inode());
    }
}
