package org.froggr.api.session;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.froggr.api.BytePath;

/**
 * What {@code frg reorder} asks for.
 *
 * @param sources the members that come first, in this order, each as it was given to mount or bind; the target's own
 *     directory is meant by the target's path. The others keep their order behind them
 * @param target where the union is
 * @param session id, prefix or name of the session; empty looks for the session that owns the target
 * @param caller who asks
 */
public record ReorderRequest(List<String> sources, BytePath target, Optional<String> session, Caller caller) {
    public ReorderRequest {
        sources = List.copyOf(sources);
        Objects.requireNonNull(target);
        Objects.requireNonNull(session);
        Objects.requireNonNull(caller);
    }
}
