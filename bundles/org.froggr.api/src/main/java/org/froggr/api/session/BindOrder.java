package org.froggr.api.session;

/** Where a bind goes (bind(1) of Plan 9). */
public enum BindOrder {
    /** No flag was given: before between directories, replace between files. */
    UNSPECIFIED,
    /** {@code -b}: in front of what is there, as a union. */
    BEFORE,
    /** {@code -a}: after what is there, as a union. */
    AFTER,
    /** {@code -r}: in the place of what is there. */
    REPLACE
}
