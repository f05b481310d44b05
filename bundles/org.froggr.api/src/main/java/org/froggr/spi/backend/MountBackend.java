package org.froggr.spi.backend;

import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Produces trees. Registered as an OSGi service with {@link #SCHEME} or {@link #TYPE} or both.
 *
 * <p>Called by the session manager alone, from any thread, several at once. A call may block; it is
 * interrupted when the caller goes away, and given up on when its deadline passes. What it throws
 * besides {@link ErrnoException} counts as EIO and is logged.
 */
@ConsumerType
public interface MountBackend {
    /** Service property: the schemes it answers to, String or String[]; {@code file} is a local path. */
    String SCHEME = "froggr.scheme";

    /** Service property: the name that {@code frg mount -t} selects it by; String. */
    String TYPE = "froggr.type";

    /** The scheme of sources that are local paths. */
    String LOCAL = "file";

    /**
     * Produces the tree that the request names. Must leave nothing behind when it throws.
     *
     * @throws ErrnoException what the kernel or the remote side said; shown to the caller
     * @throws InterruptedException if the calling thread was interrupted
     */
    Attachment attach(AttachRequest request) throws ErrnoException, InterruptedException;

    /**
     * Takes over a kernel tree that an earlier instance of this backend, possibly in an earlier
     * process, produced and that is still mounted. Called before any other use of that tree.
     *
     * @param directory what {@link Tree.Kernel#directory} was
     */
    default Attachment adopt(AttachRequest request, BytePath directory) throws ErrnoException, InterruptedException {
        return Attachment.of(Tree.kernel(directory));
    }
}
