package org.froggr.session.internal.checks;

import java.util.Set;

/**
 * A connection to a FUSE file system.
 *
 * @param number its name in fusectl: the device number of the file system
 * @param waiting requests that nobody has answered yet
 * @param holders processes that have its device open, of those that may be looked at
 * @param holdersKnown false if the kernel does not tell (before 6.15), or some processes cannot be looked at
 */
public record FuseConnection(long number, long waiting, Set<Long> holders, boolean holdersKnown) {
    public FuseConnection {
        holders = Set.copyOf(holders);
    }
}
