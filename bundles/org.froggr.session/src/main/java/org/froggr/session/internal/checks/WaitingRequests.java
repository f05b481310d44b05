package org.froggr.session.internal.checks;

import java.util.HashSet;
import java.util.Set;

/** Requests to FUSE file systems that nobody has answered yet. */
public final class WaitingRequests {
    private WaitingRequests() {}

    /**
     * Devices of the file systems that programs wait for now, as {@link org.froggr.linux.Stat#device}. Only root is
     * told of those of others; nobody of any where fusectl is not mounted.
     */
    public static Set<Long> devices() {
        Set<Long> devices = new HashSet<>();
        for (long number : FuseConnections.all()) {
            if (FuseConnections.waiting(number).orElse(0) > 0) {
                devices.add(number);
            }
        }
        return devices;
    }
}
