package org.froggr.session.internal.checks;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.froggr.api.BytePath;
import org.froggr.linux.MountInfo;

/**
 * All that a judgement rests on, at one moment.
 *
 * @param home the platform's
 * @param owner its user id
 * @param platform process id of this platform
 * @param mounts the table of the platform's mount namespace, parents before children
 * @param owned sessions that may not be touched: known, being made, left alone
 * @param anchors the anchors of this home by process id, with their session
 * @param connections by device number
 */
public record Scene(
        BytePath home,
        long owner,
        long platform,
        List<MountInfo.Entry> mounts,
        Set<UUID> owned,
        Map<Long, UUID> anchors,
        Map<Long, FuseConnection> connections) {
    public Scene {
        mounts = List.copyOf(mounts);
        owned = Set.copyOf(owned);
        anchors = Map.copyOf(anchors);
        connections = Map.copyOf(connections);
    }
}
