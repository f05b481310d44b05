package org.froggr.fuse.internal;

import org.froggr.spi.tree.FileNode;

/** Places of nodes by identity: an open-addressing table, 6 to 12 bytes a node. The caller holds a lock. */
final class NodeSlots {
    private static final int LEAST_SLOTS = 64;

    private final NodePages pages;

    /** Places plus one, by the identity of what is there; 0 is empty. At most two thirds are used. */
    private int[] slots = new int[LEAST_SLOTS];

    private int count;

    NodeSlots(NodePages pages) {
        this.pages = pages;
    }

    /** The place of a node, -1 if it is not there. */
    int find(FileNode node) {
        return slots[slotOf(node)] - 1;
    }

    void insert(FileNode node, int place) {
        if (++count * 3L >= slots.length * 2L) {
            grow();
        }
        slots[slotOf(node)] = place + 1;
    }

    private int home(FileNode node) {
        // Identity hashes have 31 random bits, or 25: enough for as many places
        return System.identityHashCode(node) & slots.length - 1;
    }

    private int slotOf(FileNode node) {
        int slot = home(node);
        while (slots[slot] != 0 && at(slot) != node) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private FileNode at(int slot) {
        return pages.node(slots[slot] - 1);
    }

    private void grow() {
        int[] before = slots;
        slots = new int[before.length * 2];
        for (int value : before) {
            if (value != 0) {
                slots[slotOf(pages.node(value - 1))] = value;
            }
        }
    }

    /** Empties a slot and moves up what was displaced by it, so that no marks are needed for removed ones. */
    void remove(FileNode node) {
        int mask = slots.length - 1;
        int hole = slotOf(node);
        int next = hole;
        while (true) {
            next = next + 1 & mask;
            if (slots[next] == 0) {
                break;
            }
            int home = home(at(next));
            if ((next - home & mask) >= (next - hole & mask)) {
                slots[hole] = slots[next];
                hole = next;
            }
        }
        slots[hole] = 0;
        count--;
    }
}
