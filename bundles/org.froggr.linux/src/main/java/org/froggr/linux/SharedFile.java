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
 * <p>Not safe for several threads, but for the memory itself: who uses it sees to the order.
 */
@ProviderType
public final class SharedFile implements AutoCloseable {
    private static final int MODE = 0600;

    private final OwnedFd fd;
    private final FileChannel channel;
    private ByteBuffer memory;

    private SharedFile(OwnedFd fd, FileChannel channel) {
        this.fd = fd;
        this.channel = channel;
    }

    /**
     * Opens a file in a directory, and makes it if there is none.
     *
     * @param directory descriptor
     * @param least bytes that it has afterwards at least; what is new is zero
     * @throws ErrnoException ELOOP for a symbolic link, ENOSPC, EPERM if it belongs to another user
     */
    public static SharedFile open(int directory, String name, int least) throws ErrnoException {
        BytePath path = BytePath.of(name);
        int flags = Fd.O_RDWR | Fd.O_CREAT | Fd.O_NOFOLLOW | Fd.O_CLOEXEC | Fd.O_NONBLOCK;
        OwnedFd fd = OwnedFd.of(Fd.openat(directory, path, flags, MODE));
        RandomAccessFile again = null;
        try {
            Stat stat = Stat.of(fd.number());
            if (!stat.isRegular() || stat.uid() != Ids.euid()) {
                throw new ErrnoException(Errno.EPERM.number(), "open (not a file of this user)", path);
            }
            again = new RandomAccessFile("/proc/self/fd/" + fd.number(), "rw");
            SharedFile file = new SharedFile(fd, again.getChannel());
            file.map((int) Math.max(least, Math.min(stat.size(), Integer.MAX_VALUE)));
            return file;
        } catch (IOException | RuntimeException e) {
            Fd.closeQuietly(fd.release());
            closeQuietly(again);
            throw e instanceof ErrnoException errno ? errno : failure(e);
        }
    }

    private static ErrnoException failure(Exception cause) {
        ErrnoException failure = new ErrnoException(Errno.EIO.number(), "mmap (" + cause.getMessage() + ")", null);
        failure.initCause(cause);
        return failure;
    }

    private static void closeQuietly(RandomAccessFile file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            // Nothing was written through it
        }
    }

    private void map(int bytes) throws ErrnoException {
        int result = RawFiles.allocate(fd.number(), 0, 0, bytes);
        if (result == -Errno.EOPNOTSUPP.number()) {
            Fd.ftruncate(fd.number(), bytes);
        } else if (result < 0) {
            throw new ErrnoException(-result, "fallocate", null);
        }
        try {
            memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes).order(ByteOrder.nativeOrder());
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** All of it, in the order of bytes of this machine. Stays valid, also when the file has {@linkplain #grow grown}. */
    public ByteBuffer memory() {
        return memory;
    }

    /** Makes it larger; {@link #memory} is a new one then. */
    public void grow(int bytes) throws ErrnoException {
        if (bytes > memory.capacity()) {
            map(bytes);
        }
    }

    /** The memory stays valid for who still has it. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was written through it
        }
        Fd.closeQuietly(fd.release());
    }
}
