package org.froggr.fuse.internal;

import org.froggr.spi.tree.Requester;

/** Asks on behalf of the server itself: no program's ids, no umask. */
final class OwnRequest implements Requester {
    static final Requester SELF = new OwnRequest();

    private OwnRequest() {}

    @Override
    public int uid() {
        return -1;
    }

    @Override
    public int gid() {
        return -1;
    }

    @Override
    public int pid() {
        return 0;
    }

    @Override
    public int umask() {
        return 0;
    }

    @Override
    public int supplementaryGroup() {
        return -1;
    }

    @Override
    public boolean interrupted() {
        return false;
    }
}
