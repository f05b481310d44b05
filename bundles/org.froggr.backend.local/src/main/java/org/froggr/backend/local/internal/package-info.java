/**
 * Local directories and files as trees: every operation is a few system calls on descriptors of directories,
 * nothing follows a symbolic link, and a file is told by device, inode number and time of birth, whatever
 * its name is now.
 */
package org.froggr.backend.local.internal;
