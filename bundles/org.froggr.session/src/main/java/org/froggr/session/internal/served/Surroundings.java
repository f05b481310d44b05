package org.froggr.session.internal.served;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.api.session.UnmountMode;
import org.froggr.linux.DescriptorStore;
import org.froggr.linux.OwnedFd;
import org.froggr.session.internal.process.Anchor;
import org.froggr.session.internal.store.HeadRecord;
import org.froggr.spi.backend.Attachment;
import org.froggr.spi.presentation.FileServer;
import org.froggr.spi.presentation.MountSpace;
import org.froggr.spi.presentation.Unions;

/** What the served trees of a session need of the session manager. */
public interface Surroundings {
    /**
     * Whether the session has one target, on which its file system itself is mounted: a user without privilege
     * cannot bind where others see it.
     */
    boolean isDirect();

    /** What is kept open for the next platform, once the session's process {@linkplain #hold holds} it. */
    DescriptorStore store() throws ErrnoException;

    /**
     * Goes on with the store that the session's process holds.
     *
     * @throws ErrnoException EBADF if it holds none
     */
    void adoptStore() throws ErrnoException, FroggrException, InterruptedException;

    /**
     * Gives the session another process, which holds the device of its file system and {@link #store}.
     *
     * @throws FroggrException why none could be started
     */
    void hold(int device) throws FroggrException;

    /** @throws FroggrException UNAVAILABLE if the session has none now */
    Anchor anchor() throws FroggrException;

    /**
     * The device that the session's process holds.
     *
     * @return a descriptor that the caller closes
     * @throws ErrnoException EBADF if it holds none
     */
    int device() throws ErrnoException, FroggrException, InterruptedException;

    /**
     * The namespace of the session's mounts, as it is reached at present.
     *
     * @throws ErrnoException ESRCH if it cannot be reached
     */
    MountSpace space() throws ErrnoException;

    /**
     * Makes an empty directory in the session's own one, if it is not there.
     *
     * @return its absolute path
     */
    BytePath makeDirectory(String name) throws ErrnoException;

    /** The session's own directory. */
    BytePath directory();

    /** The directory for what a successor needs; the caller closes it. */
    OwnedFd recovery() throws ErrnoException;

    /** Replaces what a successor is told of the unions. */
    void save(List<HeadRecord> unions) throws ErrnoException;

    /** How long an operation on a file may take; zero for any time. */
    Duration operationLimit();

    /** Removes such a directory, if it is there and nothing is mounted on it. */
    void removeDirectory(String name);

    /** @throws FroggrException UNSUPPORTED, naming the bundle that would */
    FileServer server() throws FroggrException;

    /** @throws FroggrException UNSUPPORTED, naming the bundle that would */
    Unions unions() throws FroggrException;

    /**
     * A served tree of a local directory.
     *
     * @param directory O_PATH descriptor
     */
    Attachment local(int directory, BytePath path) throws FroggrException;

    /** The tree of a directory that this platform itself presents; empty for others. */
    Optional<OwnTree> own(int directory) throws FroggrException;

    /**
     * The same for what a successor was told.
     *
     * @return empty if it is not presented, or not yet
     */
    Optional<Attachment> own(HeadRecord.Own place) throws ErrnoException, FroggrException;

    /**
     * Binds a part of the session's file system on a target.
     *
     * @return the kernel's id of the mount
     */
    long cover(int source, BytePath sourcePath, int target, BytePath targetPath, Set<String> flags)
            throws ErrnoException, FroggrException;

    /**
     * Takes permissions away from the mount on a target, as far as it has them.
     *
     * @param target O_PATH descriptor of its root
     * @param flags of {@code nosuid nodev}; others are left as they are
     */
    void restrict(int target, Set<String> flags) throws ErrnoException, FroggrException;

    /** @throws ErrnoException EBUSY if it is in use and the mode is orderly */
    void uncover(BytePath target, long mountId, UnmountMode mode) throws ErrnoException, FroggrException;

    /** One sentence for the session's log. */
    void say(String message);
}
