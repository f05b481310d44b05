package org.froggr.session.internal.served;

import java.util.List;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.MountInfo;
import org.froggr.spi.presentation.FileServer;
import org.froggr.spi.presentation.MountSpace;

/** What is mounted in a session's own directory: from the mount table, since who looks there may wait for ever. */
final class Mounted {
    private final BytePath directory;
    private final List<MountInfo.Entry> table;

    Mounted(MountSpace space, BytePath directory) throws ErrnoException {
        this.directory = directory;
        this.table = MountInfo.parse(space.mountInfo());
    }

    /** The path of that name, if something is mounted there. */
    Optional<BytePath> at(String name) {
        BytePath path = directory.resolve(name);
        return table.stream().map(MountInfo.Entry::mountPoint).filter(path::equals).findFirst();
    }

    /** Whether a file system of ours is mounted there. */
    boolean isServedAt(String name) {
        BytePath path = directory.resolve(name);
        return table.stream()
                .anyMatch(m -> m.mountPoint().equals(path) && m.type().equals(FileServer.FILE_SYSTEM_TYPE));
    }
}
