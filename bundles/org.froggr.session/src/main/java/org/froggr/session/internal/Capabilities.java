package org.froggr.session.internal;

import java.math.BigInteger;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;

/** What this process may do (capabilities(7)). */
final class Capabilities {
    /** CAP_SYS_ADMIN, linux/capability.h. */
    private static final int SYS_ADMIN = 21;

    private Capabilities() {}

    /** Whether mounts may be made in the platform's own mount namespace. */
    static boolean mayMount() throws ErrnoException {
        return new BigInteger(ProcessStatus.field("self", "CapEff").orElse("0"), 16).testBit(SYS_ADMIN);
    }

    /** @throws FroggrException NO_PRIVILEGE, with the ways out */
    static void requireMount() throws FroggrException {
        try {
            if (!mayMount()) {
                throw FroggrException.of(
                                Fault.NO_PRIVILEGE,
                                "a shared session's mounts need CAP_SYS_ADMIN, which this user does not have")
                        .hint("--private, for a session with a mount namespace of its own, or run it as root");
            }
        } catch (ErrnoException e) {
            throw OsFault.of(e, "the privileges of this process cannot be read");
        }
    }
}
