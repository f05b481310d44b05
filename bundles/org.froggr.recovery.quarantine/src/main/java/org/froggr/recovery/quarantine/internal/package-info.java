/** The recovery policy {@code quarantine}: touch nothing, report. */
package org.froggr.recovery.quarantine.internal;
