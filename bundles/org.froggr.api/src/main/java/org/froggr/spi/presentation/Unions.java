package org.froggr.spi.presentation;

import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ConsumerType;

/** Makes unions of directories: an OSGi service. Called by the session manager alone. */
@ConsumerType
public interface Unions {
    /**
     * A place for the unions of one session, empty.
     *
     * @param recovery directory of the session for what a successor needs if this process is killed, such as which
     *     inode numbers were shown and what was half done: O_PATH or opened for reading, duplicated; -1 if nothing
     *     is to be kept. What another process left there is gone on with
     * @param log gets one sentence for what a person should know, such as a member that does not answer
     */
    UnionSpace create(int recovery, UnionLog log) throws ErrnoException;

    /** Where a union says what happened. Never blocks. */
    @ConsumerType
    @FunctionalInterface
    interface UnionLog {
        void say(String message);
    }
}
