/**
 * The SPI of recovery policies: one pure method, without I/O and without a clock.
 */
@Export
@Version("1.0.0")
package org.froggr.spi.recovery;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
