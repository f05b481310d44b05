/**
 * What {@code frg doctor} does: runs the checks that there are, has findings mended, and shows them. Its own
 * checks concern the machine and the home; those of sessions are with the session manager.
 */
package org.froggr.shell.internal.doctor;
