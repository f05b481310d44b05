package org.froggr.api.session;

/** Who sees the mounts of a session. */
public enum SessionMode {
    /** Every process of the mount namespace that the platform runs in. */
    SHARED,
    /** Only processes inside the session's own mount namespace (mount_namespaces(7)). */
    PRIVATE
}
