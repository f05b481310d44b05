package org.froggr.namespace.internal;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.froggr.spi.tree.FileName;

/**
 * Names that callers were told do not exist, and may remember: when a member comes that has one, they must be
 * told. Bounded: when there are too many, callers are asked to forget them all.
 */
final class Negatives {
    private static final int MOST = 2048;

    /** A name that is not there. Holds nothing in use: a directory that is gone is known to nobody. */
    record Name(DirectoryNode directory, NameBytes name) {}

    /** Bytes by content. */
    record NameBytes(byte[] bytes) {
        @Override
        public boolean equals(Object other) {
            return other instanceof NameBytes name && Arrays.equals(bytes, name.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    private final Head head;
    private final AtomicBoolean emptying = new AtomicBoolean();
    private Set<Name> names = new HashSet<>();

    Negatives(Head head) {
        this.head = head;
    }

    /** @return whether the caller may remember it */
    boolean note(DirectoryNode directory, FileName name) {
        if (!head.isWatched()) {
            return true;
        }
        Name entry = new Name(directory, new NameBytes(name.bytes()));
        synchronized (this) {
            if (names.size() < MOST || names.contains(entry)) {
                names.add(entry);
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

    /** There is something of that name now, made through the union: nobody remembers that there is not. */
    void made(DirectoryNode directory, FileName name) {
        synchronized (this) {
            if (names.isEmpty()) {
                return;
            }
        }
        Name entry = new Name(directory, new NameBytes(name.bytes()));
        synchronized (this) {
            names.remove(entry);
        }
    }

    private synchronized Set<Name> take() {
        Set<Name> taken = names;
        names = new HashSet<>();
        return taken;
    }

    /** Tells the listeners of all of them. */
    void tell() {
        for (Name entry : take()) {
            head.entryChanged(entry.directory(), entry.name().bytes());
        }
    }

    synchronized int size() {
        return names.size();
    }
}
