/**
 * The session API: what a session is, and the verbs that change its namespace. Implemented by the
 * session manager alone; used by commands, transports and third parties.
 */
@Export
@Version("1.0.0")
package org.froggr.api.session;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
