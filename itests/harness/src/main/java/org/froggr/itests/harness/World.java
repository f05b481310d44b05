package org.froggr.itests.harness;

/** As whom, and on what kind of machine, a test runs. */
public enum World {
    /** Root, where mounts do not propagate. */
    ROOT("root, private /", true, false),
    /** Root, where they do, as systemd sets machines up. */
    ROOT_SHARED("root, shared /", true, true),
    /** An ordinary user, where mounts do not propagate. */
    USER("ordinary user, private /", false, false),
    /** An ordinary user, where they do. */
    USER_SHARED("ordinary user, shared /", false, true);

    private final String title;
    private final boolean privileged;
    private final boolean propagating;

    World(String title, boolean privileged, boolean propagating) {
        this.title = title;
        this.privileged = privileged;
        this.propagating = propagating;
    }

    public String title() {
        return title;
    }

    public boolean isPrivileged() {
        return privileged;
    }

    boolean isPropagating() {
        return propagating;
    }

    /** Whether the user who runs the tests can make this world. */
    boolean isPossible() {
        return Account.isRoot() || this == USER;
    }

    Account account() {
        return privileged ? Account.own() : Account.ordinary();
    }
}
