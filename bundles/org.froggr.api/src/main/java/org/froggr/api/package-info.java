/**
 * What every other package of Froggr speaks: paths as bytes, errors of the kernel, and errors meant
 * for people. Nothing here does I/O.
 */
@Export
@Version("1.0.0")
package org.froggr.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
