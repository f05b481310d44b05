package org.froggr.itests.posix;

import com.sun.jna.Native;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.froggr.api.ByteText;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/** From Java to C and back: names, structures, and the one way from errno to an exception. */
final class Call {
    private Call() {}

    /** A name as {@link ByteText}, with a NUL at the end. */
    static byte[] name(String name) {
        byte[] bytes = ByteText.encode(name);
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    static ByteBuffer struct(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    static int check(int result, String call, String... names) throws ErrnoException {
        if (result < 0) {
            throw failed(call, names);
        }
        return result;
    }

    static long check(long result, String call, String... names) throws ErrnoException {
        if (result < 0) {
            throw failed(call, names);
        }
        return result;
    }

    /** The error of the call that this thread made last. */
    static ErrnoException failed(String call, String... names) {
        return failed(Native.getLastError(), call, names);
    }

    static ErrnoException failed(int number, String call, String... names) {
        BytePath path = names.length == 0 || names[0].isEmpty() ? null : BytePath.of(ByteText.encode(shown(names)));
        return new ErrnoException(number, call, path);
    }

    private static String shown(String... names) {
        return String.join(" -> ", Arrays.stream(names).map(Call::shortened).toList());
    }

    private static String shortened(String name) {
        return name.length() > 80 ? name.substring(0, 30) + "...(" + name.length() + ")" : name;
    }

    static boolean failedWith(Errno errno) {
        return Native.getLastError() == errno.number();
    }
}
