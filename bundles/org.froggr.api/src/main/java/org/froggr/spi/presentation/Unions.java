package org.froggr.spi.presentation;

import org.osgi.annotation.versioning.ConsumerType;

/** Makes unions of directories: an OSGi service. Called by the session manager alone. */
@ConsumerType
public interface Unions {
    /**
     * A place for the unions of one session, empty.
     *
     * @param log gets one sentence for what a person should know, such as a member that does not answer
     */
    UnionSpace create(UnionLog log);

    /** Where a union says what happened. Never blocks. */
    @ConsumerType
    @FunctionalInterface
    interface UnionLog {
        void say(String message);
    }
}
