package org.froggr.session.internal;

import java.math.BigInteger;
import org.froggr.api.ErrnoException;

/** What this process may do (capabilities(7)). */
final class Capabilities {
    /** CAP_SYS_ADMIN, linux/capability.h. */
    private static final int SYS_ADMIN = 21;

    private Capabilities() {}

    /** Whether mounts may be made in the platform's own mount namespace. */
    static boolean mayMount() throws ErrnoException {
        return new BigInteger(ProcessStatus.field("self", "CapEff").orElse("0"), 16).testBit(SYS_ADMIN);
    }
}
