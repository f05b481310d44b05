/**
 * Text and JSON out of values: tables, sections, widths, ages. Pure: no I/O, no services, and the time is
 * handed in.
 */
package org.froggr.shell.internal.render;
