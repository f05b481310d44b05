package org.froggr.api.session;

/** The verb that made an entry. */
public enum EntryKind {
    MOUNT,
    BIND
}
