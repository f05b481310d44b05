/**
 * The file system of a session: its one FUSE connection, the unions in it, and the targets that are bound
 * from it. Knows nothing of records, policies or commands.
 */
package org.froggr.session.internal.served;
