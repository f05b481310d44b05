package org.froggr.namespace.internal;

import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.AttributeChanges;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.Requester;

/**
 * The attributes of a directory: mode and owner are those of its first part; it was changed when one of its
 * parts was; each directory in one of them has a link to it.
 */
final class DirectoryAttributes {
    private static final int TIMES = AttributeChanges.ACCESS_TIME
            | AttributeChanges.MODIFY_TIME
            | AttributeChanges.ACCESS_NOW
            | AttributeChanges.MODIFY_NOW;

    private DirectoryAttributes() {}

    /** Fills all of them. The caller is inside no gate. */
    static void of(DirectoryNode directory, View view, Attributes out) throws ErrnoException {
        if (view.parts.length == 0) {
            Part last = directory.lastRetired();
            if (last == null) {
                view.first();
            }
            last.attributes(out);
            complete(directory, view, last.member, out);
            return;
        }
        ErrnoException failure = null;
        for (Part part : view.parts) {
            try {
                part.attributes(out);
                complete(directory, view, part.member, out);
                return;
            } catch (ErrnoException e) {
                if (!view.isMerged() || !part.member.isPassedOver(e)) {
                    throw e;
                }
                failure = e;
            }
        }
        throw failure;
    }

    /** Makes those of one part those of the directory. The caller is inside no gate. */
    static void complete(DirectoryNode directory, View view, Member has, Attributes out) {
        for (Part part : view.parts) {
            if (part.member != has) {
                Attributes other = new Attributes();
                other.clear();
                try {
                    part.attributes(other);
                    merge(out, other);
                } catch (ErrnoException e) {
                    part.member.isPassedOver(e);
                }
            }
        }
        has.show(out);
        out.inode = directory.number;
    }

    /** Adds those of one part to those of another. */
    static void merge(Attributes out, Attributes other) {
        if (isLater(other.modifySeconds, other.modifyNanos, out.modifySeconds, out.modifyNanos)) {
            out.modifySeconds = other.modifySeconds;
            out.modifyNanos = other.modifyNanos;
        }
        if (isLater(other.changeSeconds, other.changeNanos, out.changeSeconds, out.changeNanos)) {
            out.changeSeconds = other.changeSeconds;
            out.changeNanos = other.changeNanos;
        }
        // Some file systems do not count: then nor do we (1 says so to find(1))
        out.links = out.links < 2 || other.links < 2 ? 1 : out.links + other.links - 2;
        out.size += other.size;
        out.blocks += other.blocks;
        out.validityMillis = Math.min(out.validityMillis, other.validityMillis);
    }

    private static boolean isLater(long seconds, int nanos, long thanSeconds, int thanNanos) {
        return seconds > thanSeconds || seconds == thanSeconds && nanos > thanNanos;
    }

    /**
     * Changes those of the first part, whose they are, and the times of all parts, the latest of which is shown.
     * The caller is inside the gates.
     */
    static void change(DirectoryNode directory, View view, AttributeChanges changes, Requester by, Attributes out)
            throws ErrnoException {
        Part first = view.first();
        first.member.checkWritable("setattr");
        first.node.change(changes, by, out);
        Attributes other = new Attributes();
        AttributeChanges times = new AttributeChanges();
        times.what = changes.what & TIMES;
        times.accessSeconds = changes.accessSeconds;
        times.accessNanos = changes.accessNanos;
        times.modifySeconds = changes.modifySeconds;
        times.modifyNanos = changes.modifyNanos;
        for (Part part : view.parts) {
            if (part != first) {
                other.clear();
                try {
                    if (times.what == 0 || part.member.readOnly) {
                        part.node.attributes(other);
                    } else {
                        part.node.change(times, by, other);
                    }
                    merge(out, other);
                } catch (ErrnoException e) {
                    part.member.isPassedOver(e);
                }
            }
        }
        first.member.show(out);
        out.inode = directory.number;
    }
}
