package org.froggr.spi.tree;

import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An open directory. A name that is there from the first read to the last is listed exactly once,
 * whatever else changes meanwhile (readdir(3)).
 */
@ConsumerType
public interface OpenDirectory extends AutoCloseable {
    /**
     * Lists names until the sink takes no more; {@code .} and {@code ..} are left out.
     *
     * @param offset 0 for the beginning, which shows the directory as it is now; else one that
     *     {@link DirectorySink#add} was given, to go on behind that name
     */
    void read(long offset, DirectorySink sink) throws ErrnoException;

    /** fsync(2), or fdatasync(2). */
    default void sync(boolean dataOnly) throws ErrnoException {}

    @Override
    void close() throws ErrnoException;
}
