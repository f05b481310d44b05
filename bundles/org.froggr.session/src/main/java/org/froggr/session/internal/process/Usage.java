package org.froggr.session.internal.process;

import java.util.OptionalLong;
import org.froggr.api.session.Resource;

/** What was measured. */
public record Usage(String name, long used, OptionalLong limit, String unit) implements Resource {
    /** A number of things. */
    public static Usage count(String name, long used, OptionalLong limit) {
        return new Usage(name, used, limit, "count");
    }

    /** An amount of memory. */
    public static Usage bytes(String name, long used, OptionalLong limit) {
        return new Usage(name, used, limit, "bytes");
    }
}
