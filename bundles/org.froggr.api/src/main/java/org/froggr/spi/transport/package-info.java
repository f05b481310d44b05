/**
 * The SPI of transports, which carry whole requests from clients to the platform and whole replies
 * back. A transport knows nothing of commands. What {@code bin/frg} writes and reads is the same for
 * all of them: {@link ClientRequest} and {@link HandOff#words}.
 */
@Export
@Version("1.0.0")
package org.froggr.spi.transport;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
