package org.froggr.namespace.internal;

import java.util.ArrayList;
import java.util.List;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/** The members of a union, first to last. Never changed, but replaced. */
final class Members {
    final List<Member> all;

    /** Which one gets what is new, null if none does. */
    private final Member receiver;

    private final boolean plan9;

    Members(List<Member> all, boolean plan9) {
        this.all = List.copyOf(all);
        this.plan9 = plan9;
        receiver = findReceiver();
    }

    /** Rule 7: the first with {@code -c}, else the original. What has one member only is no union. */
    private Member findReceiver() {
        for (Member member : all) {
            if (member.bound.receivesNew() || all.size() == 1) {
                return member;
            }
        }
        for (Member member : all) {
            if (member.bound.original() && !plan9) {
                return member;
            }
        }
        return null;
    }

    /**
     * Which one gets what is new.
     *
     * @throws ErrnoException EPERM if none does (as Plan 9: "mounted directory forbids creation")
     */
    Member receiver(String operation) throws ErrnoException {
        if (receiver == null) {
            throw new ErrnoException(Errno.EPERM, operation);
        }
        return receiver;
    }

    /** Who {@link #receiver(String)} is, or the first. */
    Member forSpace() {
        return receiver == null ? all.get(0) : receiver;
    }

    boolean isOne() {
        return all.size() == 1;
    }

    int position(Member member) {
        return all.indexOf(member);
    }

    Member find(long id) {
        for (Member member : all) {
            if (member.bound.id() == id) {
                return member;
            }
        }
        return null;
    }

    Members with(Member member, boolean before) {
        List<Member> more = new ArrayList<>(all);
        more.add(before ? 0 : more.size(), member);
        return new Members(more, plan9);
    }

    Members without(Member member) {
        List<Member> fewer = new ArrayList<>(all);
        fewer.remove(member);
        return new Members(fewer, plan9);
    }

    /** @throws ErrnoException EINVAL unless these are all of them, each once */
    Members inOrder(List<Long> ids) throws ErrnoException {
        List<Member> ordered = new ArrayList<>();
        for (long id : ids) {
            Member member = find(id);
            if (member == null || ordered.contains(member)) {
                throw new ErrnoException(Errno.EINVAL, "reorder");
            }
            ordered.add(member);
        }
        if (ordered.size() != all.size()) {
            throw new ErrnoException(Errno.EINVAL, "reorder");
        }
        return new Members(ordered, plan9);
    }
}
