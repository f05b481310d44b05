package org.froggr.session.internal.served;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.MountInfo;
import org.froggr.spi.presentation.FileServer;
import org.froggr.spi.presentation.MountSpace;

/** Unmounts what an earlier platform left and nobody answers for. Touches none of it: who does would wait for ever. */
public final class StaleMounts {
    private StaleMounts() {}

    /** Those of one session, with no more than its directory to go by. */
    static void unmountAll(Surroundings around) throws ErrnoException {
        unmountAll(around.space(), Set.of(around.directory()), Map.of());
    }

    /** Unmounts one of the mounts in a session's own directory. What is not mounted is no error. */
    public static void unmount(MountSpace space, BytePath path) throws ErrnoException {
        FuseMount.unmount(space, path);
    }

    /**
     * Unmounts the file systems of sessions, and all that was bound from them. Only the mount table is asked where
     * that is.
     *
     * @param directories of sessions
     * @param targets with the ids of what was bound there, for sessions whose file system is unmounted already
     */
    public static void unmountAll(MountSpace space, Set<BytePath> directories, Map<Long, BytePath> targets)
            throws ErrnoException {
        Set<BytePath> stale =
                directories.stream().map(d -> d.resolve(ServedTrees.FILE_SYSTEM)).collect(Collectors.toSet());
        List<MountInfo.Entry> table = new ArrayList<>(MountInfo.parse(space.mountInfo()));
        Collections.reverse(table);
        for (MountInfo.Entry own : table) {
            boolean isKnown = stale.contains(own.mountPoint())
                    || own.mountPoint().equals(targets.get((long) own.id()));
            boolean isServed = isKnown && own.type().equals(FileServer.FILE_SYSTEM_TYPE);
            if (isServed || TargetMount.isOf(own, directories)) {
                for (MountInfo.Entry mount : table) {
                    if (mount.device() == own.device()) {
                        unmount(space, mount.mountPoint());
                    }
                }
            }
        }
    }
}
