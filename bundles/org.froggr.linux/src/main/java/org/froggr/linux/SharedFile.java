package org.froggr.linux;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A file of this user's that is worked on as memory (mmap(2), MAP_SHARED): what was put there is there for
 * another process at once, also when this one is killed before the next instruction. Its space is reserved, since
 * a full file system could be told of in no other way than by a signal.
 *
 * <p>It takes no descriptor: many may be in use. Not safe for several threads, but for the memory itself: who uses it
 * sees to the order.
 */
@ProviderType
public final class SharedFile implements AutoCloseable {
    private static final int MODE = 0600;
    private static final int FLAGS = Fd.O_RDWR | Fd.O_NOFOLLOW | Fd.O_CLOEXEC | Fd.O_NONBLOCK;

    private final int directory;
    private final BytePath name;
    private final long device;
    private final long inode;
    private ByteBuffer memory;

    private SharedFile(int directory, BytePath name, Stat identity) {
        this.directory = directory;
        this.name = name;
        this.device = identity.device();
        this.inode = identity.inode();
    }

    /**
     * Opens a file in a directory, and makes it if there is none.
     *
     * @param directory descriptor, open as long as the file is to {@link #grow}
     * @param least bytes that it has afterwards at least; what is new is zero
     * @throws ErrnoException ELOOP for a symbolic link, ENOSPC, EPERM if it belongs to another user
     */
    public static SharedFile open(int directory, String name, int least) throws ErrnoException {
        BytePath path = BytePath.of(name);
        try (OwnedFd fd = OwnedFd.of(Fd.openat(directory, path, FLAGS | Fd.O_CREAT, MODE))) {
            Stat stat = Stat.of(fd.number());
            if (!stat.isRegular() || stat.uid() != Ids.euid()) {
                throw new ErrnoException(Errno.EPERM.number(), "open (not a file of this user)", path);
            }
            SharedFile file = new SharedFile(directory, path, stat);
            file.map(fd.number(), (int) Math.max(least, Math.min(stat.size(), Integer.MAX_VALUE)));
            return file;
        }
    }

    private void map(int fd, int bytes) throws ErrnoException {
        int result = RawFiles.allocate(fd, 0, 0, bytes);
        if (result == -Errno.EOPNOTSUPP.number()) {
            Fd.ftruncate(fd, bytes);
        } else if (result < 0) {
            throw new ErrnoException(-result, "fallocate", name);
        }
        try (RandomAccessFile again = new RandomAccessFile("/proc/self/fd/" + fd, "rw")) {
            FileChannel channel = again.getChannel();
            memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes).order(ByteOrder.nativeOrder());
        } catch (IOException e) {
            ErrnoException failure = new ErrnoException(Errno.EIO.number(), "mmap (" + e.getMessage() + ")", name);
            failure.initCause(e);
            throw failure;
        }
    }

    /** All of it, in the order of bytes of this machine. Stays valid, also when the file has {@linkplain #grow grown}. */
    public ByteBuffer memory() {
        return memory;
    }

    /**
     * Makes it larger; {@link #memory} is a new one then.
     *
     * @throws ErrnoException ENOSPC, ESTALE or ENOENT if another file has its name now, or none
     */
    public void grow(int bytes) throws ErrnoException {
        if (bytes <= memory.capacity()) {
            return;
        }
        try (OwnedFd fd = OwnedFd.of(Fd.openat(directory, name, FLAGS, 0))) {
            Stat found = Stat.of(fd.number());
            if (found.device() != device || found.inode() != inode) {
                throw new ErrnoException(Errno.ESTALE.number(), "open (another file)", name);
            }
            map(fd.number(), bytes);
        }
    }

    /** The memory stays valid for who still has it. */
    @Override
    public void close() {
        // Unmapped when nobody has the memory any more
    }
}
