package org.froggr.namespace.internal;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;

/** Looks names up, and gives out nodes for what is found. */
final class Lookup {
    private Lookup() {}

    /** Rule 4: the first member that has the name. */
    static FileNode of(DirectoryNode directory, FileName name, Attributes out) throws ErrnoException {
        boolean again = false;
        while (true) {
            try {
                View view = directory.view();
                FileNode found = in(directory, view, name, out);
                if (!directory.head().isOfNow(view)) {
                    // True when it was asked for, but perhaps not any more; who is told of changes was told already.
                    out.entryValidityMillis = 0;
                }
                directory.head().limitValidity(out);
                return found;
            } catch (Part.Exchanged e) {
                directory.invalidate();
            } catch (ErrnoException e) {
                // A part of the directory may have been replaced behind our back.
                if (again || !e.is(Errno.ESTALE) || directory.isRoot() || directory.name == null) {
                    throw e;
                }
                again = true;
                directory.invalidate();
            }
        }
    }

    private static FileNode in(DirectoryNode directory, View view, FileName name, Attributes out)
            throws ErrnoException {
        int validityMillis = remainingMillis(view);
        ErrnoException failure = null;
        Resolution its = null;
        int answers = 0;
        int first = 0;
        JustListed listed = view.isMerged() ? JustListed.of(directory, view, name) : null;
        if (listed != null) {
            first = listed.part();
            validityMillis = Math.min(validityMillis, listed.absentMillis());
        }
        for (int i = first; i < view.parts.length; i++) {
            Part part = view.parts[i];
            out.entryValidityMillis = Attributes.DEFAULT_VALIDITY_MILLIS;
            FileNode found;
            try {
                found = in(directory, part, name, out);
                answers++;
            } catch (ErrnoException e) {
                if (Search.isAbsence(e)) {
                    continue;
                }
                if (view.members.isOne() || !part.member.isPassedOver(e)) {
                    throw e;
                }
                failure = e;
                its = its == null ? resolution(directory, view) : its;
                its.fails(part.member);
                validityMillis = Math.min(validityMillis, Attributes.DEFAULT_VALIDITY_MILLIS);
                continue;
            }
            validityMillis = Math.min(validityMillis, out.entryValidityMillis);
            if (found != null && out.isDirectory()) {
                its = its == null ? resolution(directory, view) : its;
                its.limit(validityMillis);
                found = directory(directory, view, i, found, name, its, out);
            }
            if (found != null) {
                out.entryValidityMillis = Math.min(out.entryValidityMillis, validityMillis);
                return found;
            }
        }
        if (answers == 0) {
            view.first();
            if (failure != null) {
                throw failure;
            }
        }
        View asked = failure == null ? view : null;
        boolean mayRemember =
                validityMillis > 0 && directory.head().negatives.note(directory, name, asked, validityMillis);
        out.entryValidityMillis = mayRemember ? validityMillis : 0;
        return null;
    }

    /** A directory of the member, or the node in the union of what is none; null if the name is not there. */
    private static FileNode in(DirectoryNode directory, Part part, FileName name, Attributes out)
            throws ErrnoException {
        int stripe = Gate.stripe();
        part.enter(stripe);
        try {
            FileNode found = part.lookupInside(name, out);
            return found == null || out.isDirectory() ? found : plain(directory, part, found, name, out);
        } finally {
            part.member.gate.exit(stripe);
        }
    }

    private static Resolution resolution(DirectoryNode directory, View view) {
        return new Resolution(view, directory.head().plan9);
    }

    /** How long the view is valid, which what is seen through it depends on. */
    private static int remainingMillis(View view) {
        if (!view.failing.isEmpty()) {
            return Attributes.DEFAULT_VALIDITY_MILLIS;
        }
        if (view.expires == View.NEVER) {
            return Integer.MAX_VALUE;
        }
        long millis = (view.expires - System.nanoTime()) / 1_000_000;
        return (int) Math.max(0, Math.min(millis, Integer.MAX_VALUE));
    }

    /**
     * The node of a file that is no directory. Takes the look-up that {@code found} has. The caller is inside the
     * member's gate.
     */
    static PlainNode plain(DirectoryNode directory, Part part, FileNode found, FileName name, Attributes out) {
        Member member = part.member;
        member.show(out);
        PlainNode known = member.head.table.find(member, found);
        if (known == null && part.epoch > 0) {
            known = ofExchanged(directory, part, found, name);
        } else if (known != null) {
            found.forget(1);
        }
        if (known == null) {
            return newPlain(directory, part, found, name.bytes());
        }
        if (known.name == null && known.parent != null) {
            known.place(directory, name.bytes());
        }
        return known;
    }

    /** A node for a file without a name. */
    static PlainNode unnamed(DirectoryNode directory, Part part, FileNode made, Attributes out) {
        part.member.show(out);
        return newPlain(directory, part, made, null);
    }

    /** A node for what a member has found without a name, whose look-up it takes; null if that is null or a directory. */
    static FileNode found(Member member, FileNode found) throws ErrnoException {
        if (found == null) {
            return null;
        }
        if (found == member.tree().root()) {
            return member.head.root() instanceof PlainNode root ? root : null;
        }
        PlainNode known = member.head.table.find(member, found);
        if (known != null) {
            found.forget(1);
            return known;
        }
        Attributes out = new Attributes();
        out.clear();
        try {
            found.attributes(out);
        } catch (ErrnoException | RuntimeException e) {
            found.forget(1);
            throw e;
        }
        if (out.isDirectory() || member.head.rootDirectory() == null) {
            found.forget(1);
            return null;
        }
        return newPlain(member.head.rootDirectory(), new Part(member, found, member.epoch(), true), found, null);
    }

    private static PlainNode ofExchanged(DirectoryNode directory, Part part, FileNode found, FileName name) {
        PlainNode stale = (PlainNode) part.member.head.table.find(directory, name.bytes(), false);
        if (stale == null) {
            return null;
        }
        if (stale.member == part.member && part.isCurrent() && stale.adopt(found, part.epoch)) {
            return stale;
        }
        stale.release(1);
        return null;
    }

    private static PlainNode newPlain(DirectoryNode directory, Part part, FileNode found, byte[] name) {
        directory.retain();
        PlainNode made = new PlainNode(directory, name, part.member, found, part.epoch);
        PlainNode put = (PlainNode) part.member.head.table.putIfAbsent(made);
        if (put != made) {
            found.forget(1);
            directory.release(1);
        }
        return put;
    }

    /**
     * The node of a directory, with the attributes of all of it.
     *
     * @param at index of the first part that has it
     * @param found it in that part; the look-up is taken
     * @param its what is known of the parts up to there
     */
    private static DirectoryNode directory(
            DirectoryNode parent, View view, int at, FileNode found, FileName name, Resolution its, Attributes out)
            throws ErrnoException {
        Part part = view.parts[at];
        DirectoryNode known = ofKnown(parent, part.member, found, name, out);
        if (known != null) {
            return known;
        }
        long plain = parent.head().space.numbers.of(out.device, out.inode);
        its.has(part, found);
        its.ask(at + 1, name, out);
        View first = its.view();
        DirectoryNode node = newDirectory(parent, name.bytes(), number(parent, name, first, part.member, plain), first);
        part.member.show(out);
        out.inode = node.number;
        return node;
    }

    /** Null if none is known; then the look-up is still the caller's. */
    private static DirectoryNode ofKnown(
            DirectoryNode parent, Member member, FileNode found, FileName name, Attributes out)
            throws ErrnoException {
        DirectoryNode node = null;
        try {
            node = known(parent, member, found, name);
            if (node == null) {
                return null;
            }
            DirectoryAttributes.complete(node, node.view(), member, out);
        } catch (ErrnoException | RuntimeException e) {
            found.forget(1);
            if (node != null) {
                node.release(1);
            }
            throw e;
        }
        found.forget(1);
        return node;
    }

    private static long number(DirectoryNode parent, FileName name, View its, Member found, long plain)
            throws ErrnoException {
        try {
            return DirectoryNumbers.of(parent, name, its, found, plain);
        } catch (ErrnoException | RuntimeException e) {
            Views.forget(its);
            throw e;
        }
    }

    /** The node of that name, if it is still that directory. */
    private static DirectoryNode known(DirectoryNode parent, Member member, FileNode found, FileName name)
            throws ErrnoException {
        DirectoryNode node = (DirectoryNode) parent.head().table.find(parent, name.bytes(), true);
        if (node == null) {
            return null;
        }
        try {
            View view = node.view();
            if (!Views.has(view, member, found) && node.name != null) {
                node.invalidate();
                view = node.view();
            }
            if (node.name != null) {
                return node;
            }
        } catch (ErrnoException | RuntimeException e) {
            node.release(1);
            throw e;
        }
        node.release(1);
        return null;
    }

    /** A node for a directory that none is known of, with a view whose parts are looked up for it. */
    static DirectoryNode newDirectory(DirectoryNode parent, byte[] name, long number, View view) {
        parent.retain();
        DirectoryNode made = new DirectoryNode(parent.head(), parent, name, number);
        made.install(view);
        DirectoryNode put = (DirectoryNode) parent.head().table.putIfAbsent(made);
        if (put != made) {
            made.dispose();
            parent.release(1);
            put.register();
        }
        return put;
    }
}
