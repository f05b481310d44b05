/**
 * File trees: what a backend hands out to be served, and what a union is made of. The operations are
 * those of the kernel's inodes, small and synchronous; nothing here knows of FUSE, unions or sessions.
 *
 * <p><b>Threads.</b> Every method may be called from any thread, several at once, also on the same
 * object. The caller promises only that an {@link OpenFile} or {@link OpenDirectory} is not used after
 * it was closed.
 *
 * <p><b>Errors.</b> What throws says so by an {@link org.froggr.api.ErrnoException}, whose number the
 * program gets that asked. Anything else that is thrown counts as EIO and is logged. A method that a tree
 * does not have answers EROFS if it would change something, else EOPNOTSUPP; never ENOSYS, which the
 * kernel would take to mean the whole connection.
 *
 * <p><b>Objects that are passed in</b> ({@link FileName}, {@link IoBuffer}, {@link Attributes},
 * {@link AttributeChanges}, {@link Requester}, {@link DirectorySink}) are used again for the next
 * request: they are valid during the call only.
 */
@Export
@Version("1.0.0")
package org.froggr.spi.tree;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
