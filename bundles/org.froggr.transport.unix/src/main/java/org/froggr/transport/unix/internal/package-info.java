/**
 * Requests over a Unix domain socket: one thread takes connections and assembles requests, whatever the
 * peers do, and each whole request gets a thread of its own. All the system calls are those of
 * org.froggr.linux; what a command is, nobody knows here.
 */
package org.froggr.transport.unix.internal;
