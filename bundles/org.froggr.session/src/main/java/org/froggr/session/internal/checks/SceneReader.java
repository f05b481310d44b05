package org.froggr.session.internal.checks;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.froggr.api.session.PlatformHome;
import org.froggr.linux.MountInfo;

/** Looks at the kernel for a {@link Scene}. */
public final class SceneReader {
    private final PlatformHome home;

    public SceneReader(PlatformHome home) {
        this.home = home;
    }

    /**
     * What there is now, for each of these mount tables.
     *
     * @param owned see {@link Scene#owned}; found out before, so that what is made meanwhile is only met later
     * @param anchors see {@link Scene#anchors}
     */
    public List<Scene> read(Set<UUID> owned, Map<Long, UUID> anchors, List<List<MountInfo.Entry>> tables) {
        Set<Long> numbers = new HashSet<>();
        tables.forEach(mounts -> numbers.addAll(Judgement.numbers(scene(mounts, owned, anchors, Map.of()))));
        Map<Long, FuseConnection> connections = FuseConnections.read(numbers);
        return tables.stream().map(mounts -> scene(mounts, owned, anchors, connections)).toList();
    }

    private Scene scene(
            List<MountInfo.Entry> mounts,
            Set<UUID> owned,
            Map<Long, UUID> anchors,
            Map<Long, FuseConnection> connections) {
        long platform = ProcessHandle.current().pid();
        return new Scene(home.path(), home.owner(), platform, mounts, owned, anchors, connections);
    }
}
