package org.froggr.session.internal.checks;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.PlatformHome;
import org.froggr.linux.MountInfo;

/** Looks at the kernel for a {@link Scene}. */
public final class SceneReader {
    private final PlatformHome home;

    public SceneReader(PlatformHome home) {
        this.home = home;
    }

    /**
     * What there is now.
     *
     * @param owned see {@link Scene#owned}; found out before, so that what is made meanwhile is only met later
     * @param anchors see {@link Scene#anchors}
     */
    public Scene read(Set<UUID> owned, Map<Long, UUID> anchors) throws ErrnoException {
        Scene withoutConnections = new Scene(
                home.path(), home.owner(), ProcessHandle.current().pid(), MountInfo.read(MountInfo.THREAD_SELF),
                owned, anchors, Map.of());
        Set<Long> numbers = Judgement.numbers(withoutConnections);
        return new Scene(
                withoutConnections.home(), withoutConnections.owner(), withoutConnections.platform(),
                withoutConnections.mounts(), owned, anchors, FuseConnections.read(numbers));
    }
}
