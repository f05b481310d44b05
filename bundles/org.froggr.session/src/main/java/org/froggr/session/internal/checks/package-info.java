/**
 * What of Froggr's own no living session owns: mounts and FUSE connections. One class judges and does nothing
 * else, the others look and act. Nothing here ever walks into a FUSE file system.
 */
package org.froggr.session.internal.checks;
