package org.froggr.fuse.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.SharedFile;

/**
 * A file of records for a successor, worked on as memory. This process may end between any two stores, so what
 * makes a record count is stored last, with {@link #store}, and in eight bytes that are never seen in part.
 */
final class KeptFile implements AutoCloseable {
    /** Bytes before the records; those behind the first eight are the user's. */
    static final int HEADER = 64;

    /** Of the layout of all files, in the lower bytes of the first word. */
    private static final long VERSION = 1;

    private static final int DOUBLED_UP_TO = 1 << 26;
    private static final VarHandle LONGS =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final SharedFile file;
    private ByteBuffer memory;

    private KeptFile(SharedFile file) {
        this.file = file;
        this.memory = file.memory();
    }

    /**
     * A new file without records, in place of what is there.
     *
     * @param kind tells the files of this version apart
     * @param least bytes that it has at first
     */
    static KeptFile create(int directory, String name, int kind, int least) throws ErrnoException {
        remove(directory, name);
        KeptFile made = new KeptFile(SharedFile.open(directory, name, least));
        made.store(0, magic(kind));
        return made;
    }

    /** The file that another process left; EUCLEAN if that is none of this kind and version. */
    static KeptFile open(int directory, String name, int kind) throws ErrnoException {
        KeptFile found;
        try {
            if (!At.exists(directory, BytePath.of(name))) {
                throw unusable(name + " is missing");
            }
            found = new KeptFile(SharedFile.open(directory, name, HEADER));
        } catch (ErrnoException e) {
            throw e.is(Errno.EUCLEAN) ? e : unusable(name + ": " + e.getMessage());
        }
        if (found.load(0) != magic(kind)) {
            found.close();
            throw unusable(name + " is of another version, or none of this program's");
        }
        return found;
    }

    /** What is said of files that nobody can go on with. */
    static ErrnoException unusable(String why) {
        return new ErrnoException(Errno.EUCLEAN.number(), "take over (" + why + ")", null);
    }

    static void remove(int directory, String name) throws ErrnoException {
        try {
            At.unlink(directory, BytePath.of(name));
        } catch (ErrnoException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
        }
    }

    private static long magic(int kind) {
        return 0x46726f6767720000L | (long) kind << 8 | VERSION;
    }

    /** All of it; another one after {@link #reach}. */
    ByteBuffer memory() {
        return memory;
    }

    int size() {
        return memory.capacity();
    }

    /**
     * Has it that many bytes at least; what is new is zero.
     *
     * @throws ErrnoException ENOSPC, EFBIG beyond 2 GiB
     */
    void reach(long bytes) throws ErrnoException {
        if (bytes <= memory.capacity()) {
            return;
        }
        if (bytes > Integer.MAX_VALUE) {
            throw new ErrnoException(Errno.EFBIG, "recovery file");
        }
        long more = (long) memory.capacity() + Math.min(memory.capacity(), DOUBLED_UP_TO);
        file.grow((int) Math.min(Integer.MAX_VALUE, Math.max(bytes, more)));
        memory = file.memory();
    }

    /** Stores eight bytes, after all stores before and before all that follow. {@code at} is a multiple of eight. */
    void store(int at, long value) {
        LONGS.setRelease(memory, at, value);
        VarHandle.storeStoreFence();
    }

    long load(int at) {
        return (long) LONGS.getAcquire(memory, at);
    }

    @Override
    public void close() {
        file.close();
    }
}
