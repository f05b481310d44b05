package org.froggr.session.internal;

import java.math.BigInteger;
import org.froggr.api.ErrnoException;

/** What this process may do (capabilities(7)). */
final class Capabilities {
    /** CAP_SYS_ADMIN, linux/capability.h. */
    private static final int SYS_ADMIN = 21;

    /** Null until it was asked for: a platform keeps what it was started with. */
    private static volatile Boolean mayMount;

    private Capabilities() {}

    /** Whether mounts may be made in the platform's own mount namespace. */
    static boolean mayMount() throws ErrnoException {
        Boolean known = mayMount;
        if (known == null) {
            known = new BigInteger(ProcessStatus.field("self", "CapEff").orElse("0"), 16).testBit(SYS_ADMIN);
            mayMount = known;
        }
        return known;
    }
}
