/**
 * Where verbs plug in. A verb is one class, described by picocli's annotations; the platform offers
 * it as a subcommand of {@code frg} and as a Gogo function of scope {@code froggr}.
 */
@Export
@Version("1.0.0")
package org.froggr.spi.command;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
