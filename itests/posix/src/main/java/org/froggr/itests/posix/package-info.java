/**
 * A list of cases of what POSIX and the Linux man pages demand of a file system, run on any mount point.
 *
 * <p>The {@code *Cases} classes are the list; they are written like shell scripts, with static calls
 * ({@link org.froggr.itests.posix.Names}, {@link org.froggr.itests.posix.Fds} and their kin) on names relative
 * to the working directory, which is a fresh directory of each case and belongs to its thread alone.
 */
package org.froggr.itests.posix;
