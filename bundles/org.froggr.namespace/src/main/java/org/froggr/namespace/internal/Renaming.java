package org.froggr.namespace.internal;

import java.util.ArrayList;
import java.util.List;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.Requester;

/** Renames in the union (rule 11). Used inside the gates. All checks come before any change. */
final class Renaming {
    // linux/fs.h
    private static final int NOREPLACE = 1;
    private static final int EXCHANGE = 2;

    private final DirectoryNode from;
    private final View fromView;
    private final FileName name;
    private final DirectoryNode to;
    private final View toView;
    private final FileName newName;
    private final Requester by;

    Renaming(
            DirectoryNode from,
            View fromView,
            FileName name,
            DirectoryNode to,
            View toView,
            FileName newName,
            Requester by) {
        this.from = from;
        this.fromView = fromView;
        this.name = name;
        this.to = to;
        this.toView = toView;
        this.newName = newName;
        this.by = by;
    }

    void perform(int flags) throws ErrnoException {
        if ((flags & ~(NOREPLACE | EXCHANGE)) != 0 || flags == (NOREPLACE | EXCHANGE)) {
            throw error(Errno.EINVAL);
        }
        fromView.first();
        toView.first();
        try {
            if (!rename(flags, false)) {
                // The order in which directories are renamed in the members must be that of their nodes.
                from.head().structure.lock();
                try {
                    rename(flags, true);
                } finally {
                    from.head().structure.unlock();
                }
            }
            to.head().negatives.remove(new Negatives.Name(to, newName));
        } finally {
            from.changed();
            to.changed();
        }
    }

    /** @return false if there are directories, and the structure is not locked: nothing was done */
    private boolean rename(int flags, boolean locked) throws ErrnoException {
        try (Search olds = Search.all(fromView, name);
                Search news = Search.all(toView, newName)) {
            Search.Match source = olds.first("rename");
            Search.Match target = news.firstOrNull();
            if (!locked && (source.isDirectory() || target != null && target.isDirectory())) {
                return false;
            }
            if (target != null && flags == NOREPLACE) {
                throw error(Errno.EEXIST);
            }
            if (target == null && flags == EXCHANGE) {
                throw error(Errno.ENOENT);
            }
            checkNotInside(source, target, flags);
            if (source.isSameAs(target)) {
                return true;
            }
            if (flags == EXCHANGE) {
                exchange(olds, news);
            } else if (source.isDirectory()) {
                moveDirectory(olds, news, flags);
            } else {
                moveFile(source, news, flags);
            }
            return true;
        }
    }

    /** No directory may be moved into itself, or over one it is in. */
    private void checkNotInside(Search.Match source, Search.Match target, int flags) throws ErrnoException {
        if (source.isDirectory() && isInside(to, from, name)) {
            throw error(Errno.EINVAL);
        }
        if (target != null && target.isDirectory() && isInside(from, to, newName)) {
            throw error(flags == EXCHANGE ? Errno.EINVAL : Errno.ENOTEMPTY);
        }
    }

    private static boolean isInside(DirectoryNode directory, DirectoryNode parent, FileName of) {
        for (DirectoryNode at = directory; at.parent != null; at = at.parent) {
            byte[] known = at.name;
            if (at.parent == parent && known != null && of.is(known)) {
                return true;
            }
        }
        return false;
    }

    private void exchange(Search olds, Search news) throws ErrnoException {
        Search.Match source = olds.firstOrNull();
        Search.Match target = news.firstOrNull();
        boolean merged = (source.isDirectory() || target.isDirectory())
                && !from.head().plan9
                && olds.directories().size() + news.directories().size()
                        != (source.isDirectory() ? 1 : 0) + (target.isDirectory() ? 1 : 0);
        if (source.member() != target.member() || merged) {
            throw error(Errno.EXDEV);
        }
        source.member().checkWritable("rename");
        source.part.node.rename(name, target.part.node, newName, EXCHANGE, by);
        DirectoryNode one = findOrForget(source, from, name);
        DirectoryNode other = findOrForget(target, to, newName);
        keepNumber(one, to, newName);
        keepNumber(other, from, name);
        place(source, one, to, newName);
        place(target, other, from, name);
    }

    private static void keepNumber(DirectoryNode moved, DirectoryNode parent, FileName as) {
        if (moved != null) {
            DirectoryNumbers.keep(moved, parent, as.bytes());
        }
    }

    /** The directory that a name means; if it means a file, one that it meant once is forgotten. */
    private static DirectoryNode findOrForget(Search.Match match, DirectoryNode parent, FileName of) {
        if (match.isDirectory()) {
            return find(parent, of);
        }
        Removal.removed(parent, of);
        return null;
    }

    private static DirectoryNode find(DirectoryNode parent, FileName of) {
        return (DirectoryNode) parent.head().table.find(parent, of.bytes(), true);
    }

    /** A file or directory has another name now. */
    private static void place(Search.Match match, DirectoryNode directory, DirectoryNode parent, FileName as) {
        if (directory != null) {
            directory.place(parent, as.bytes());
            directory.release(1);
        } else if (!match.isDirectory()) {
            PlainNode plain = parent.head().table.find(match.member(), match.node);
            if (plain != null) {
                plain.place(parent, as.bytes());
                plain.release(1);
            }
        }
    }

    private static void release(DirectoryNode node) {
        if (node != null) {
            node.release(1);
        }
    }

    /** The directory of the new name in a member, made if need be. */
    private Part targetPart(Parents parents, Member member) throws ErrnoException {
        if (to.head().plan9 && toView.in(member) == null) {
            throw error(Errno.EXDEV);
        }
        try {
            return parents.in(to, member);
        } catch (ErrnoException e) {
            throw e.is(Errno.ENOTDIR) ? error(Errno.EXDEV) : e;
        }
    }

    private void moveFile(Search.Match source, Search news, int flags) throws ErrnoException {
        Search.Match target = news.firstOrNull();
        if (target != null && target.isDirectory()) {
            throw error(Errno.EISDIR);
        }
        Member member = source.member();
        Search.Match same = news.in(member);
        List<Search.Match> earlier = new ArrayList<>();
        for (Search.Match match : news.matches) {
            if (position(match.member()) < position(member)) {
                earlier.add(match);
            }
        }
        if (same != null && same.isDirectory() || earlier.stream().anyMatch(Search.Match::isDirectory)) {
            throw error(Errno.EXDEV);
        }
        member.checkWritable("rename");
        for (Search.Match match : earlier) {
            match.member().checkWritable("rename");
        }
        news.checkNoneFailsBefore(member, "rename");
        try (Parents parents = new Parents()) {
            Part part = targetPart(parents, member);
            if (earlier.isEmpty()) {
                source.part.node.rename(name, part.node, newName, flags, by);
            } else {
                CoveringRename covering = new CoveringRename(source, name, part, newName, same, earlier, by);
                from.head().space.intents.perform(() -> covering.intent(from, to), covering::perform);
            }
            parents.keep();
        }
        for (Search.Match replaced : earlier) {
            Removal.lost(to, replaced, newName);
        }
        if (same != null) {
            Removal.lost(to, same, newName);
        }
        place(source, null, to, newName);
    }

    private int position(Member member) {
        return toView.members.position(member);
    }

    private void moveDirectory(Search olds, Search news, int flags) throws ErrnoException {
        boolean plan9 = from.head().plan9;
        List<Search.Match> sources = plan9 ? olds.matches.subList(0, 1) : olds.directories();
        Search.Match target = news.firstOrNull();
        if (target != null && !target.isDirectory()) {
            throw error(Errno.ENOTDIR);
        }
        List<Search.Match> targets =
                target == null ? List.of() : plan9 ? news.matches.subList(0, 1) : news.directories();
        Removal.checkEmpty(targets);
        checkUnobstructed(sources, targets, news);
        for (Search.Match match : sources) {
            match.member().checkWritable("rename");
        }
        for (Search.Match match : targets) {
            match.member().checkWritable("rename");
        }
        news.checkNoneFailsBefore(sources.get(0).member(), "rename");
        DirectoryNode replaced = find(to, newName);
        DirectoryNode moved = find(from, name);
        try {
            move(sources, targets, flags, moved);
            if (replaced != null) {
                replaced.detach();
            }
            if (moved != null) {
                moved.place(to, newName.bytes());
            }
        } finally {
            release(replaced);
            release(moved);
        }
    }

    /** What has the new name in a member, and is hidden there, must neither be in the way nor come up. */
    private void checkUnobstructed(List<Search.Match> sources, List<Search.Match> targets, Search news)
            throws ErrnoException {
        int first = position(sources.get(0).member());
        for (Search.Match match : news.matches) {
            if (targets.contains(match)) {
                continue;
            }
            boolean inTheWay = position(match.member()) < first;
            for (Search.Match source : sources) {
                inTheWay |= source.member() == match.member();
            }
            if (inTheWay) {
                throw error(Errno.EXDEV);
            }
        }
    }

    private void move(List<Search.Match> sources, List<Search.Match> targets, int flags, DirectoryNode moved)
            throws ErrnoException {
        Runnable undo = moved == null ? () -> {} : DirectoryNumbers.keep(moved, to, newName.bytes());
        try (Parents parents = new Parents()) {
            List<Part> parts = new ArrayList<>();
            for (Search.Match source : sources) {
                parts.add(targetPart(parents, source.member()));
            }
            MergedRename rename = new MergedRename(sources, name, parts, newName, targets, flags, by);
            if (rename.isOneStep()) {
                rename.perform();
            } else {
                from.head().space.intents.perform(() -> rename.intent(from, to), rename::perform);
            }
            parents.keep();
        } catch (ErrnoException | RuntimeException e) {
            undo.run();
            throw e;
        }
    }

    private static ErrnoException error(Errno errno) {
        return new ErrnoException(errno, "rename");
    }
}
