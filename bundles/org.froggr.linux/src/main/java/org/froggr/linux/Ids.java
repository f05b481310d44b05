package org.froggr.linux;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import java.util.Arrays;
import java.util.Optional;
import org.froggr.api.ByteText;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ProviderType;

/** Who this process is, credentials(7). */
@ProviderType
public final class Ids {
    /** More than struct passwd of pwd.h, whose first field is the name. */
    private static final int PASSWD_BYTES = 128;

    private static final int TEXT_BYTES = 16 * 1024;

    private Ids() {}

    /** geteuid(2). */
    public static long euid() {
        return Integer.toUnsignedLong(LibcProcesses.geteuid());
    }

    /** getegid(2). */
    public static long egid() {
        return Integer.toUnsignedLong(LibcProcesses.getegid());
    }

    /** The supplementary groups, getgroups(2). */
    public static long[] groups() throws ErrnoException {
        int count = Libc.check(LibcProcesses.getgroups(0, null), "getgroups", null);
        int[] groups = new int[count];
        count = Libc.check(LibcProcesses.getgroups(count, groups), "getgroups", null);
        return Arrays.stream(groups, 0, count).mapToLong(Integer::toUnsignedLong).toArray();
    }

    /** The login name of a user, getpwuid_r(3); empty if there is none, or it cannot be found out. */
    public static Optional<String> userName(long uid) {
        try (Memory entry = new Memory(PASSWD_BYTES);
                Memory text = new Memory(TEXT_BYTES);
                Memory result = new Memory(Native.POINTER_SIZE)) {
            result.clear();
            int error = LibcProcesses.getpwuid_r((int) uid, entry, text, text.size(), result);
            if (error != 0 || result.getPointer(0) == null) {
                return Optional.empty();
            }
            long length = entry.getPointer(0).indexOf(0, (byte) 0);
            return Optional.of(ByteText.decode(entry.getPointer(0).getByteArray(0, (int) length)));
        }
    }
}
