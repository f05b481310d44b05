package org.froggr.namespace.internal;

import java.util.ArrayList;
import java.util.List;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;

/**
 * Finds out which members have a directory, by asking those that have its parent one after the other. The parts that
 * were found have a look-up each, until there is a view of them. Used inside no gate.
 */
final class Resolution {
    private static final Part[] NO_PARTS = {};

    private final View above;
    private final boolean plan9;
    private final List<Part> parts;
    private List<Member> failing;
    private int validityMillis;

    /**
     * @param above the view of the parent
     * @param plan9 whether the first member that has the name is all there is to it
     */
    Resolution(View above, boolean plan9) {
        this.above = above;
        this.plan9 = plan9;
        parts = new ArrayList<>(above.parts.length);
        failing = above.failing;
        validityMillis = failing.isEmpty() ? Integer.MAX_VALUE : Attributes.DEFAULT_VALIDITY_MILLIS;
    }

    /** Notes for how long an answer is valid. */
    void limit(int millis) {
        validityMillis = Math.min(validityMillis, millis);
    }

    /** Notes a member that cannot answer. */
    void fails(Member member) {
        if (failing == above.failing) {
            failing = new ArrayList<>(failing);
        }
        failing.add(member);
        limit(Attributes.DEFAULT_VALIDITY_MILLIS);
    }

    /** Notes what a member has, with its look-up. */
    void has(Part part, FileNode found) {
        parts.add(new Part(part.member, found, part.epoch, true));
    }

    /**
     * Asks the parts of the parent from that one on.
     *
     * @param out gets, if not null, what all that are found add to the attributes of the first one
     */
    void ask(int from, FileName name, Attributes out) throws ErrnoException {
        Attributes other = new Attributes();
        boolean done = plan9 && !parts.isEmpty();
        try {
            for (int i = from; i < above.parts.length && !done; i++) {
                boolean there = ask(above.parts[i], name, other);
                if (there && other.isDirectory() && out != null) {
                    DirectoryAttributes.merge(out, other);
                }
                done = there && plan9;
            }
        } catch (ErrnoException | RuntimeException e) {
            parts.forEach(Part::forget);
            throw e;
        }
    }

    /** @return whether the member has the name */
    private boolean ask(Part part, FileName name, Attributes out) throws ErrnoException {
        out.clear();
        FileNode found = null;
        try {
            found = part.lookup(name, out);
            limit(out.entryValidityMillis);
        } catch (ErrnoException e) {
            if (Search.isAbsence(e)) {
                return false;
            }
            if (above.members.isOne() || !part.member.isPassedOver(e)) {
                throw e;
            }
            fails(part.member);
        }
        if (found != null && out.isDirectory()) {
            has(part, found);
        } else if (found != null) {
            found.forget(1);
        }
        return found != null;
    }

    /** Of all that was found. */
    View view() {
        return new View(
                above.members, above.epoch, Views.expiry(above, validityMillis), parts.toArray(NO_PARTS), failing);
    }
}
