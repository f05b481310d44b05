/** Stand-ins for what the shell talks to: exchanges that record, and a session manager in memory. */
package org.froggr.shell.internal.testing;
