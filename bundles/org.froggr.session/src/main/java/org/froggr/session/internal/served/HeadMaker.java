package org.froggr.session.internal.served;

import java.util.Optional;
import java.util.Set;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.api.session.BindOrder;
import org.froggr.linux.Mounts;
import org.froggr.linux.OwnedFd;
import org.froggr.spi.presentation.MountSpace;
import org.froggr.spi.presentation.UnionHead;
import org.froggr.spi.presentation.UnionMember;
import org.froggr.spi.presentation.UnionSpace;

/** Makes a union, of what its target shows and the first member, and lets it appear there. */
final class HeadMaker {
    private final Surroundings around;
    private final Link link;
    private final int number;
    private final Showing addition;

    HeadMaker(Surroundings around, Link link, int number, Showing addition) {
        this.around = around;
        this.link = link;
        this.number = number;
        this.addition = addition;
    }

    /** Keeps the original, if it is to be a part, and makes the union; leaves nothing behind when it throws. */
    Head make(UnionMember member) throws ErrnoException, FroggrException, InterruptedException {
        Head head = addition.order() == BindOrder.REPLACE ? head(open(member), Optional.empty()) : union(member);
        head.setOwn(member.id(), addition.own());
        return head;
    }

    private Head head(UnionHead union, Optional<Head.Base> base) {
        return new Head(number, addition.targetPath(), addition.plan9(), union, base);
    }

    private UnionHead open(UnionMember first) throws ErrnoException {
        return link.space().open(Integer.toString(number), new UnionSpace.UnionOptions(addition.plan9()), first);
    }

    private Head union(UnionMember member) throws ErrnoException, FroggrException, InterruptedException {
        Head.Base base = keep();
        try {
            UnionMember original = new UnionMember(
                    Head.ORIGINAL, addition.targetPath().toString(), ServedTrees.served(base.tree()), false, true,
                    originalFlags());
            return head(with(member, open(original)), Optional.of(base));
        } catch (ErrnoException | FroggrException | RuntimeException e) {
            base.tree().close();
            base.original().close();
            around.removeDirectory(base.directory());
            throw e;
        }
    }

    private UnionHead with(UnionMember member, UnionHead union) throws ErrnoException {
        try {
            union.add(member, addition.order() != BindOrder.AFTER);
            return union;
        } catch (ErrnoException | RuntimeException e) {
            // Its number is the next one's again
            union.close();
            throw e;
        }
    }

    private Set<String> originalFlags() throws FroggrException {
        boolean ownUserNamespace = around.anchor().space().access() == MountSpace.Access.BY_PROCESS;
        return ownUserNamespace ? Set.of(UnionMember.OWN_IDS) : Set.of();
    }

    private Head.Base keep() throws ErrnoException, FroggrException, InterruptedException {
        String directory = ServedTrees.ORIGINAL + number;
        BytePath place = around.makeDirectory(directory);
        try {
            KeptTree original = KeptTree.keep(
                    around, addition.target(), addition.targetPath(), place, true, Mounts.MS_SLAVE);
            try (OwnedFd root = original.open()) {
                Optional<OwnTree> own = around.own(addition.target());
                return own.isPresent()
                        ? new Head.Base(original, own.get().tree(), directory, own.get().place())
                        : new Head.Base(original, around.local(root.number(), place), directory, null);
            } catch (ErrnoException | FroggrException | RuntimeException e) {
                original.close();
                throw e;
            }
        } catch (ErrnoException | FroggrException | InterruptedException | RuntimeException e) {
            around.removeDirectory(directory);
            throw e;
        }
    }

    /** Binds it on the target; returns the kernel's id of the mount. */
    long cover(Head head) throws ErrnoException, FroggrException, InterruptedException {
        if (link.isDirect()) {
            link.show(head.union().files());
            return link.cover(around, addition.targetPath());
        }
        String name = Integer.toString(number);
        try (OwnedFd part = link.mount().open(name)) {
            return around.cover(
                    part.number(), link.mount().path(name), addition.target(), addition.targetPath(),
                    addition.coverFlags());
        }
    }
}
