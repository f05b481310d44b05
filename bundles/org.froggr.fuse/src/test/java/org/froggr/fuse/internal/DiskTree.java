package org.froggr.fuse.internal;

import java.util.HashMap;
import java.util.Map;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.FileHandles;
import org.froggr.linux.Stat;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.CreatedFile;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.FileSystemSpace;
import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.OpenFile;
import org.froggr.spi.tree.Requester;

/** A directory of a disk, as simply as it can be done: each node holds an O_PATH descriptor. */
final class DiskTree implements FileTree {
    private record Key(long device, long inode) {}

    private static final int HOUR_MILLIS = 3_600_000;

    private final boolean passthrough;

    /** Whether the kernel is told to keep all for an hour, as trees do that tell of changes. */
    private final boolean lasting;

    private final Map<Key, Node> nodes = new HashMap<>();
    private final Node root;

    /** Where what writes to the disk waits as long as it does not answer. */
    final FrozenDisk freezing = new FrozenDisk();

    int lookups;

    DiskTree(String directory, boolean passthrough, boolean lasting) throws ErrnoException {
        this.passthrough = passthrough;
        this.lasting = lasting;
        int fd = Fd.open(BytePath.of(directory), Fd.O_PATH | Fd.O_DIRECTORY, 0);
        this.root = new Node(fd, Stat.of(fd));
    }

    @Override
    public FileNode root() {
        return root;
    }

    @Override
    public void space(FileSystemSpace out) {}

    @Override
    public FileNode find(byte[] persistentHandle) throws ErrnoException {
        int mount = Fd.open(procPath(root.fd), Fd.O_RDONLY | Fd.O_DIRECTORY, 0);
        try {
            return node(FileHandles.open(mount, persistentHandle, Fd.O_PATH));
        } catch (ErrnoException e) {
            return null;
        } finally {
            Fd.close(mount);
        }
    }

    private static BytePath procPath(int fd) {
        return BytePath.of("/proc/self/fd/" + fd);
    }

    private synchronized Node node(int fd) throws ErrnoException {
        Stat stat = Stat.of(fd);
        Key key = new Key(stat.device(), stat.inode());
        Node present = nodes.get(key);
        if (present == null) {
            present = new Node(fd, stat);
            nodes.put(key, present);
        } else {
            Fd.close(fd);
        }
        present.count++;
        lookups++;
        return present;
    }

    private void fill(Stat stat, Attributes out) {
        if (lasting) {
            out.validityMillis = HOUR_MILLIS;
            out.entryValidityMillis = HOUR_MILLIS;
        }
        out.inode = stat.inode();
        out.mode = stat.mode();
        out.links = (int) stat.links();
        out.size = stat.size();
        out.uid = (int) stat.uid();
        out.gid = (int) stat.gid();
    }

    private final class Node implements FileNode {
        private final int fd;
        private final Key key;
        private long count;

        Node(int fd, Stat stat) {
            this.fd = fd;
            this.key = new Key(stat.device(), stat.inode());
        }

        private Node at(FileName name, Attributes out) throws ErrnoException {
            Node found = node(Fd.openat(fd, BytePath.of(name.bytes()), Fd.O_PATH | Fd.O_NOFOLLOW, 0));
            found.attributes(out);
            return found;
        }

        @Override
        public FileNode lookup(FileName name, Attributes out) throws ErrnoException {
            try {
                return at(name, out);
            } catch (ErrnoException e) {
                if (e.is(Errno.ENOENT)) {
                    out.entryValidityMillis = lasting ? HOUR_MILLIS : 0;
                    return null;
                }
                throw e;
            }
        }

        @Override
        public void attributes(Attributes out) throws ErrnoException {
            fill(Stat.of(fd), out);
        }

        @Override
        public OpenFile open(int flags, Requester by) throws ErrnoException {
            return new DiskFile(Fd.open(procPath(fd), flags & ~Fd.O_NOFOLLOW, 0), passthrough, freezing);
        }

        @Override
        public OpenDirectory openDirectory(Requester by) throws ErrnoException {
            return new DiskListing(Fd.open(procPath(fd), Fd.O_RDONLY | Fd.O_DIRECTORY, 0));
        }

        @Override
        public CreatedFile create(FileName name, int flags, int mode, Requester by, Attributes out)
                throws ErrnoException {
            int file = Fd.openat(fd, BytePath.of(name.bytes()), flags | Fd.O_CREAT, mode & 07777);
            return CreatedFile.of(at(name, out), new DiskFile(file, passthrough, freezing));
        }

        @Override
        public CreatedFile createUnnamed(int flags, int mode, Requester by, Attributes out) throws ErrnoException {
            int file = Fd.open(procPath(fd), flags | 020000000 | Fd.O_DIRECTORY, mode & 07777);
            Node node = node(Fd.open(procPath(file), Fd.O_PATH, 0));
            node.attributes(out);
            return CreatedFile.of(node, new DiskFile(file, passthrough, freezing));
        }

        @Override
        public FileNode makeDirectory(FileName name, int mode, Requester by, Attributes out) throws ErrnoException {
            At.mkdir(fd, BytePath.of(name.bytes()), mode & 07777);
            return at(name, out);
        }

        @Override
        public void unlink(FileName name, Requester by) throws ErrnoException {
            At.unlink(fd, BytePath.of(name.bytes()));
        }

        @Override
        public void removeDirectory(FileName name, Requester by) throws ErrnoException {
            At.rmdir(fd, BytePath.of(name.bytes()));
        }

        @Override
        public void rename(FileName name, FileNode to, FileName newName, int flags, Requester by)
                throws ErrnoException {
            freezing.pass(name.toString(), by);
            BytePath from = BytePath.of(name.bytes());
            At.rename(fd, from, ((Node) to).fd, BytePath.of(newName.bytes()), flags);
        }

        @Override
        public FileNode link(FileNode file, FileName name, Requester by, Attributes out) throws ErrnoException {
            At.link(Fd.AT_FDCWD, procPath(((Node) file).fd), fd, BytePath.of(name.bytes()));
            return at(name, out);
        }

        @Override
        public byte[] persistentHandle() throws ErrnoException {
            return FileHandles.of(fd);
        }

        @Override
        public void forget(long times) {
            synchronized (DiskTree.this) {
                count -= times;
                lookups -= (int) times;
                if (count < 0) {
                    throw new IllegalStateException("forgotten more often than looked up");
                }
                if (count == 0) {
                    nodes.remove(key);
                    Fd.closeQuietly(fd);
                }
            }
        }
    }
}
