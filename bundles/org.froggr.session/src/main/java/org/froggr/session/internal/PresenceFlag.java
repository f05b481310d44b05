package org.froggr.session.internal;

import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.PlatformHome;
import org.froggr.linux.At;
import org.froggr.linux.Fd;

/**
 * The file {@code platform/presents}: it is there while programs would wait if this platform died, so that the
 * supervising loop keeps another one ready.
 */
final class PresenceFlag {
    private static final BytePath NAME = BytePath.of("presents");
    private static final int MODE = 0600;

    private final PlatformHome home;
    private final Registry registry;

    PresenceFlag(PlatformHome home, Registry registry) {
        this.home = home;
        this.registry = registry;
    }

    /** Makes or removes it. */
    void update() throws ErrnoException {
        boolean presents = registry.all().stream().anyMatch(session -> session.served().isServing());
        int directory = home.platformDescriptor();
        boolean there = At.exists(directory, NAME);
        if (presents && !there) {
            Fd.close(Fd.openat(directory, NAME, Fd.O_WRONLY | Fd.O_CREAT | Fd.O_NOFOLLOW | Fd.O_CLOEXEC, MODE));
        } else if (!presents && there) {
            At.unlink(directory, NAME);
        }
    }
}
