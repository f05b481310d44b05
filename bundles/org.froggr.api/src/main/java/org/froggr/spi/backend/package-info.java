/**
 * The SPI of mount backends. A backend produces a tree and knows nothing of sessions, unions,
 * handles, swap or recovery.
 */
@Export
@Version("1.0.0")
package org.froggr.spi.backend;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
