package org.froggr.backend.local.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.MountInfo;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.RawFiles;
import org.froggr.linux.ThreadMemory;

/** Mounts that came or went: no directory says so, but names in it mean something else then. */
final class MountChanges implements AutoCloseable {
    private static final long BENEATH =
            RawFiles.RESOLVE_BENEATH | RawFiles.RESOLVE_NO_SYMLINKS | RawFiles.RESOLVE_NO_MAGICLINKS;

    private final OwnedFd table;
    private Map<Integer, BytePath> known;

    private MountChanges(OwnedFd table) throws ErrnoException {
        this.table = table;
        this.known = read();
    }

    static MountChanges open() throws ErrnoException {
        return new MountChanges(OwnedFd.of(Fd.open(MountInfo.THREAD_SELF, Fd.O_RDONLY, 0)));
    }

    /** Tells of changes by EPOLLPRI, proc(5). */
    int fd() {
        return table.number();
    }

    private static Map<Integer, BytePath> read() throws ErrnoException {
        Map<Integer, BytePath> mounts = new HashMap<>();
        MountInfo.read(MountInfo.THREAD_SELF).forEach(entry -> mounts.put(entry.id(), entry.mountPoint()));
        return mounts;
    }

    /** What has changed since the last call. */
    List<Changed> changes() throws ErrnoException {
        Map<Integer, BytePath> now = read();
        List<Changed> changes = new ArrayList<>();
        now.forEach((id, point) -> {
            if (!point.equals(known.get(id))) {
                changes.add(new Changed(point, now));
            }
        });
        known.forEach((id, point) -> {
            if (!point.equals(now.get(id))) {
                changes.add(new Changed(point, now));
            }
        });
        known = now;
        return changes;
    }

    /**
     * Something was mounted there, or is no more.
     *
     * @param all the mounts there are, by id
     */
    record Changed(BytePath point, Map<Integer, BytePath> all) {
        /** Tells who listens to that tree, if it concerns it: not if its mount is a clone that is nowhere. */
        void tell(LocalTree tree) {
            if (!all.containsKey((int) tree.rootMountId())) {
                return;
            }
            try {
                BytePath root = tree.path();
                if (point.startsWith(root) && !point.equals(root)) {
                    tell(tree, relative(root));
                }
            } catch (ErrnoException e) {
                // The directory is not there any more, so nobody was told of a name in it.
            }
        }

        private BytePath relative(BytePath root) {
            int skip = root.equals(BytePath.ROOT) ? 1 : root.length() + 1;
            return BytePath.of(Arrays.copyOfRange(point.bytes(), skip, point.length()));
        }

        private static void tell(LocalTree tree, BytePath relative) throws ErrnoException {
            ThreadMemory memory = ThreadMemory.current();
            long parent = Names.checked(memory.first(relative.parent().bytes()));
            try (OwnedFd fd = OwnedFd.of(Failure.check(
                    RawFiles.open2(tree.rootDescriptor(), parent, Fd.O_PATH | Fd.O_DIRECTORY, 0, BENEATH),
                    "openat2"))) {
                Failure.check(RawFiles.stat(fd.number(), memory.stat()), "statx");
                SourceMount mount = tree.mounts().of(memory.stat(), null, fd.number(), ThreadMemory.EMPTY);
                if (tree.nodes().find(mount, memory.stat()) instanceof LocalDirectory directory) {
                    tree.coherence().entryChanged(directory, relative.fileName().bytes());
                }
            }
        }
    }

    /** Where a descriptor leads, seen from this process. */
    static BytePath pathOf(int fd) throws ErrnoException {
        return At.readlink(Fd.AT_FDCWD, BytePath.of("/proc/self/fd/" + fd));
    }

    @Override
    public void close() throws ErrnoException {
        table.close();
    }
}
