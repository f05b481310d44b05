package org.froggr.fuse.internal;

/**
 * A connection with the kernel, message by message. Addresses are of memory outside the heap. Every method
 * returns what a system call would, or its error number, negative; none throws. Used from any thread.
 */
interface KernelChannel {
    /** Waits for one request and reads it; ENODEV or ECONNABORTED after the connection has ended. */
    int read(long address, int length);

    /** Whether there is something to read; uses memory of a request whose reply has not been begun. */
    boolean hasMore(Request request);

    /** Writes one reply; ENOENT if nobody waits for it. */
    int write(long address, int length);

    /** Writes a message that belongs to no read: also during and after {@link #close}, ENODEV then. */
    int send(long address, int length);

    /** The backing id of an open file that the kernel may read and write in our place. */
    int openBacking(int fd);

    int closeBacking(int id);

    /** No thread is in any other method any more, {@link #send} excepted. */
    void close();
}
