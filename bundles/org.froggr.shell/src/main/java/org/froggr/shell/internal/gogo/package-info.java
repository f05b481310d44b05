/**
 * Verbs in Gogo, and Gogo for {@code frg}: one line at a time, or interactive in the caller's terminal.
 */
package org.froggr.shell.internal.gogo;
