/** The recovery policy {@code remount}: make the namespace anew, unless that fails too often. */
package org.froggr.recovery.remount.internal;
