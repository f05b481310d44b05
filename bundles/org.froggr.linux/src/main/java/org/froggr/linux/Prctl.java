package org.froggr.linux;

import java.util.Arrays;
import org.froggr.api.ByteText;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ProviderType;

/** prctl(2). */
@ProviderType
public final class Prctl {
    // linux/prctl.h
    private static final int PR_SET_NAME = 15;
    private static final int PR_GET_NAME = 16;
    private static final int PR_SET_CHILD_SUBREAPER = 36;
    private static final int PR_GET_CHILD_SUBREAPER = 37;
    private static final int NAME_BYTES = 16;

    private Prctl() {}

    /** Names the calling thread; what is beyond 15 bytes is cut off. */
    public static void setName(String name) throws ErrnoException {
        byte[] bytes = Libc.cString(ByteText.encode(name));
        Libc.check(LibcProcesses.prctl(PR_SET_NAME, bytes, 0, 0, 0), "prctl", null);
    }

    /** The name of the calling thread. */
    public static String name() throws ErrnoException {
        byte[] bytes = new byte[NAME_BYTES];
        Libc.check(LibcProcesses.prctl(PR_GET_NAME, bytes, 0, 0, 0), "prctl", null);
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return ByteText.decode(Arrays.copyOf(bytes, end));
    }

    /** Whether orphaned descendants become children of this process rather than of init. */
    public static void setChildSubreaper(boolean on) throws ErrnoException {
        Libc.check(LibcProcesses.prctl(PR_SET_CHILD_SUBREAPER, on ? 1L : 0L, 0, 0, 0), "prctl", null);
    }

    /** What {@link #setChildSubreaper} set. */
    public static boolean isChildSubreaper() throws ErrnoException {
        int[] result = new int[1];
        Libc.check(LibcProcesses.prctl(PR_GET_CHILD_SUBREAPER, result, 0, 0, 0), "prctl", null);
        return result[0] != 0;
    }
}
