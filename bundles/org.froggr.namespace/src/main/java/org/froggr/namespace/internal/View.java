package org.froggr.namespace.internal;

import java.util.Arrays;
import java.util.List;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/**
 * What a directory of the union consists of: the members that have it, in order. Never changed, but replaced.
 * It also says who does not have it, and is therefore valid only until something changes: the members, their
 * trees, or by the clock what a tree that is not watched had said.
 */
final class View {
    /** {@link #expires} of what no clock ends. */
    static final long NEVER = Long.MAX_VALUE;

    final Members members;
    final int epoch;

    /** As System.nanoTime(). */
    final long expires;

    final Part[] parts;

    /** Members that could not say whether they have it. */
    final List<Member> failing;

    View(Members members, int epoch, long expires, Part[] parts, List<Member> failing) {
        this.members = members;
        this.epoch = epoch;
        this.expires = expires;
        this.parts = parts;
        this.failing = failing;
    }

    boolean isMerged() {
        return parts.length > 1;
    }

    Part first() throws ErrnoException {
        if (parts.length == 0) {
            throw new ErrnoException(failing.isEmpty() ? Errno.ESTALE : Errno.EIO, "union");
        }
        return parts[0];
    }

    /** The part in a member, null if it does not have the directory. */
    Part in(Member member) {
        for (Part part : parts) {
            if (part.member == member) {
                return part;
            }
        }
        return null;
    }

    /** The part in the member with that id, null if it does not have the directory. */
    Part inBase(long id) {
        for (Part part : parts) {
            if (part.member.bound.id() == id) {
                return part;
            }
        }
        return null;
    }

    /** Whether a part is the same directory in the same member. */
    boolean sharesPartWith(View other) {
        for (Part part : parts) {
            Part there = other.in(part.member);
            if (there != null && there.node == part.node) {
                return true;
            }
        }
        return false;
    }

    /** Whether one that comes before this member could not answer. */
    boolean failsBefore(Member member) {
        for (Member failed : failing) {
            if (members.position(failed) < members.position(member)) {
                return true;
            }
        }
        return false;
    }

    /** This with one part more, or this if the member has one. */
    View with(Part part) {
        if (in(part.member) != null) {
            Part[] replaced = parts.clone();
            replaced[Arrays.asList(parts).indexOf(in(part.member))] = part;
            return new View(members, epoch, expires, replaced, failing);
        }
        Part[] more = Arrays.copyOf(parts, parts.length + 1);
        int at = parts.length;
        while (at > 0 && members.position(more[at - 1].member) > members.position(part.member)) {
            more[at] = more[at - 1];
            at--;
        }
        more[at] = part;
        return new View(members, epoch, expires, more, failing);
    }
}
