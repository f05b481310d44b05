package org.froggr.backend.local.internal;

import org.froggr.linux.Dirents;
import org.froggr.spi.tree.FileName;

/** The name of the entry that a cursor stands on. */
final class EntryName extends FileName {
    private final Dirents entries;
    private byte[] bytes;

    EntryName(Dirents entries) {
        this.entries = entries;
    }

    /** The cursor has moved. */
    void moved() {
        bytes = null;
    }

    @Override
    public int length() {
        return entries.nameLength();
    }

    @Override
    public long address() {
        return entries.nameAddress();
    }

    @Override
    public byte[] bytes() {
        if (bytes == null) {
            bytes = entries.name();
        }
        return bytes;
    }

    @Override
    public boolean is(byte[] other) {
        if (other == null || other.length != entries.nameLength()) {
            return false;
        }
        for (int i = 0; i < other.length; i++) {
            if (other[i] != entries.nameByte(i)) {
                return false;
            }
        }
        return true;
    }
}
