package org.froggr.spi.tree;

/** Somebody who asks. */
public record TestRequester(int uid, int gid, int umask) implements Requester {
    /** The superuser with umask 022. */
    public static final TestRequester ROOT = new TestRequester(0, 0, 022);

    @Override
    public int pid() {
        return (int) ProcessHandle.current().pid();
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
