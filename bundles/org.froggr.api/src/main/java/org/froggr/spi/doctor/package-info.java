/**
 * Where the checks of {@code frg doctor} plug in. A check looks at one part of the machine or of Froggr, and
 * says what is wrong with it, why that matters and what to do.
 */
@Export
@Version("1.0.0")
package org.froggr.spi.doctor;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
