package org.froggr.namespace.internal;

import java.util.ArrayList;
import java.util.List;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;

/** A name in the members of a directory, for an operation inside their gates. Gives its look-ups back at the end. */
final class Search implements AutoCloseable {
    private static final int S_IFMT = 0170000;
    private static final int S_IFDIR = 0040000;

    /** What {@link #look} looks into: no search begins within another one's question. */
    private static final ThreadLocal<Attributes> ATTRIBUTES = ThreadLocal.withInitial(Attributes::new);

    /** A member that has the name. */
    static final class Match {
        final Part part;
        final FileNode node;
        final Intent.Identity identity;
        private final int mode;

        Match(Part part, FileNode node, Attributes of) {
            this.part = part;
            this.node = node;
            mode = of.mode;
            identity = new Intent.Identity(of.device, of.inode, of.generation);
        }

        Member member() {
            return part.member;
        }

        boolean isDirectory() {
            return (mode & S_IFMT) == S_IFDIR;
        }

        boolean isSameAs(Match other) {
            return other != null && node == other.node && part.member == other.part.member;
        }
    }

    /** In the order of the members. */
    final List<Match> matches = new ArrayList<>(2);

    private final View view;
    private List<Member> failing = List.of();
    private ErrnoException failure;
    private int asked;

    /** For how long what was said of the name is valid. */
    int validityMillis = Attributes.DEFAULT_VALIDITY_MILLIS;

    private Search(View view) {
        this.view = view;
    }

    /** The first member that has the name. */
    static Search first(View view, FileName name) throws ErrnoException {
        return new Search(view).run(name, null, true);
    }

    /** The first member other than one that has the name. */
    static Search firstBut(Member except, View view, FileName name) throws ErrnoException {
        return new Search(view).run(name, except, true);
    }

    /** The first member of those before the last that has the name. */
    static Search firstButLast(View view, FileName name) throws ErrnoException {
        return new Search(view).run(name, view.parts[view.parts.length - 1].member, true);
    }

    /** All members that have the name. */
    static Search all(View view, FileName name) throws ErrnoException {
        return new Search(view).run(name, null, false);
    }

    private Search run(FileName name, Member except, boolean firstOnly) throws ErrnoException {
        Attributes out = ATTRIBUTES.get();
        try {
            for (Part part : view.parts) {
                if (part.member == except) {
                    continue;
                }
                look(part, name, out);
                if (firstOnly && !matches.isEmpty()) {
                    break;
                }
            }
            return this;
        } catch (ErrnoException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void look(Part part, FileName name, Attributes out) throws ErrnoException {
        asked++;
        out.clear();
        try {
            FileNode found = part.node.lookup(name, out);
            validityMillis = Math.min(validityMillis, out.entryValidityMillis);
            if (found != null) {
                matches.add(new Match(part, found, out));
            }
        } catch (ErrnoException e) {
            if (!isAbsence(e)) {
                pass(part.member, e);
            }
        } catch (RuntimeException e) {
            pass(part.member, Member.broken(e));
        }
    }

    private void pass(Member member, ErrnoException e) throws ErrnoException {
        if (view.members.isOne() || !member.isPassedOver(e)) {
            throw e;
        }
        failing = failing.isEmpty() ? new ArrayList<>(1) : failing;
        failing.add(member);
        failure = e;
    }

    /** Whether an error of a look-up means that the name, or the directory, is not there. */
    static boolean isAbsence(ErrnoException e) {
        return e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR);
    }

    Match firstOrNull() {
        return matches.isEmpty() ? null : matches.get(0);
    }

    /** @throws ErrnoException ENOENT, or why nobody could say */
    Match first(String operation) throws ErrnoException {
        if (matches.isEmpty()) {
            throw failure != null && failing.size() == asked ? failure : new ErrnoException(Errno.ENOENT, operation);
        }
        return matches.get(0);
    }

    List<Match> directories() {
        return matches.stream().filter(Match::isDirectory).toList();
    }

    /** What that member has, or null. */
    Match in(Member member) {
        for (Match match : matches) {
            if (match.member() == member) {
                return match;
            }
        }
        return null;
    }

    /** Whether all said what they have. */
    boolean isCertain() {
        return failing.isEmpty();
    }

    /** Whether a member that comes first cannot say what it has. */
    boolean failsBefore(Member member) {
        boolean fails = view.failsBefore(member);
        for (Member failed : failing) {
            fails |= view.members.position(failed) < view.members.position(member);
        }
        return fails;
    }

    /** Rule 4: while a member that comes first cannot say what it has, nothing may be made behind it. */
    void checkNoneFailsBefore(Member member, String operation) throws ErrnoException {
        if (failsBefore(member)) {
            throw new ErrnoException(Errno.EIO, operation);
        }
    }

    @Override
    public void close() {
        for (Match match : matches) {
            match.node.forget(1);
        }
        matches.clear();
    }
}
