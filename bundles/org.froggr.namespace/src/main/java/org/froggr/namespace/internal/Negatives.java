package org.froggr.namespace.internal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.froggr.spi.tree.FileName;

/**
 * Names that callers were told do not exist, and may remember: when a member comes that has one, they must be
 * told. Bounded: when there are too many, callers are asked to forget them all.
 */
final class Negatives {
    private static final int MOST = 2048;

    /** Within that a look-up and the creation of what it did not find are one call of a program. */
    private static final long ONE_CALL_NANOS = 2_000_000;

    /** A name that is not there. Holds nothing in use: a directory that is gone is known to nobody. */
    static final class Name {
        private final DirectoryNode directory;
        private final byte[] name;

        // When and where it was looked for. Of names in the map guarded by that
        private View view;
        private int millis;
        private long nanos;

        Name(DirectoryNode directory, FileName name) {
            this.directory = directory;
            this.name = name.bytes();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Name that && directory == that.directory && Arrays.equals(name, that.name);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(directory) * 31 + Arrays.hashCode(name);
        }
    }

    private final Head head;
    private final AtomicBoolean emptying = new AtomicBoolean();
    private Map<Name, Name> names = new HashMap<>();

    Negatives(Head head) {
        this.head = head;
    }

    /**
     * Notes what a caller is about to be told.
     *
     * @param view whose parts have all said that they do not have it, or null if one did not answer
     * @param millis for how long that is so
     * @return whether the caller may remember it
     */
    boolean note(DirectoryNode directory, FileName name, View view, int millis) {
        if (!head.isWatched()) {
            return true;
        }
        Name entry = new Name(directory, name);
        synchronized (this) {
            Name known = names.get(entry);
            if (known != null || names.size() < MOST) {
                if (known == null) {
                    known = entry;
                    names.put(entry, entry);
                }
                known.view = view;
                known.millis = millis;
                known.nanos = System.nanoTime();
                return true;
            }
        }
        if (emptying.compareAndSet(false, true)) {
            head.space.teller().tellLater(() -> {
                emptying.set(false);
                tell();
            });
        }
        return false;
    }

    /** For how long a name is free that all parts of a view have just said they do not have; 0 if not so. */
    synchronized int freeMillis(Name name, View view) {
        Name known = names.get(name);
        boolean fresh = known != null && known.view == view && System.nanoTime() - known.nanos < ONE_CALL_NANOS;
        return fresh ? known.millis : 0;
    }

    /** It is there now, and callers have been told so. */
    synchronized void remove(Name name) {
        names.remove(name);
    }

    private synchronized Map<Name, Name> take() {
        Map<Name, Name> taken = names;
        names = new HashMap<>();
        return taken;
    }

    /** Tells the listeners of all of them. */
    void tell() {
        for (Name entry : take().keySet()) {
            head.entryChanged(entry.directory, entry.name);
        }
    }

    synchronized int size() {
        return names.size();
    }
}
