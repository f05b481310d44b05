package org.froggr.session.internal.served;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.api.session.UnionInfo;
import org.froggr.linux.OwnedFd;
import org.froggr.session.internal.store.HeadRecord;
import org.froggr.spi.backend.Attachment;
import org.froggr.spi.presentation.UnionHead;
import org.froggr.spi.presentation.UnionMember;

/** One union and the mount that shows it. Used under the session's lock. */
final class Head {
    /** Number of the target's own directory among the members. */
    static final long ORIGINAL = 0;

    private final int number;
    private final BytePath target;
    private final boolean plan9;
    private final UnionHead union;
    private final Map<Long, HeadRecord.Own> own = new ConcurrentHashMap<>();
    private volatile Optional<Base> base;
    private long mount;

    /**
     * The target's own directory.
     *
     * @param original a clone of it
     * @param tree what is served of it
     * @param own where this platform itself presents it, null for others
     */
    record Base(KeptTree original, Attachment tree, String directory, HeadRecord.Own own) {
        boolean isOwn() {
            return own != null;
        }
    }

    Head(int number, BytePath target, boolean plan9, UnionHead union, Optional<Base> base) {
        this.number = number;
        this.target = target;
        this.plan9 = plan9;
        this.union = union;
        this.base = base;
    }

    /** Notes where the platform itself presents a member's tree. */
    void setOwn(long member, HeadRecord.Own place) {
        if (place != null) {
            own.put(member, place);
        }
    }

    Optional<HeadRecord.Own> own(long member) {
        return Optional.ofNullable(own.get(member));
    }

    /** What a successor is told. */
    HeadRecord record() {
        return record(union.members());
    }

    /** The same with a member that is about to be added. */
    HeadRecord recordWith(UnionMember added, boolean before) {
        List<UnionMember> members = new ArrayList<>(union.members());
        members.add(before ? 0 : members.size(), added);
        return record(members);
    }

    /** The same with its members in another order. */
    HeadRecord recordInOrder(List<Long> order) {
        List<UnionMember> members = new ArrayList<>(union.members());
        members.sort(Comparator.comparingInt(member -> order.indexOf(member.id())));
        return record(members);
    }

    private HeadRecord record(List<UnionMember> members) {
        return new HeadRecord(
                number,
                target.toString(),
                plan9,
                base.map(b -> new HeadRecord.Original(b.own())).orElse(null),
                members.stream()
                        .map(m -> new HeadRecord.Member(
                                (int) m.id(), m.label(), m.receivesNew(), m.flags(), own.get(m.id())))
                        .toList());
    }

    int number() {
        return number;
    }

    BytePath target() {
        return target;
    }

    UnionHead union() {
        return union;
    }

    long mount() {
        return mount;
    }

    void setMount(long id) {
        mount = id;
    }

    /** Name in the session's directory of where the target's own directory is kept, if it is a part. */
    Optional<String> original() {
        return base.map(Base::directory);
    }

    /** Members that were bound, without the target's own directory. */
    long added() {
        return union.members().stream().filter(m -> !m.original()).count();
    }

    private record Description(BytePath target, List<UnionInfo.Member> members) implements UnionInfo {}

    private record Member(String source, boolean original, boolean create, Set<String> flags, int handles)
            implements UnionInfo.Member {}

    UnionInfo describe() {
        return new Description(target, union.members().stream().map(this::describe).toList());
    }

    private UnionInfo.Member describe(UnionMember member) {
        return new Member(
                member.label(), member.original(), member.receivesNew(), member.flags(), union.handles(member.id()));
    }

    private boolean hasServedOriginal() {
        return base.isPresent() && !base.get().isOwn();
    }

    /** Lets operations on the target's own directory wait until {@link #releaseOriginal}. Any thread. */
    void holdOriginal() {
        if (hasServedOriginal()) {
            union.hold(ORIGINAL);
        }
    }

    /** Ends {@link #holdOriginal}. Any thread. */
    void releaseOriginal() {
        if (hasServedOriginal()) {
            union.release(ORIGINAL);
        }
    }

    /** Lets operations on all members go on. Any thread. */
    void releaseAll() {
        union.members().forEach(member -> union.release(member.id()));
    }

    /** Has the original presented by the backend that is there now. */
    void renew(Surroundings around) throws ErrnoException, FroggrException {
        if (!hasServedOriginal()) {
            return;
        }
        try (OwnedFd root = base.get().original().open()) {
            BytePath place = around.makeDirectory(base.get().directory());
            Attachment fresh = around.local(root.number(), place);
            try {
                union.exchange(ORIGINAL, ServedTrees.served(fresh));
            } catch (ErrnoException | RuntimeException e) {
                fresh.close();
                throw e;
            }
            Attachment old = base.get().tree();
            base = Optional.of(new Base(base.get().original(), fresh, base.get().directory(), null));
            old.close();
        }
    }

    /** Gives back what this platform has of it, and leaves what is mounted. */
    void abandon(Surroundings around) {
        base.ifPresent(b -> closeTree(b, around));
    }

    private void closeTree(Base original, Surroundings around) {
        try {
            original.tree().close();
        } catch (ErrnoException e) {
            around.say("the tree of " + target.quoted() + " could not be given back: " + e.getMessage());
        }
    }

    /** Gives back all but the mount on the target. A failure does not keep the rest from being given back. */
    void close(Surroundings around) {
        union.close();
        base.ifPresent(b -> {
            closeTree(b, around);
            try {
                b.original().close();
                around.removeDirectory(b.directory());
            } catch (ErrnoException e) {
                around.say("the clone of " + target.quoted() + " could not be unmounted: " + e.getMessage());
            }
        });
    }
}
