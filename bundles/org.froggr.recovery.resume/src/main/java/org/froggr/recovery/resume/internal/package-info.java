/** The recovery policy {@code resume}: go on with what is left, unless that fails too often. */
package org.froggr.recovery.resume.internal;
