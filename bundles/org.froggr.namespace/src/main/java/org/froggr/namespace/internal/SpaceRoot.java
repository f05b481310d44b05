package org.froggr.namespace.internal;

import java.time.Instant;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.DirectorySink;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.Requester;

/** The directory that has an entry for each union, and that nobody can change. */
final class SpaceRoot implements FileNode {
    private static final int MODE = 0040555;
    private static final int BLOCK = 4096;

    /** Its inode number. */
    static final long NUMBER = Numbers.ofPath(0, new byte[0]);

    private final Space space;
    private final Instant made = Instant.now();

    SpaceRoot(Space space) {
        this.space = space;
    }

    @Override
    public FileNode lookup(FileName name, Attributes out) throws ErrnoException {
        Head head = space.find(name.toString());
        if (head == null) {
            out.entryValidityMillis = 0;
            return null;
        }
        head.root().attributes(out);
        return head.root();
    }

    @Override
    public void attributes(Attributes out) {
        out.device = space.device();
        out.inode = NUMBER;
        out.mode = MODE;
        out.links = 2 + space.heads().size();
        out.blockSize = BLOCK;
        out.birthSeconds = out.accessSeconds = out.modifySeconds = out.changeSeconds = made.getEpochSecond();
        out.birthNanos = out.accessNanos = out.modifyNanos = out.changeNanos = made.getNano();
    }

    @Override
    public OpenFile open(int flags, Requester by) throws ErrnoException {
        throw new ErrnoException(Errno.EISDIR, "open");
    }

    @Override
    public OpenDirectory openDirectory(Requester by) {
        return new Listing();
    }

    /** Offsets are the unions' numbers, plus one. */
    private final class Listing implements OpenDirectory {
        @Override
        public void read(long offset, DirectorySink sink) throws ErrnoException {
            for (Head head : space.heads()) {
                if (head.number >= offset
                        && !sink.add(FileName.of(head.name()), head.rootNumber(), head.rootType(), head.number + 1)) {
                    return;
                }
            }
        }

        @Override
        public void close() {}
    }
}
