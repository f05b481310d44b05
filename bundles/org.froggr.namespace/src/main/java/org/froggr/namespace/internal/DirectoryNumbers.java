package org.froggr.namespace.internal;

import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileName;

/**
 * Which numbers the directories of a union have (rule 12).
 *
 * <p>A directory that only one member had when it was first seen has that member as its base, for good: those
 * directories below it that the base has bear the base's numbers. All others have numbers that are made of their
 * path, also all those below a directory that had several members from the beginning. Both are the same
 * for the next process, given the base, which is kept as soon as it could not be found out again. A directory that
 * bears another number, because it was renamed or its base has left, is kept with it.
 */
final class DirectoryNumbers {
    private DirectoryNumbers() {}

    private static KeptNumbers kept(DirectoryNode directory) {
        return directory.head().space.numbers.kept();
    }

    private static long key(DirectoryNode directory) {
        return directory.head().key;
    }

    /**
     * Of a directory that is looked up. The caller is inside no gate.
     *
     * @param view its own
     * @param found a member that has it
     * @param plain its number there
     */
    static long of(DirectoryNode parent, FileName name, View view, Member found, long plain) throws ErrnoException {
        long ofPath = Numbers.ofPath(parent.number, name.bytes());
        long shown = kept(parent).get(KeptNumbers.DIRECTORY, key(parent), ofPath, 0);
        if (shown != 0) {
            return shown;
        }
        long base = parent.base();
        if (found.bound.id() == base) {
            return plain;
        }
        Part part = view.inBase(base);
        if (part == null) {
            return ofPath;
        }
        Attributes out = new Attributes();
        out.clear();
        part.attributes(out);
        return number(part, out);
    }

    private static long number(Part part, Attributes out) {
        return part.member.head.space.numbers.of(out.device, out.inode);
    }

    /** Of one that was made in a member, where nothing was before. */
    static long ofNew(DirectoryNode parent, FileName name, Member in, long plain) {
        long ofPath = Numbers.ofPath(parent.number, name.bytes());
        kept(parent).remove(KeptNumbers.DIRECTORY, key(parent), ofPath);
        return in.bound.id() == parent.base() ? plain : ofPath;
    }

    /**
     * What {@link #of} would say of a directory that is listed. The caller is inside the gate of the member.
     *
     * @param in the directory's part in the base, null if that does not have it
     */
    static long listed(DirectoryNode parent, FileName name, Member found, long plain, PartListing in) {
        long ofPath = Numbers.ofPath(parent.number, name.bytes());
        long shown = kept(parent).get(KeptNumbers.DIRECTORY, key(parent), ofPath, 0);
        if (shown != 0) {
            return shown;
        }
        if (found.bound.id() == parent.base()) {
            return plain;
        }
        Attributes out = new Attributes();
        return in != null && in.look(name, out) && out.isDirectory()
                ? found.head.space.numbers.of(out.device, out.inode)
                : ofPath;
    }

    /**
     * Keeps the number of a directory that is about to get another name. The caller is inside the gates.
     *
     * @return what to do if it does not get it after all
     */
    static Runnable keep(DirectoryNode moved, DirectoryNode to, byte[] newName) {
        KeptNumbers kept = kept(moved);
        long key = key(moved);
        long ofPath = Numbers.ofPath(to.number, newName);
        long before = kept.get(KeptNumbers.DIRECTORY, key, ofPath, 0);
        if (moved.number == found(moved, to, ofPath)) {
            kept.remove(KeptNumbers.DIRECTORY, key, ofPath);
        } else {
            kept.put(KeptNumbers.DIRECTORY, key, ofPath, moved.number);
        }
        return () -> {
            if (before != 0) {
                kept.put(KeptNumbers.DIRECTORY, key, ofPath, before);
            } else {
                kept.remove(KeptNumbers.DIRECTORY, key, ofPath);
            }
        };
    }

    /** The number that a directory would have if it was first seen there; 0 if nobody can say. */
    private static long found(DirectoryNode moved, DirectoryNode to, long ofPath) {
        View view = moved.lastView();
        Part part = view == null ? null : view.inBase(to.base());
        if (part == null) {
            return ofPath;
        }
        if (!part.isCurrent()) {
            return 0;
        }
        Attributes out = new Attributes();
        out.clear();
        try {
            part.node.attributes(out);
            return number(part, out);
        } catch (ErrnoException e) {
            return 0;
        }
    }

    /** It does not have that name any more. */
    static void lost(DirectoryNode directory, DirectoryNode parent, byte[] name) {
        long ofPath = Numbers.ofPath(parent.number, name);
        kept(directory).remove(KeptNumbers.DIRECTORY, key(directory), ofPath, directory.number);
    }

    /** It is gone. */
    static void gone(DirectoryNode directory) {
        kept(directory).remove(KeptNumbers.BASE, key(directory), directory.number);
    }

    /** The base of those above is about to leave: nobody will know where this one has its number from. */
    static void keepWithout(Member leaving, DirectoryNode directory) {
        DirectoryNode parent = directory.parent;
        byte[] name = directory.name;
        if (parent != null && name != null && parent.base() == leaving.bound.id()) {
            long ofPath = Numbers.ofPath(parent.number, name);
            if (directory.number != ofPath) {
                kept(directory).put(KeptNumbers.DIRECTORY, key(directory), ofPath, directory.number);
            }
        }
    }

    /** The base of a directory that is seen for the first time by this process. */
    static long base(DirectoryNode directory, long seen) {
        return kept(directory).get(KeptNumbers.BASE, key(directory), directory.number, seen);
    }

    /** Keeps the base of a directory, since what is seen now would say another one. */
    static void keepBase(DirectoryNode directory, long base) {
        kept(directory).put(KeptNumbers.BASE, key(directory), directory.number, base);
    }

    /** The number of a union's root, which stays that of the first member it ever had. */
    static long ofRoot(Head head, Attributes first) {
        Numbers numbers = head.space.numbers;
        long seen = numbers.of(first.device, first.inode);
        long number = numbers.kept().get(KeptNumbers.DIRECTORY, head.key, head.key, seen);
        numbers.kept().put(KeptNumbers.DIRECTORY, head.key, head.key, number);
        return number;
    }
}
