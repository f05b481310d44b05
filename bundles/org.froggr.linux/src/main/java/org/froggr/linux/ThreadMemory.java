package org.froggr.linux;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Native memory of the calling thread, in which arguments and results of the {@code Raw} calls lie, so that
 * a call allocates nothing. What is put here is valid until this thread puts something else into the same
 * place: {@link #first}, {@link #second}, {@link #path}, {@link #stat} and {@link #arguments} are places of
 * their own. It lives here and not with its users because a thread may outlive their bundles.
 */
@ProviderType
public final class ThreadMemory {
    /** Longest string, without the NUL: one more than the kernel takes of a path, so that it says so. */
    public static final int MAX_STRING_BYTES = 4096;

    /** The empty string, for AT_EMPTY_PATH. */
    public static final long EMPTY;

    private static final int ARGUMENT_BYTES = 512;
    private static final int STRING_BYTES = MAX_STRING_BYTES + 8;

    private static final int FIRST = 0;
    private static final int SECOND = FIRST + STRING_BYTES;
    private static final int PATH = SECOND + STRING_BYTES;
    private static final int STAT = PATH + STRING_BYTES;
    private static final int ARGUMENTS = STAT + StatxBuffer.BYTES;
    private static final int TOTAL_BYTES = ARGUMENTS + ARGUMENT_BYTES;

    private static final byte[] PROC_SELF_FD = {'/', 'p', 'r', 'o', 'c', '/', 's', 'e', 'l', 'f', '/', 'f', 'd', '/'};

    private static final ByteBuffer NUL = ByteBuffer.allocateDirect(8);

    static {
        EMPTY = addressOf(NUL);
    }

    private static final ThreadLocal<ThreadMemory> CURRENT = ThreadLocal.withInitial(ThreadMemory::new);

    private final ByteBuffer memory = ByteBuffer.allocateDirect(TOTAL_BYTES).order(ByteOrder.nativeOrder());
    private final long address = addressOf(memory);
    private final StatxBuffer stat =
            new StatxBuffer(memory.slice(STAT, StatxBuffer.BYTES).order(ByteOrder.nativeOrder()), address + STAT);
    private final ByteBuffer secondBytes = memory.slice(SECOND, MAX_STRING_BYTES);
    private final ByteBuffer arguments = memory.slice(ARGUMENTS, ARGUMENT_BYTES).order(ByteOrder.nativeOrder());

    private ThreadMemory() {}

    /** That of the calling thread. */
    public static ThreadMemory current() {
        return CURRENT.get();
    }

    /** Where a direct buffer lies; valid as long as the buffer is reachable. */
    public static long addressOf(ByteBuffer direct) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }

    /**
     * Copies a string and puts a NUL behind it.
     *
     * @return its address, or 0 if it is longer than {@link #MAX_STRING_BYTES}
     */
    public long first(byte[] string) {
        return put(FIRST, string);
    }

    /** As {@link #first}, elsewhere. */
    public long second(byte[] string) {
        return put(SECOND, string);
    }

    /** What is at {@link #second}, {@link #MAX_STRING_BYTES} long, for a call that puts something there. */
    public ByteBuffer secondBytes() {
        return secondBytes;
    }

    /** Where {@link #secondBytes} lie. */
    public long secondAddress() {
        return address + SECOND;
    }

    private long put(int at, byte[] string) {
        if (string.length > MAX_STRING_BYTES) {
            return 0;
        }
        memory.put(at, string);
        memory.put(at + string.length, (byte) 0);
        return address + at;
    }

    /** The path {@code /proc/self/fd/N}, a link to what the descriptor means, whatever its name is now. */
    public long path(int fd) {
        memory.put(descriptorPath(fd), (byte) 0);
        return address + PATH;
    }

    /**
     * The path {@code /proc/self/fd/N/name}: a name in the directory of a descriptor, for calls that take paths.
     *
     * @return 0 if the name is longer than a name can be
     */
    public long path(int dir, byte[] name) {
        if (name.length > 255) {
            return 0;
        }
        int end = descriptorPath(dir);
        memory.put(end++, (byte) '/');
        memory.put(end, name);
        memory.put(end + name.length, (byte) 0);
        return address + PATH;
    }

    private int descriptorPath(int fd) {
        memory.put(PATH, PROC_SELF_FD);
        int digits = 1;
        for (int rest = fd; rest >= 10; rest /= 10) {
            digits++;
        }
        int end = PATH + PROC_SELF_FD.length + digits;
        int rest = fd;
        for (int at = end - 1; at >= end - digits; at--) {
            memory.put(at, (byte) ('0' + rest % 10));
            rest /= 10;
        }
        return end;
    }

    /** For the result of {@link RawFiles#stat}. */
    public StatxBuffer stat() {
        return stat;
    }

    /** 512 bytes for whatever else a call takes, in the machine's byte order. */
    public ByteBuffer arguments() {
        return arguments;
    }

    /** Where {@link #arguments} lie. */
    public long argumentsAddress() {
        return address + ARGUMENTS;
    }
}
