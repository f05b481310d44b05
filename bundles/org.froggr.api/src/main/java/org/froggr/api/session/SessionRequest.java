package org.froggr.api.session;

import java.util.Objects;
import java.util.Optional;
import org.froggr.api.BytePath;

/**
 * What {@code frg session new} asks for.
 *
 * @param name a name of its own, or none; not {@code new}, nor hex digits and dashes alone
 * @param root the session's root directory, must exist; empty means {@code /}
 * @param mode who sees its mounts
 * @param recovery name of the recovery policy; empty means the configured default
 * @param caller who asks
 */
public record SessionRequest(
        Optional<String> name, Optional<BytePath> root, SessionMode mode, Optional<String> recovery, Caller caller) {
    public SessionRequest {
        Objects.requireNonNull(name);
        Objects.requireNonNull(root);
        Objects.requireNonNull(mode);
        Objects.requireNonNull(recovery);
        Objects.requireNonNull(caller);
    }

    /** A shared session without a name, for this root. */
    public static SessionRequest forRoot(BytePath root) {
        return new SessionRequest(
                Optional.empty(), Optional.of(root), SessionMode.SHARED, Optional.empty(), Caller.platform());
    }
}
