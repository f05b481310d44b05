/**
 * Where trees become visible: the meeting point of session manager, namespace and FUSE, none of
 * which imports another.
 */
@Export
@Version("1.0.0")
package org.froggr.spi.presentation;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
