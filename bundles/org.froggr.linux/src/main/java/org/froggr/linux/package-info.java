/**
 * Every native call of Froggr, and nothing that decides: thin, byte-exact wrappers of system calls, and
 * parsers of what the kernel prints below {@code /proc}.
 *
 * <p>Descriptors are plain {@code int}s and always close-on-exec. What fails throws
 * {@link org.froggr.api.ErrnoException} with the number, the system call and the path. A call that was
 * interrupted (EINTR) is made again unless its Javadoc says otherwise. The {@code Raw} classes are another
 * kind: they allocate nothing, throw nothing, and return the negated errno. Every static method may be called
 * from any thread at any time.
 */
@Export
@Version("1.0.0")
package org.froggr.linux;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
