package org.froggr.namespace.internal;

import java.util.Arrays;
import java.util.function.Consumer;
import org.froggr.spi.tree.FileNode;

/**
 * The nodes of a union that are in use. Directories are found by their name, since that is what makes several
 * directories one; other files by the member's node, so that hard links are one node, or, when that node is
 * of a tree that was exchanged, by their name until they are looked up again.
 *
 * <p>Stripes with a lock each; nothing else is called under one. A node's uses are counted under the lock of
 * its stripe.
 */
final class NodeTable {
    private static final int STRIPES = 16;
    private static final int STRIPE_BITS = 4;

    /** A part of the table, guarded by itself. */
    private static final class Stripe {
        UnionNode[] buckets = new UnionNode[4];
        int count;
    }

    private final Stripe[] stripes = new Stripe[STRIPES];

    NodeTable() {
        Arrays.setAll(stripes, i -> new Stripe());
    }

    static int hash(FileNode node) {
        return spread(System.identityHashCode(node));
    }

    static int hash(DirectoryNode parent, byte[] name) {
        return spread(System.identityHashCode(parent) * 31 + Arrays.hashCode(name));
    }

    private static int spread(int hash) {
        int x = hash * 0x9e3779b9;
        return x ^ x >>> 15;
    }

    private Stripe stripe(int hash) {
        return stripes[hash & STRIPES - 1];
    }

    /** Finds the node of a file and counts one use; null if there is none. */
    PlainNode find(Member member, FileNode node) {
        int hash = hash(node);
        Stripe stripe = stripe(hash);
        synchronized (stripe) {
            for (UnionNode n = stripe.buckets[bucket(stripe, hash)]; n != null; n = n.next) {
                if (n instanceof PlainNode plain && plain.shows(member, node)) {
                    plain.uses++;
                    return plain;
                }
            }
        }
        return null;
    }

    /** Finds a directory, or a file of an exchanged tree, by its name and counts one use; null if there is none. */
    UnionNode find(DirectoryNode parent, byte[] name, boolean directory) {
        int hash = hash(parent, name);
        Stripe stripe = stripe(hash);
        synchronized (stripe) {
            for (UnionNode n = stripe.buckets[bucket(stripe, hash)]; n != null; n = n.next) {
                if (n.parent == parent && isByName(n, directory) && Arrays.equals(n.name, name)) {
                    n.uses++;
                    return n;
                }
            }
        }
        return null;
    }

    private static boolean isByName(UnionNode node, boolean directory) {
        return directory ? node instanceof DirectoryNode : node instanceof PlainNode plain && plain.isByName();
    }

    /**
     * Puts a node in whose parent has been retained for it, unless there is one like it.
     *
     * @return that one, or the new one; one use is counted
     */
    UnionNode putIfAbsent(UnionNode made) {
        int hash = made.hash();
        Stripe stripe = stripe(hash);
        synchronized (stripe) {
            for (UnionNode n = stripe.buckets[bucket(stripe, hash)]; n != null; n = n.next) {
                if (isSame(n, made)) {
                    n.uses++;
                    return n;
                }
            }
            made.uses = 1;
            insert(stripe, made, hash);
            return made;
        }
    }

    private static boolean isSame(UnionNode node, UnionNode made) {
        if (made instanceof PlainNode plain) {
            return node instanceof PlainNode there && there.shows(plain.member, plain.node());
        }
        return node instanceof DirectoryNode && node.parent == made.parent && Arrays.equals(node.name, made.name);
    }

    void retain(UnionNode node) {
        while (true) {
            int hash = node.hash();
            synchronized (stripe(hash)) {
                if (hash == node.hash()) {
                    node.uses++;
                    return;
                }
            }
        }
    }

    /** Counts one use more unless there is none any more. */
    boolean retainIfUsed(UnionNode node) {
        while (true) {
            int hash = node.hash();
            synchronized (stripe(hash)) {
                if (hash == node.hash()) {
                    node.uses += node.uses > 0 ? 1 : 0;
                    return node.uses > 0;
                }
            }
        }
    }

    /** @return whether that was the last use; the node is not in the table any more */
    boolean release(UnionNode node, long count) {
        while (true) {
            int hash = node.hash();
            Stripe stripe = stripe(hash);
            synchronized (stripe) {
                if (hash == node.hash()) {
                    node.uses -= (int) count;
                    if (node.uses < 0) {
                        throw new IllegalStateException("more uses given back than there were");
                    }
                    if (node.uses == 0) {
                        remove(stripe, node, hash);
                    }
                    return node.uses == 0;
                }
            }
        }
    }

    /** Changes what a node is found by. */
    void rekey(UnionNode node, int newHash, Runnable change) {
        while (true) {
            int hash = node.hash();
            Stripe one = stripes[Math.min(hash & STRIPES - 1, newHash & STRIPES - 1)];
            Stripe other = stripes[Math.max(hash & STRIPES - 1, newHash & STRIPES - 1)];
            synchronized (one) {
                synchronized (other) {
                    if (hash == node.hash()) {
                        boolean present = remove(stripe(hash), node, hash);
                        change.run();
                        if (present) {
                            insert(stripe(newHash), node, newHash);
                        }
                        return;
                    }
                }
            }
        }
    }

    /** Shows all nodes, each stripe as it is at one moment. */
    void forEach(Consumer<UnionNode> action) {
        for (Stripe stripe : stripes) {
            UnionNode[] some;
            synchronized (stripe) {
                some = new UnionNode[stripe.count];
                int i = 0;
                for (UnionNode first : stripe.buckets) {
                    for (UnionNode n = first; n != null; n = n.next) {
                        some[i++] = n;
                    }
                }
            }
            for (UnionNode node : some) {
                action.accept(node);
            }
        }
    }

    int size() {
        int sum = 0;
        for (Stripe stripe : stripes) {
            synchronized (stripe) {
                sum += stripe.count;
            }
        }
        return sum;
    }

    private static int bucket(Stripe stripe, int hash) {
        return hash >>> STRIPE_BITS & stripe.buckets.length - 1;
    }

    private static void insert(Stripe stripe, UnionNode node, int hash) {
        if (stripe.count == stripe.buckets.length) {
            resize(stripe, stripe.buckets.length * 2);
        }
        link(stripe, node, hash);
        stripe.count++;
    }

    private static void link(Stripe stripe, UnionNode node, int hash) {
        int bucket = bucket(stripe, hash);
        node.next = stripe.buckets[bucket];
        stripe.buckets[bucket] = node;
    }

    private static boolean remove(Stripe stripe, UnionNode node, int hash) {
        int bucket = bucket(stripe, hash);
        UnionNode before = null;
        for (UnionNode n = stripe.buckets[bucket]; n != null; before = n, n = n.next) {
            if (n == node) {
                if (before == null) {
                    stripe.buckets[bucket] = n.next;
                } else {
                    before.next = n.next;
                }
                n.next = null;
                stripe.count--;
                if (stripe.count < stripe.buckets.length / 4 && stripe.buckets.length > 4) {
                    resize(stripe, stripe.buckets.length / 2);
                }
                return true;
            }
        }
        return false;
    }

    private static void resize(Stripe stripe, int length) {
        UnionNode[] old = stripe.buckets;
        stripe.buckets = new UnionNode[length];
        for (UnionNode first : old) {
            UnionNode n = first;
            while (n != null) {
                UnionNode following = n.next;
                link(stripe, n, n.hash());
                n = following;
            }
        }
    }
}
