package org.froggr.spi.presentation;

import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ConsumerType;

/** Answers the kernel's requests for a tree of files: an OSGi service. Called by the session manager alone. */
@ConsumerType
public interface FileServer {
    /** Type of the file system for mount(2): {@code fuse.froggr}. */
    String FILE_SYSTEM_TYPE = "fuse.froggr";

    /**
     * Begins to serve. Returns when the kernel and the server have agreed on the protocol; the mount was made
     * before. If it throws, nothing is served and the descriptor is still the caller's.
     *
     * <p>What is {@linkplain ServeRequest#isTakenOver taken over} goes on as if nothing had happened: ids of nodes
     * and numbers of open files stay valid, locks are acquired again, requests that the process before had read
     * and not answered are performed once, or answered if it had performed them.
     *
     * @throws ErrnoException EPROTO if the kernel is too old, ETIMEDOUT if it does not begin, ENOTCONN if
     *     the connection was aborted, EUCLEAN if what the process before left cannot be used
     */
    FileService serve(ServeRequest request) throws ErrnoException, InterruptedException;
}
