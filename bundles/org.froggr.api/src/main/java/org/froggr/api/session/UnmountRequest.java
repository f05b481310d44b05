package org.froggr.api.session;

import java.util.Objects;
import java.util.Optional;
import org.froggr.api.BytePath;

/**
 * What {@code frg unmount} asks for.
 *
 * @param source the one member to take out, a path or {@code scheme:rest} as it was given to mount or
 *     bind; empty takes out all
 * @param target where it is
 * @param mode what to do if it is in use
 * @param session id, prefix or name of the session; empty looks for the session that owns the target
 * @param caller who asks
 */
public record UnmountRequest(
        Optional<String> source, BytePath target, UnmountMode mode, Optional<String> session, Caller caller) {
    public UnmountRequest {
        Objects.requireNonNull(source);
        Objects.requireNonNull(target);
        Objects.requireNonNull(mode);
        Objects.requireNonNull(session);
        Objects.requireNonNull(caller);
    }
}
