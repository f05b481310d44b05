package org.froggr.fuse.internal;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.Stat;
import org.froggr.spi.tree.AttributeChanges;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.CreatedFile;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.FileSystemSpace;
import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.IoBuffer;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.Requester;

/** The regular files of one directory: as little as passthrough can be tried with. */
final class RealFilesTree implements FileTree, FileNode {
    private final String directory;
    private final Map<String, RealFile> files = new HashMap<>();

    RealFilesTree(String directory) {
        this.directory = directory;
    }

    @Override
    public FileNode root() {
        return this;
    }

    @Override
    public void space(FileSystemSpace out) {}

    private synchronized RealFile file(FileName name) {
        return files.computeIfAbsent(name.toString(), known -> new RealFile(BytePath.of(directory + "/" + known)));
    }

    @Override
    public FileNode lookup(FileName name, Attributes out) throws ErrnoException {
        RealFile file = file(name);
        try {
            file.attributes(out);
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                out.entryValidityMillis = 0;
                return null;
            }
            throw e;
        }
        return file;
    }

    @Override
    public CreatedFile create(FileName name, int flags, int mode, Requester by, Attributes out)
            throws ErrnoException {
        RealFile file = file(name);
        OpenFile open = new RealOpenFile(Fd.open(file.path, flags | Fd.O_CREAT, mode & 07777));
        open.attributes(out);
        return CreatedFile.of(file, open);
    }

    @Override
    public void attributes(Attributes out) {
        out.inode = 1;
        out.mode = 0040777;
        out.links = 2;
    }

    @Override
    public OpenFile open(int flags, Requester by) throws ErrnoException {
        throw new ErrnoException(Errno.EISDIR, "open");
    }

    @Override
    public OpenDirectory openDirectory(Requester by) throws ErrnoException {
        throw new ErrnoException(Errno.EACCES, "opendir");
    }

    private static void fill(Stat stat, Attributes out) {
        out.inode = stat.inode();
        out.mode = stat.mode();
        out.links = 1;
        out.size = stat.size();
        out.validityMillis = 0;
    }

    private static final class RealFile implements FileNode {
        private final BytePath path;

        RealFile(BytePath path) {
            this.path = path;
        }

        @Override
        public FileNode lookup(FileName name, Attributes out) throws ErrnoException {
            throw new ErrnoException(Errno.ENOTDIR, "lookup");
        }

        @Override
        public void attributes(Attributes out) throws ErrnoException {
            fill(Stat.at(Fd.AT_FDCWD, path, false), out);
        }

        @Override
        public OpenFile open(int flags, Requester by) throws ErrnoException {
            return new RealOpenFile(Fd.open(path, flags, 0));
        }

        @Override
        public OpenDirectory openDirectory(Requester by) throws ErrnoException {
            throw new ErrnoException(Errno.ENOTDIR, "opendir");
        }
    }

    private static final class RealOpenFile implements OpenFile {
        private final int fd;

        RealOpenFile(int fd) {
            this.fd = fd;
        }

        @Override
        public synchronized int read(long offset, IoBuffer into) throws ErrnoException {
            byte[] bytes = new byte[into.length()];
            Fd.seek(fd, offset, Fd.SEEK_SET);
            int count = Fd.read(fd, bytes, 0, bytes.length);
            into.bytes().put(bytes, 0, count);
            return count;
        }

        @Override
        public int write(long offset, IoBuffer from, boolean clearSetIds, Requester by) throws ErrnoException {
            ByteBuffer source = from.bytes();
            byte[] bytes = new byte[source.remaining()];
            source.get(bytes);
            if (clearSetIds) {
                Fd.chmod(fd, Stat.of(fd).mode() & 0777);
            }
            return Fd.pwrite(fd, bytes, 0, bytes.length, offset);
        }

        @Override
        public void attributes(Attributes out) throws ErrnoException {
            fill(Stat.of(fd), out);
        }

        @Override
        public void change(AttributeChanges changes, Requester by, Attributes out) throws ErrnoException {
            if (changes.has(AttributeChanges.SIZE)) {
                Fd.ftruncate(fd, changes.size);
            }
            attributes(out);
        }

        @Override
        public int descriptor() {
            return fd;
        }

        @Override
        public void close() throws ErrnoException {
            Fd.close(fd);
        }
    }
}
