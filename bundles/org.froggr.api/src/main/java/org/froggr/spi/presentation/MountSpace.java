package org.froggr.spi.presentation;

import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The mount namespace that a session's mounts are made in. Used from any thread.
 */
@ProviderType
public interface MountSpace {
    /** How mounts are made in it. */
    enum Access {
        /** It is the namespace of the platform's own threads. */
        OWN,
        /** A thread of the platform can enter it: {@link MountSpace#call}. */
        ENTERED,
        /** Only the session's process may mount in it: {@link MountSpace#run}. */
        BY_PROCESS
    }

    /** What a thread does inside. */
    @ConsumerType
    @FunctionalInterface
    interface Action<T> {
        T perform() throws ErrnoException;
    }

    Access access();

    /**
     * Performs system calls inside: on the calling thread for {@link Access#OWN}, on another for
     * {@link Access#ENTERED}. Descriptors may be carried in and out.
     *
     * @throws ErrnoException EPERM for {@link Access#BY_PROCESS}
     */
    <T> T call(Action<T> action) throws ErrnoException;

    /**
     * Has the session's process run a program inside, with the privileges it has there, and waits.
     *
     * @param command the program, found by PATH, and its arguments
     * @throws ErrnoException what the program said it failed with, EIO if that is not known, ETIMEDOUT
     *     if it or the process does not answer
     */
    void run(List<BytePath> command) throws ErrnoException, InterruptedException;

    /**
     * Opens a path of this namespace with O_PATH | O_CLOEXEC, following symbolic links as a process
     * inside would.
     *
     * @param path absolute, as seen inside
     * @return a descriptor that the caller closes
     */
    int open(BytePath path) throws ErrnoException;

    /** The mount table as seen inside, byte for byte ({@code /proc/PID/mountinfo}, proc(5)). */
    byte[] mountInfo() throws ErrnoException;
}
