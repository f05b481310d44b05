package org.froggr.linux;

import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ProviderType;

/** Limits of this process: getrlimit(2). */
@ProviderType
public final class Limits {
    private static final int RLIMIT_NOFILE = 7;

    private Limits() {}

    /** Raises the number of descriptors that may be open to what is permitted, and returns that. */
    public static long raiseDescriptors() throws ErrnoException {
        ThreadMemory memory = ThreadMemory.current();
        long limits = memory.argumentsAddress();
        Libc.check(LibcRaw.getrlimit(RLIMIT_NOFILE, limits), "getrlimit", null);
        long hard = memory.arguments().getLong(8);
        if (memory.arguments().getLong(0) != hard) {
            memory.arguments().putLong(0, hard);
            Libc.check(LibcRaw.setrlimit(RLIMIT_NOFILE, limits), "setrlimit", null);
        }
        return hard < 0 ? Long.MAX_VALUE : hard;
    }
}
