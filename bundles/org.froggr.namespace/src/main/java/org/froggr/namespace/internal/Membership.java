package org.froggr.namespace.internal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.namespace.internal.MembershipNews.Kind;
import org.froggr.spi.presentation.UnionHead;
import org.froggr.spi.presentation.UnionMember;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileTree;

/** Who the members of a union are, at present, and how that changes. One change at a time. */
final class Membership {
    private static final Duration EXCHANGE_LIMIT = Duration.ofSeconds(10);

    /** For how long operations under way may keep {@link #hold} from returning. */
    private static final Duration HOLD_LIMIT = Duration.ofMillis(200);

    private final Head head;
    private volatile Members members;

    /** Members that were removed while files of theirs were open. */
    private final List<Member> departed = new CopyOnWriteArrayList<>();

    Membership(Head head, Members first) {
        this.head = head;
        members = first;
    }

    Members present() {
        return members;
    }

    private Member member(long id) {
        Member found = members.find(id);
        if (found == null) {
            throw new IllegalArgumentException("union " + head.name() + " has no member " + id);
        }
        return found;
    }

    /** As {@link UnionHead#handles}. */
    int handles(long id) {
        Member found = members.find(id);
        int count = found == null ? 0 : found.handles.size();
        departed.removeIf(member -> member.handles.isEmpty());
        for (Member gone : departed) {
            count += gone.bound.id() == id ? gone.handles.size() : 0;
        }
        return count;
    }

    /** As {@link UnionHead#add}. */
    synchronized void add(UnionMember bound, boolean before) throws ErrnoException {
        Attributes attributes = new Attributes();
        attributes.clear();
        bound.tree().root().attributes(attributes);
        if (head.rootDirectory() == null || !attributes.isDirectory()) {
            throw new ErrnoException(Errno.ENOTDIR, "bind");
        }
        if (members.find(bound.id()) != null) {
            throw new ErrnoException(Errno.EEXIST, "bind");
        }
        Member member = new Member(head, bound);
        member.watch();
        Kind kind = before ? Kind.ADDED_FIRST : Kind.ADDED_LAST;
        replace(members.with(member, before), new MembershipNews(head, List.of(member), kind));
        head.space.unfinished.retry(head);
    }

    /** As {@link UnionHead#remove}. */
    synchronized void remove(long id, boolean orderly) throws ErrnoException {
        Member member = member(id);
        if (members.isOne()) {
            throw new ErrnoException(Errno.EINVAL, "unbind (the last member)");
        }
        if (orderly && !member.handles.isEmpty()) {
            throw new ErrnoException(Errno.EBUSY, "unbind");
        }
        departed.removeIf(gone -> gone.handles.isEmpty());
        departed.add(member);
        head.table.forEach(node -> {
            if (node instanceof DirectoryNode directory) {
                DirectoryNumbers.keepWithout(member, directory);
            }
        });
        replace(members.without(member), new MembershipNews(head, List.of(member), Kind.REMOVED));
        member.gate.release();
        member.unwatch();
    }

    /** As {@link UnionHead#reorder}. */
    synchronized void reorder(List<Long> ids) throws ErrnoException {
        Members ordered = members.inOrder(ids);
        replace(ordered, new MembershipNews(head, ordered.all, Kind.REORDERED));
    }

    private void replace(Members changed, MembershipNews news) {
        news.before();
        head.structure.lock();
        try {
            members = changed;
            head.invalidateViews();
        } finally {
            head.structure.unlock();
        }
        head.space.teller().tell(news::tell);
    }

    /** As {@link UnionHead#exchange}. */
    synchronized void exchange(long id, FileTree tree) throws ErrnoException {
        new Exchange(member(id), tree).perform(EXCHANGE_LIMIT);
    }

    /** As {@link UnionHead#hold}. */
    void hold(long id) {
        Member member = members.find(id);
        if (member == null) {
            return;
        }
        member.gate.hold();
        if (members.find(id) != member) {
            member.gate.release();
            return;
        }
        try {
            member.gate.drain(HOLD_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As {@link UnionHead#release}. */
    void release(long id) {
        Member member = members.find(id);
        if (member != null) {
            member.gate.release();
        }
    }
}
