/**
 * Unions: several file trees shown as one, by the rules of Plan 9 as far as people on Linux do not expect
 * otherwise. A union is itself a file tree. Nothing here knows of FUSE, mounts or sessions, and nothing makes
 * a system call.
 */
package org.froggr.namespace.internal;
