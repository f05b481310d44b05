package org.froggr.spi.tree;

import org.osgi.annotation.versioning.ProviderType;

/** Asks on behalf of the platform itself: no program's ids, no umask. */
@ProviderType
public final class OwnRequest implements Requester {
    /** The only one. */
    public static final Requester SELF = new OwnRequest();

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
