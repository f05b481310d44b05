package org.froggr.spi.presentation;

import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes a tree visible at a mount point. Registered as an OSGi service with {@link #PRESENTS}. Called by
 * the session manager alone, one call at a time for a target.
 */
@ConsumerType
public interface Presenter {
    /** Service property: {@link #KERNEL} or {@link #UNION}; String or String[]. */
    String PRESENTS = "froggr.presents";

    /** Kernel trees, in the place of what is there. */
    String KERNEL = "kernel";

    /** Several directories as one. */
    String UNION = "union";

    /**
     * Makes the tree visible. Must leave nothing behind when it throws.
     *
     * @return the kernel's id of the mount that is now on the target
     */
    long present(PresentRequest request) throws ErrnoException, InterruptedException;

    /**
     * Takes a mount away again, with all that is mounted below it and came with it: when it was made
     * ({@link WithdrawRequest#cameAlong}) or by propagation later. What vanishes meanwhile is no error.
     *
     * @throws ErrnoException EBUSY if it is in use and the mode is orderly, with nothing undone; EINVAL
     *     if no such mount is there
     */
    void withdraw(WithdrawRequest request) throws ErrnoException, InterruptedException;
}
