package org.froggr.backend.local.internal;

import java.util.Arrays;

/** A name in a directory; no name at all for the directory itself. */
record EntryKey(LocalDirectory directory, byte[] name) {
    @Override
    public boolean equals(Object other) {
        return other instanceof EntryKey key && key.directory == directory && Arrays.equals(key.name, name);
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(directory) * 31 + Arrays.hashCode(name);
    }
}
