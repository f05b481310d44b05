package org.froggr.session.internal.served;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.MountInfo;
import org.froggr.spi.presentation.FileServer;
import org.froggr.spi.presentation.MountSpace;

/**
 * What is mounted in sessions' own directories: from the mount table, since who looks there may wait for ever. It is
 * read once for many sessions, as long as nobody changes it, as in a take-over.
 */
public final class Mounted {
    private final Map<BytePath, MountInfo.Entry> byPoint = new HashMap<>();

    /** File systems on targets, by their sessions' directories. */
    private final Map<BytePath, MountInfo.Entry> onTargets = new HashMap<>();

    private Mounted() {}

    /**
     * Reads the table.
     *
     * @param directory of one session or of all; of what is mounted elsewhere only what those have on targets matters
     */
    public static Mounted below(BytePath directory, MountSpace space) throws ErrnoException {
        Mounted mounted = new Mounted();
        for (MountInfo.Entry mount : MountInfo.parse(space.mountInfo())) {
            if (mount.mountPoint().startsWith(directory)) {
                // Of several on one point the last is the visible one
                mounted.byPoint.put(mount.mountPoint(), mount);
            }
            if (TargetMount.isBelow(mount, directory)) {
                mounted.onTargets.put(mount.source(), mount);
            }
        }
        return mounted;
    }

    boolean isAt(BytePath path) {
        return byPoint.containsKey(path);
    }

    /** Whether a file system of ours is mounted there. */
    boolean isServedAt(BytePath path) {
        MountInfo.Entry mount = byPoint.get(path);
        return mount != null && mount.type().equals(FileServer.FILE_SYSTEM_TYPE);
    }

    /** A session's file system, wherever that is, and whoever answers for it. */
    Optional<MountInfo.Entry> fileSystem(Surroundings around) {
        BytePath inside = around.directory().resolve(ServedTrees.FILE_SYSTEM);
        if (around.isDirect()) {
            return onTarget(around.directory());
        }
        return isServedAt(inside) ? Optional.of(byPoint.get(inside)) : Optional.empty();
    }

    /** The file system that a session has on a target itself, see {@link TargetMount}. */
    Optional<MountInfo.Entry> onTarget(BytePath sessionDirectory) {
        return Optional.ofNullable(onTargets.get(sessionDirectory));
    }

    /**
     * Device number of the file system of ours that is mounted there.
     *
     * @throws ErrnoException ENOENT if there is none
     */
    long deviceAt(BytePath path) throws ErrnoException {
        if (!isServedAt(path)) {
            throw new ErrnoException(Errno.ENOENT.number(), "mount", path);
        }
        return byPoint.get(path).device();
    }
}
