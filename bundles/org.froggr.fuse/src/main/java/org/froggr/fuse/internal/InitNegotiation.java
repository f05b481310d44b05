package org.froggr.fuse.internal;

import java.nio.ByteBuffer;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/** The first exchange of a connection: versions and abilities, FUSE_INIT. */
final class InitNegotiation {
    /**
     * What is wanted wherever the kernel has it.
     *
     * <p>Data is kept by AUTO_INVAL_DATA, not EXPLICIT_INVAL_DATA: the kernel compares size and time of
     * modification whenever it asks for attributes, and drops what it has of a file or a listing that was
     * changed elsewhere, also where a tree cannot tell of changes. WRITEBACK_CACHE is not wanted: it excludes
     * passthrough, and would hide changes made elsewhere. No splice, since requests are read into memory that
     * trees use as it is.
     */
    private static final long WANTED = FuseWire.ASYNC_READ
            | FuseWire.POSIX_LOCKS
            | FuseWire.ATOMIC_O_TRUNC
            | FuseWire.BIG_WRITES
            | FuseWire.DONT_MASK
            | FuseWire.FLOCK_LOCKS
            | FuseWire.AUTO_INVAL_DATA
            | FuseWire.DO_READDIRPLUS
            | FuseWire.READDIRPLUS_AUTO
            | FuseWire.ASYNC_DIO
            | FuseWire.PARALLEL_DIROPS
            | FuseWire.POSIX_ACL
            | FuseWire.MAX_PAGES
            | FuseWire.CACHE_SYMLINKS
            | FuseWire.HANDLE_KILLPRIV_V2
            | FuseWire.SETXATTR_EXT
            | FuseWire.INIT_EXT
            | FuseWire.CREATE_SUPP_GROUP
            | FuseWire.HAS_EXPIRE_ONLY
            | FuseWire.DIRECT_IO_ALLOW_MMAP
            | FuseWire.HAS_RESEND;

    private static final long LOW = 0xffffffffL;

    /** Requests that the kernel sends without a program waiting: reads ahead, releases. */
    private static final int MAX_BACKGROUND = 64;

    private static final int CONGESTION = 48;
    private static final int MAX_PAGES = Request.MAX_DATA / 4096;
    private static final int NANOSECOND = 1;

    private InitNegotiation() {}

    /**
     * Answers INIT in the request's small reply.
     *
     * @return what was agreed on; null if the kernel speaks a newer major version and will ask again
     * @throws ErrnoException EPROTO if the kernel is too old, or this is no INIT
     */
    static Protocol answer(Request request, boolean passthrough) throws ErrnoException {
        int major = request.int32(FuseWire.INIT_MAJOR);
        int minor = request.int32(FuseWire.INIT_MINOR);
        if (request.opcode() != FuseOpcode.INIT.number()
                || request.argumentBytes() < FuseOpcode.INIT.leastArguments()) {
            throw new ErrnoException(Errno.EPROTO.number(), "FUSE_INIT (another request came first)", null);
        }
        if (major < FuseWire.MAJOR || major == FuseWire.MAJOR && minor < FuseWire.OLDEST_MINOR) {
            throw new ErrnoException(
                    Errno.EPROTO.number(),
                    "FUSE_INIT (the kernel speaks " + major + "." + minor + ", needed is " + FuseWire.MAJOR + "."
                            + FuseWire.OLDEST_MINOR + ")",
                    null);
        }
        ByteBuffer memory = request.memory();
        int body = request.emptyBody(FuseWire.INIT_OUT);
        memory.putInt(body + FuseWire.INIT_MAJOR, FuseWire.MAJOR);
        if (major > FuseWire.MAJOR) {
            return null;
        }
        Protocol agreed = new Protocol(Math.min(minor, FuseWire.MINOR), offered(request) & wanted(passthrough));
        memory.putInt(body + FuseWire.INIT_MINOR, agreed.minor());
        memory.putInt(body + FuseWire.INIT_READAHEAD, Request.MAX_DATA);
        memory.putInt(body + FuseWire.INIT_FLAGS, (int) agreed.flags());
        memory.putShort(body + FuseWire.INIT_BACKGROUND, (short) MAX_BACKGROUND);
        memory.putShort(body + FuseWire.INIT_CONGESTION, (short) CONGESTION);
        memory.putInt(body + FuseWire.INIT_MAX_WRITE, Request.MAX_DATA);
        memory.putInt(body + FuseWire.INIT_TIME_GRANULARITY, NANOSECOND);
        memory.putShort(body + FuseWire.INIT_MAX_PAGES, (short) MAX_PAGES);
        memory.putInt(body + FuseWire.INIT_OUT_FLAGS2, (int) (agreed.flags() >>> 32));
        // A tree on another FUSE mount cannot be passed through: files are stacked one deep.
        memory.putInt(body + FuseWire.INIT_STACK_DEPTH, agreed.has(FuseWire.PASSTHROUGH) ? 1 : 0);
        return agreed;
    }

    private static long wanted(boolean passthrough) {
        return passthrough ? WANTED | FuseWire.PASSTHROUGH : WANTED;
    }

    private static long offered(Request request) {
        long flags = request.int32(FuseWire.INIT_FLAGS) & LOW;
        boolean extended = (flags & FuseWire.INIT_EXT) != 0
                && request.argumentBytes() >= FuseWire.INIT_IN_FLAGS2 + 4;
        return extended ? flags | (long) request.int32(FuseWire.INIT_IN_FLAGS2) << 32 : flags;
    }
}
