package org.froggr.session.internal.process;

import java.util.Optional;
import java.util.OptionalLong;
import org.froggr.api.BytePath;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;

/** Finds out why this user gets no user namespace (user_namespaces(7)), and names the setting. */
final class UserNamespaces {
    private static final String ALTERNATIVE = ", or run frg as root";

    private final BytePath sysctls;

    UserNamespaces() {
        this(BytePath.of("/proc/sys"));
    }

    UserNamespaces(BytePath sysctls) {
        this.sysctls = sysctls;
    }

    /** @param said what unshare(1) complained of */
    FroggrException refusal(String said) {
        if (said.contains("unrecognized option") || said.contains("unknown option")) {
            return FroggrException.of(Fault.UNSUPPORTED, "unshare(1) is too old for private sessions: " + said)
                    .hint("install util-linux 2.36 or newer");
        }
        return exhausted("user.max_user_namespaces", said)
                .or(() -> exhausted("user.max_mnt_namespaces", said))
                .or(() -> setting("kernel.unprivileged_userns_clone", 0))
                .or(() -> setting("kernel.apparmor_restrict_unprivileged_userns", 1))
                .orElseGet(() -> FroggrException.of(
                                Fault.NO_USERNS, "a private session needs a user namespace, which was refused: " + said)
                        .hint("allow user namespaces where this runs (a container's seccomp filter may forbid them)"
                                + ALTERNATIVE));
    }

    /** A limit of zero, or one that is reached. */
    private Optional<FroggrException> exhausted(String name, String said) {
        OptionalLong value = value(name);
        boolean reached = said.contains("No space left on device") && name.contains("user_namespaces");
        if (value.isEmpty() || value.getAsLong() > 0 && !reached) {
            return Optional.empty();
        }
        return Optional.of(forbidden(name, value.getAsLong(), "raise it: sysctl -w " + name + "=10000"));
    }

    private Optional<FroggrException> setting(String name, long forbidding) {
        OptionalLong value = value(name);
        if (value.isEmpty() || value.getAsLong() != forbidding) {
            return Optional.empty();
        }
        return Optional.of(forbidden(name, forbidding, "sysctl -w " + name + "=" + (1 - forbidding)));
    }

    private static FroggrException forbidden(String name, long value, String remedy) {
        String message = "a private session needs a user namespace, and " + name + "=" + value + " forbids it";
        return FroggrException.of(Fault.NO_USERNS, message)
                .hint(remedy + " (as root)" + ALTERNATIVE);
    }

    private OptionalLong value(String name) {
        return ProcText.number(sysctls.resolve(name.replace('.', '/')));
    }
}
