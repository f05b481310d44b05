package org.froggr.session.internal.store;

import java.util.Optional;
import org.froggr.api.BytePath;

/** What became of an attempt to read {@code session.json}. Reasons are sentences for a person. */
public sealed interface Loaded {
    /** It was whole. */
    record Current(SessionRecord session) implements Loaded {}

    /** It was not usable, the generation before it is. */
    record Previous(SessionRecord session, String reason) implements Loaded {}

    /**
     * Neither is usable.
     *
     * @param setAside where the bad file is now
     */
    record Corrupt(String reason, BytePath setAside) implements Loaded {}

    /** A newer version of Froggr wrote it; nothing was touched, and nothing of this session may be. */
    record Newer(int version) implements Loaded {}

    /** There is none. */
    record Missing() implements Loaded {}

    /** The record, if one was found. */
    default Optional<SessionRecord> usable() {
        if (this instanceof Current current) {
            return Optional.of(current.session());
        }
        return this instanceof Previous previous ? Optional.of(previous.session()) : Optional.empty();
    }
}
