/** The recovery policy {@code clean-up}: unmount, remove, report. */
package org.froggr.recovery.cleanup.internal;
