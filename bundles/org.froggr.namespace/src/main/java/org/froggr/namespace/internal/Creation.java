package org.froggr.namespace.internal;

import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.CreatedFile;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.Requester;

/** Makes one name in a directory of the union (rules 7 to 9). Used inside the gates. */
final class Creation {
    private static final int O_EXCL = 0200;

    private final DirectoryNode directory;
    private final View view;
    private final FileName name;
    private final Requester by;
    private final String operation;

    /** The name while it is not there; null if what is made has none. */
    private final Negatives.Name absent;

    /** For how long nobody else has the name. */
    private int freeMillis = Attributes.DEFAULT_VALIDITY_MILLIS;

    /** What a member does. */
    @FunctionalInterface
    interface Make {
        FileNode in(Part part) throws ErrnoException;
    }

    Creation(DirectoryNode directory, View view, FileName name, Requester by, String operation) {
        this.directory = directory;
        this.view = view;
        this.name = name;
        this.by = by;
        this.operation = operation;
        absent = name == null ? null : new Negatives.Name(directory, name);
    }

    /** Rule 7. In Plan 9 only what is bound upon is a union. */
    private Member receiver() throws ErrnoException {
        Part first = view.first();
        return directory.head().plan9 && !directory.isRoot()
                ? first.member
                : view.members.receiver(operation);
    }

    /**
     * Whether nobody but this member can have the name, as nobody else has the directory, or all have just said so:
     * the kernel looks a name up before it has it created.
     */
    private boolean isFreeBut(Member receiver) {
        if (view.parts.length == 1 && view.parts[0].member == receiver && view.failing.isEmpty()) {
            return true;
        }
        int millis = directory.head().negatives.freeMillis(absent, view);
        freeMillis = millis > 0 ? Math.min(millis, freeMillis) : freeMillis;
        return millis > 0 && !view.failsBefore(receiver);
    }

    /** What was made is there, and its parents are needed. */
    private void made(Parents parents) {
        parents.keep();
        directory.head().negatives.remove(absent);
        directory.changed();
    }

    /** Throws if the name is in a member other than this one, or may be in one before it. */
    private void checkFree(Member receiver) throws ErrnoException {
        if (isFreeBut(receiver)) {
            return;
        }
        try (Search others = Search.firstBut(receiver, view, name)) {
            if (!others.matches.isEmpty()) {
                throw new ErrnoException(Errno.EEXIST, operation);
            }
            others.checkNoneFailsBefore(receiver, operation);
            freeMillis = others.validityMillis;
        }
    }

    /** Throws if the member has the name, as it would if it was not for what else is wrong there. */
    private void checkFreeIn(Member receiver) throws ErrnoException {
        Part part = view.in(receiver);
        if (part != null) {
            Attributes out = new Attributes();
            FileNode present = part.node.lookup(name, out);
            if (present != null) {
                present.forget(1);
                throw new ErrnoException(Errno.EEXIST, operation);
            }
        }
    }

    private Part open(Parents parents, Member receiver) throws ErrnoException {
        if (receiver.readOnly && name != null) {
            checkFreeIn(receiver);
        }
        receiver.checkWritable(operation);
        return parents.in(directory, receiver);
    }

    CreatedFile file(int flags, int mode, Attributes out) throws ErrnoException {
        boolean mayExist = (flags & O_EXCL) == 0;
        Member receiver;
        try {
            receiver = receiver();
        } catch (ErrnoException e) {
            CreatedFile present = mayExist ? openPresent(flags, out) : null;
            if (present == null) {
                throw existsOr(e);
            }
            return present;
        }
        if (!mayExist) {
            checkFree(receiver);
        } else if (!decides(receiver)) {
            CreatedFile present = openPresent(flags, out);
            if (present != null) {
                return present;
            }
            checkFree(receiver);
        }
        return create(receiver, flags, mode, out);
    }

    private CreatedFile create(Member receiver, int flags, int mode, Attributes out) throws ErrnoException {
        try (Parents parents = new Parents()) {
            Part part = open(parents, receiver);
            CreatedFile made = part.node.create(name, flags, mode, by, out);
            made(parents);
            PlainNode node = Lookup.plain(directory, part, made.node(), name, out);
            return CreatedFile.of(node, new UnionFile(node, made.file(), flags));
        }
    }

    /** Whether no other member has the name, or may have it: the receiver finds out by itself whether it does. */
    private boolean decides(Member receiver) throws ErrnoException {
        if (receiver.readOnly) {
            return false;
        }
        if (isFreeBut(receiver)) {
            return true;
        }
        try (Search others = Search.firstBut(receiver, view, name)) {
            return others.matches.isEmpty() && !others.failsBefore(receiver);
        }
    }

    /** Where nothing can be made: what is there already is the better reason. */
    private ErrnoException existsOr(ErrnoException e) throws ErrnoException {
        try (Search any = Search.first(view, name)) {
            return any.matches.isEmpty() ? e : new ErrnoException(Errno.EEXIST, operation);
        }
    }

    /** Rule 9: opens what is there, null if nothing is. */
    private CreatedFile openPresent(int flags, Attributes out) throws ErrnoException {
        try (Search present = Search.first(view, name)) {
            Search.Match match = present.firstOrNull();
            if (match == null) {
                return null;
            }
            if (match.isDirectory()) {
                throw new ErrnoException(Errno.EISDIR, operation);
            }
            out.clear();
            FileNode again = match.part.node.lookup(name, out);
            if (again == null) {
                return null;
            }
            if (out.isDirectory()) {
                again.forget(1);
                throw new ErrnoException(Errno.EISDIR, operation);
            }
            PlainNode node = Lookup.plain(directory, match.part, again, name, out);
            try {
                UnionFile file = node.openInside(flags, by);
                node.here().attributes(out);
                node.member.show(out);
                return CreatedFile.of(node, file);
            } catch (ErrnoException | RuntimeException e) {
                node.release(1);
                throw e;
            }
        }
    }

    CreatedFile unnamed(int flags, int mode, Attributes out) throws ErrnoException {
        Member receiver = receiver();
        receiver.checkWritable(operation);
        try (Parents parents = new Parents()) {
            Part part = parents.in(directory, receiver);
            CreatedFile made = part.node.createUnnamed(flags, mode, by, out);
            parents.keep();
            PlainNode node = Lookup.unnamed(directory, part, made.node(), out);
            return CreatedFile.of(node, new UnionFile(node, made.file(), flags));
        }
    }

    /** A file that is no directory, not opened. */
    PlainNode plain(Attributes out, Make make) throws ErrnoException {
        try (Parents parents = new Parents()) {
            Part part = openFree(parents);
            FileNode made = make.in(part);
            made(parents);
            return Lookup.plain(directory, part, made, name, out);
        }
    }

    private Part openFree(Parents parents) throws ErrnoException {
        Member receiver;
        try {
            receiver = receiver();
        } catch (ErrnoException e) {
            throw existsOr(e);
        }
        checkFree(receiver);
        return open(parents, receiver);
    }

    DirectoryNode directory(int mode, Attributes out) throws ErrnoException {
        try (Parents parents = new Parents()) {
            Part part = openFree(parents);
            FileNode made = part.node.makeDirectory(name, mode, by, out);
            made(parents);
            return node(part, made, out);
        }
    }

    private DirectoryNode node(Part part, FileNode made, Attributes out) {
        DirectoryNode old = (DirectoryNode) directory.head().table.find(directory, name.bytes(), true);
        if (old != null) {
            // Removed behind our back.
            old.detach();
            old.release(1);
        }
        long plain = directory.head().space.numbers.of(out.device, out.inode);
        long number = DirectoryNumbers.ofNew(directory, name, part.member, plain);
        Part[] parts = {new Part(part.member, made, part.epoch, true)};
        long expires = Views.expiry(view, freeMillis);
        View first = new View(view.members, view.epoch, expires, parts, view.failing);
        DirectoryNode node = Lookup.newDirectory(directory, name.bytes(), number, first);
        part.member.show(out);
        out.inode = node.number;
        return node;
    }

    /** Rules 11 and 12: another name for a file, in its own member. */
    PlainNode link(PlainNode file, Attributes out) throws ErrnoException {
        view.first();
        Member member = file.member;
        if (view.members.position(member) < 0) {
            throw new ErrnoException(Errno.EXDEV, operation);
        }
        checkFree(member);
        try (Parents parents = new Parents()) {
            Part part = open(parents, member);
            FileNode linked = part.node.link(file.here(), name, by, out);
            made(parents);
            return Lookup.plain(directory, part, linked, name, out);
        } catch (ErrnoException e) {
            throw e.is(Errno.ENOTDIR) ? new ErrnoException(Errno.EXDEV, operation) : e;
        }
    }
}
