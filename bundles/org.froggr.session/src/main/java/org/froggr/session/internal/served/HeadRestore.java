package org.froggr.session.internal.served;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.linux.OwnedFd;
import org.froggr.session.internal.store.HeadRecord;
import org.froggr.spi.presentation.UnionHead;
import org.froggr.spi.presentation.UnionMember;
import org.froggr.spi.presentation.UnionSpace;
import org.froggr.spi.tree.FileTree;

/** Makes a union again from what an earlier platform wrote down of it. Nobody is answered yet. */
final class HeadRestore {
    private final Surroundings around;
    private final UnionSpace space;
    private final Sources sources;
    private final HeadRecord record;
    private final Restorer restorer;
    private final Mounted mounted;

    HeadRestore(
            Surroundings around,
            UnionSpace space,
            Sources sources,
            HeadRecord record,
            Restorer restorer,
            Mounted mounted) {
        this.around = around;
        this.space = space;
        this.sources = sources;
        this.record = record;
        this.restorer = restorer;
        this.mounted = mounted;
    }

    /** @return empty if it needs another of our unions that is not there yet */
    Optional<Head> perform() throws ErrnoException, FroggrException {
        if (!isOwnThere()) {
            return Optional.empty();
        }
        Optional<Head.Base> base = record.original() == null ? Optional.empty() : Optional.of(base());
        List<UnionMember> members = new ArrayList<>();
        for (HeadRecord.Member member : record.members()) {
            members.add(new UnionMember(
                    member.number(), member.label(), tree(member, base), member.receivesNew(),
                    member.number() == Head.ORIGINAL, member.flags()));
        }
        return Optional.of(head(members, base));
    }

    private boolean isOwnThere() throws ErrnoException, FroggrException {
        if (record.original() != null && !isThere(record.original().own())) {
            return false;
        }
        for (HeadRecord.Member member : record.members()) {
            if (!isThere(member.own())) {
                return false;
            }
        }
        return true;
    }

    private boolean isThere(HeadRecord.Own own) throws ErrnoException, FroggrException {
        return own == null || around.own(own).isPresent();
    }

    private Head head(List<UnionMember> members, Optional<Head.Base> base) throws ErrnoException {
        if (members.isEmpty()) {
            throw new ErrnoException(Errno.EUCLEAN, "union without members");
        }
        UnionHead union = space.open(
                Integer.toString(record.number()), new UnionSpace.UnionOptions(record.plan9()), members.get(0));
        Head head = new Head(record.number(), BytePath.of(record.target()), record.plan9(), union, base);
        for (UnionMember member : members.subList(1, members.size())) {
            union.add(member, false);
        }
        record.members().forEach(m -> head.setOwn(m.number(), m.own()));
        return head;
    }

    private Head.Base base() throws ErrnoException, FroggrException {
        String directory = ServedTrees.ORIGINAL + record.number();
        BytePath place = around.directory().resolve(directory);
        KeptTree original = KeptTree.find(around, mounted, directory)
                .orElseThrow(() -> new ErrnoException(Errno.ENOENT.number(), "clone", place));
        HeadRecord.Own own = record.original().own();
        if (own != null) {
            return new Head.Base(original, around.own(own).orElseThrow(), directory, own);
        }
        try (OwnedFd root = original.open()) {
            return new Head.Base(original, around.local(root.number(), place), directory, null);
        }
    }

    private FileTree tree(HeadRecord.Member member, Optional<Head.Base> base)
            throws ErrnoException, FroggrException {
        if (member.number() == Head.ORIGINAL && base.isPresent()) {
            return ServedTrees.served(base.get().tree());
        }
        sources.adopt(member.number(), mounted);
        Optional<OwnedFd> source = sources.open(member.number());
        try {
            return restorer.tree(record, member, source);
        } finally {
            if (source.isPresent()) {
                source.get().close();
            }
        }
    }
}
