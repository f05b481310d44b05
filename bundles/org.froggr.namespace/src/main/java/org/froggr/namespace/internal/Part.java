package org.froggr.namespace.internal;

import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;

/**
 * A directory in one member. Holds one look-up of the node, unless it is the member's root. Methods pass the
 * member's gate; who is inside already uses {@link #node}.
 */
final class Part {
    final Member member;
    final FileNode node;
    final int epoch;
    private final boolean counted;

    Part(Member member, FileNode node, int epoch, boolean counted) {
        this.member = member;
        this.node = node;
        this.epoch = epoch;
        this.counted = counted;
    }

    /** The member's tree was exchanged: this part, and views it is in, are to be resolved anew. */
    static final class Exchanged extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private static final Exchanged ONE = new Exchanged();

        /** Also for a view that is not valid any more. */
        static Exchanged again() {
            return ONE;
        }

        private Exchanged() {
            super("exchanged", null, false, false);
        }
    }

    boolean isCurrent() {
        return epoch == member.epoch();
    }

    void enter(int stripe) throws ErrnoException {
        member.gate.enter(stripe);
        if (!isCurrent()) {
            member.gate.exit(stripe);
            throw Exchanged.ONE;
        }
    }

    FileNode lookup(FileName name, Attributes out) throws ErrnoException {
        int stripe = Gate.stripe();
        enter(stripe);
        try {
            return lookupInside(name, out);
        } finally {
            member.gate.exit(stripe);
        }
    }

    /** The caller is inside the member's gate. */
    FileNode lookupInside(FileName name, Attributes out) throws ErrnoException {
        try {
            return node.lookup(name, out);
        } catch (RuntimeException e) {
            throw Member.broken(e);
        }
    }

    void attributes(Attributes out) throws ErrnoException {
        int stripe = Gate.stripe();
        enter(stripe);
        try {
            node.attributes(out);
        } catch (RuntimeException e) {
            throw Member.broken(e);
        } finally {
            member.gate.exit(stripe);
        }
    }

    /** Gives the look-up back. */
    void forget() {
        if (counted) {
            node.forget(1);
        }
    }
}
