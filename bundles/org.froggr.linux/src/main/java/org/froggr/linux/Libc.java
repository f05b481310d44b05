package org.froggr.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/** What all mappings share: registration, and the one way from errno to an exception. */
final class Libc {
    private Libc() {}

    /** Binds the native methods of a class to the C library that the JVM itself is linked with. */
    static void register(Class<?> mapping) {
        Native.register(mapping, NativeLibrary.getProcess());
    }

    /** The result, or the error of the call that this thread made last. */
    static int check(int result, String call, BytePath path) throws ErrnoException {
        if (result < 0) {
            throw new ErrnoException(Native.getLastError(), call, path);
        }
        return result;
    }

    static long check(long result, String call, BytePath path) throws ErrnoException {
        if (result < 0) {
            throw new ErrnoException(Native.getLastError(), call, path);
        }
        return result;
    }

    /** Makes the call again as long as it is interrupted, then {@link #check}s it. */
    static int retry(IntSupplier call, String name, BytePath path) throws ErrnoException {
        int result;
        do {
            result = call.getAsInt();
        } while (result < 0 && failedWith(Errno.EINTR));
        return check(result, name, path);
    }

    static long retryLong(LongSupplier call, String name) throws ErrnoException {
        long result;
        do {
            result = call.getAsLong();
        } while (result < 0 && failedWith(Errno.EINTR));
        return check(result, name, null);
    }

    /** Whether the call that this thread made last, and which failed, did so with this error. */
    static boolean failedWith(Errno errno) {
        return Native.getLastError() == errno.number();
    }

    /** The bytes with a NUL at the end. */
    static byte[] cString(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    /** A view of a C structure in the machine's byte order. */
    static ByteBuffer struct(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }
}
