package org.froggr.itests.posix;

import static org.froggr.itests.posix.Linux.*;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/**
 * A part of a file in memory, mmap(2), unmapped when closed. Where touching it would be SIGBUS, and the end of the
 * JVM, its methods throw EFAULT: they let the kernel touch it first.
 */
final class Mapping implements AutoCloseable {
    private static final long FAILED = -1;

    private final Pointer memory;
    private final long length;

    private Mapping(Pointer memory, long length) {
        this.memory = memory;
        this.length = length;
    }

    /** To read and write, seen by all. */
    static Mapping shared(int fd, long length) throws ErrnoException {
        return of(fd, 0, length, PROT_READ | PROT_WRITE, MAP_SHARED);
    }

    static Mapping of(int fd, long offset, long length, int protection, int flags) throws ErrnoException {
        Pointer memory = Sys.mmap(Pointer.NULL, length, protection, flags, fd, offset);
        if (Pointer.nativeValue(memory) == FAILED) {
            throw Call.failed("mmap");
        }
        return new Mapping(memory, length);
    }

    String text(long offset, int count) throws ErrnoException {
        touch(offset, count);
        return Fds.text(memory.getByteArray(offset, count));
    }

    void put(long offset, String text) throws ErrnoException {
        byte[] bytes = Fds.bytes(text);
        touch(offset, bytes.length);
        memory.write(offset, bytes, 0, bytes.length);
    }

    /** process_vm_readv(2) of this process. */
    private void touch(long offset, int count) throws ErrnoException {
        try (Memory buffer = new Memory(count);
                Memory vectors = new Memory(4L * Long.BYTES)) {
            vectors.setPointer(0, buffer);
            vectors.setLong(Long.BYTES, count);
            vectors.setPointer(2L * Long.BYTES, memory.share(offset));
            vectors.setLong(3L * Long.BYTES, count);
            int self = (int) ProcessHandle.current().pid();
            long read = Sys.process_vm_readv(self, vectors, 1, vectors.share(2L * Long.BYTES), 1, 0);
            if (Call.check(read, "read of the mapping") < count) {
                throw new ErrnoException(Errno.EFAULT, "read of the mapping");
            }
        }
    }

    /** Volatile enough: each call crosses into native code. */
    byte at(long offset) {
        return memory.getByte(offset);
    }

    void sync(int flags) throws ErrnoException {
        Call.check(Sys.msync(memory, length, flags), "msync");
    }

    void protect(int protection) throws ErrnoException {
        Call.check(Sys.mprotect(memory, length, protection), "mprotect");
    }

    /** Lets the kernel read it: EFAULT where a program would get SIGBUS. */
    void writeTo(int fd, long offset, long count) throws ErrnoException {
        Call.check(Sys.write(fd, memory.share(offset), count), "write");
    }

    /** Lets the kernel write into it. */
    long readFrom(int fd, long offset, long count) throws ErrnoException {
        return Call.check(Sys.read(fd, memory.share(offset), count), "read");
    }

    @Override
    public void close() throws ErrnoException {
        Call.check(Sys.munmap(memory, length), "munmap");
    }
}
