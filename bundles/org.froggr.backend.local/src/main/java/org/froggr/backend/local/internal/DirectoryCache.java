package org.froggr.backend.local.internal;

import java.util.Arrays;

/**
 * Descriptors of directories in use, of all trees, as many as a limit permits: far fewer than there are
 * directories. Which one goes when it is full is found as the hand of a clock finds it: the first that was
 * not used since the hand came by.
 */
final class DirectoryCache {
    private final int limit;
    private LocalDirectory[] slots = new LocalDirectory[16];
    private int used;
    private int hand;

    DirectoryCache(int limit) {
        this.limit = Math.max(limit, 1);
    }

    /** The descriptor of a directory with one more user; null if it has none now. */
    Descriptor pinExisting(LocalDirectory directory) {
        Descriptor descriptor = directory.descriptor;
        if (descriptor == null || !descriptor.pin()) {
            return null;
        }
        if (!directory.recentlyUsed) {
            directory.recentlyUsed = true;
        }
        return descriptor;
    }

    /** Keeps a descriptor for a directory; returns it, or the one that is kept already, with one more user. */
    Descriptor add(LocalDirectory directory, Descriptor descriptor) {
        Descriptor evicted = null;
        synchronized (this) {
            Descriptor kept = pinExisting(directory);
            if (kept != null) {
                evicted = descriptor;
                descriptor = kept;
            } else {
                descriptor.pin();
                evicted = used < limit ? null : evictOne();
                place(directory);
                directory.recentlyUsed = true;
                directory.descriptor = descriptor;
            }
        }
        if (evicted != null) {
            evicted.unpin();
        }
        return descriptor;
    }

    /** This descriptor of it stays until {@link #remove}: what has no name any more cannot be opened anew. */
    synchronized void retain(LocalDirectory directory, Descriptor descriptor) {
        if (directory.slot >= 0) {
            vacate(directory.slot);
            directory.slot = LocalDirectory.NO_SLOT;
        } else if (directory.descriptor == null && descriptor.pin()) {
            directory.descriptor = descriptor;
        }
    }

    /** Gives up the descriptor of a directory. */
    void remove(LocalDirectory directory) {
        Descriptor descriptor;
        synchronized (this) {
            descriptor = directory.descriptor;
            directory.descriptor = null;
            if (directory.slot >= 0) {
                vacate(directory.slot);
                directory.slot = LocalDirectory.NO_SLOT;
            }
        }
        if (descriptor != null) {
            descriptor.unpin();
        }
    }

    /**
     * Gives up half of them if a call failed because too many are open.
     *
     * @return whether the call should be tried again
     */
    boolean makeRoom(int result) {
        if (result != -Failure.EMFILE && result != -Failure.ENFILE) {
            return false;
        }
        int count;
        synchronized (this) {
            count = (used + 1) / 2;
        }
        for (int i = 0; i < count; i++) {
            Descriptor evicted;
            synchronized (this) {
                evicted = used == 0 ? null : evictOne();
            }
            if (evicted != null) {
                evicted.unpin();
            }
        }
        return count > 0;
    }

    /** Gives up those that were not used since the last time: they keep a mount busy. */
    void giveUpIdle() {
        int end;
        synchronized (this) {
            end = used;
        }
        for (int i = end - 1; i >= 0; i--) {
            Descriptor idle = null;
            synchronized (this) {
                if (i < used) {
                    LocalDirectory directory = slots[i];
                    idle = directory.recentlyUsed ? null : take(directory);
                    directory.recentlyUsed = false;
                }
            }
            if (idle != null) {
                idle.unpin();
            }
        }
    }

    /** Gives up all. */
    void clear() {
        giveUpIdle();
        giveUpIdle();
    }

    /** How many there are. */
    synchronized int size() {
        return used;
    }

    private Descriptor evictOne() {
        while (true) {
            hand = hand + 1 < used ? hand + 1 : 0;
            LocalDirectory directory = slots[hand];
            if (!directory.recentlyUsed) {
                return take(directory);
            }
            directory.recentlyUsed = false;
        }
    }

    private Descriptor take(LocalDirectory directory) {
        Descriptor descriptor = directory.descriptor;
        directory.descriptor = null;
        vacate(directory.slot);
        directory.slot = LocalDirectory.NO_SLOT;
        return descriptor;
    }

    private void place(LocalDirectory directory) {
        if (used == slots.length) {
            slots = Arrays.copyOf(slots, slots.length * 2);
        }
        directory.slot = used;
        slots[used++] = directory;
    }

    /** The last one takes the place. */
    private void vacate(int slot) {
        used--;
        slots[slot] = slots[used];
        slots[slot].slot = slot;
        slots[used] = null;
    }
}
