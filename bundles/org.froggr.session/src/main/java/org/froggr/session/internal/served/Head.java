package org.froggr.session.internal.served;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.api.session.UnionInfo;
import org.froggr.linux.OwnedFd;
import org.froggr.spi.backend.Attachment;
import org.froggr.spi.presentation.UnionHead;
import org.froggr.spi.presentation.UnionMember;

/** One union and the mount that shows it. Used under the session's lock. */
final class Head {
    /** Number of the target's own directory among the members. */
    static final long ORIGINAL = 0;

    private final int number;
    private final BytePath target;
    private final UnionHead union;
    private volatile Optional<Base> base;
    private long mount;

    /**
     * The target's own directory.
     *
     * @param tree what is served of it
     * @param own whether that is something else that this platform presents
     */
    record Base(Original original, Attachment tree, String directory, boolean own) {}

    Head(int number, BytePath target, UnionHead union, Optional<Base> base) {
        this.number = number;
        this.target = target;
        this.union = union;
        this.base = base;
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
        return base.isPresent() && !base.get().own();
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
            base = Optional.of(new Base(base.get().original(), fresh, base.get().directory(), false));
            old.close();
        }
    }

    /** Gives back all but the mount on the target. A failure does not keep the rest from being given back. */
    void close(Surroundings around) {
        union.close();
        base.ifPresent(b -> {
            try {
                b.tree().close();
            } catch (ErrnoException e) {
                around.say("the tree of " + target.quoted() + " could not be given back: " + e.getMessage());
            }
            try {
                b.original().close();
                around.removeDirectory(b.directory());
            } catch (ErrnoException e) {
                around.say("the clone of " + target.quoted() + " could not be unmounted: " + e.getMessage());
            }
        });
    }
}
