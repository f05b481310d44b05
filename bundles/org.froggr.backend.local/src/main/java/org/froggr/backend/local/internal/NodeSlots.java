package org.froggr.backend.local.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * Nodes by mount and inode number, in an open-addressing table: four to eight bytes a node. Linear probing;
 * what is removed makes those behind it move up. For one thread at a time.
 */
final class NodeSlots {
    private static final int FIRST = 64;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private LocalNode[] slots = new LocalNode[FIRST];
    private int count;

    int size() {
        return count;
    }

    /** The node, or null. */
    LocalNode find(SourceMount mount, long inode) {
        return slots[slotOf(mount, inode)];
    }

    /** Adds a node whose number is not there. */
    void insert(LocalNode node) {
        if ((count + 1) * 3L > slots.length * 2L) {
            resize(slots.length * 2);
        }
        slots[slotOf(node.mount, node.inode)] = node;
        count++;
    }

    /** Removes that very node, if it is there. */
    void remove(LocalNode node) {
        int slot = slotOf(node.mount, node.inode);
        if (slots[slot] == node) {
            free(slot);
        }
    }

    List<LocalNode> all() {
        List<LocalNode> all = new ArrayList<>(count);
        for (LocalNode node : slots) {
            if (node != null) {
                all.add(node);
            }
        }
        return all;
    }

    private int home(SourceMount mount, long inode) {
        return (int) ((inode * GOLDEN ^ mount.device()) * GOLDEN >>> 32) & (slots.length - 1);
    }

    /** Where it is, or would be. */
    private int slotOf(SourceMount mount, long inode) {
        int slot = home(mount, inode);
        while (slots[slot] != null && (slots[slot].inode != inode || slots[slot].mount != mount)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private void free(int at) {
        int hole = at;
        int slot = at;
        slots[hole] = null;
        count--;
        while (slots[slot = slot + 1 & slots.length - 1] != null) {
            int home = home(slots[slot].mount, slots[slot].inode);
            if ((slot - home & slots.length - 1) >= (slot - hole & slots.length - 1)) {
                slots[hole] = slots[slot];
                slots[slot] = null;
                hole = slot;
            }
        }
        if (slots.length > FIRST && count < slots.length / 8) {
            resize(slots.length / 2);
        }
    }

    private void resize(int length) {
        LocalNode[] old = slots;
        slots = new LocalNode[length];
        for (LocalNode node : old) {
            if (node != null) {
                slots[slotOf(node.mount, node.inode)] = node;
            }
        }
    }
}
