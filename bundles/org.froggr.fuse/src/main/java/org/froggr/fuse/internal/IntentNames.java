package org.froggr.fuse.internal;

import java.util.Arrays;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.spi.tree.AttributeChanges;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.CreatedFile;
import org.froggr.spi.tree.FileName;
import org.froggr.spi.tree.FileNode;
import org.froggr.spi.tree.OpenFile;

/**
 * The operations on names, each performed once: calls of {@link FileNode} of the same names, and how each is
 * recognized where only its beginning was noted. What comes {@code before} a call is done where it is made: names that
 * were changed by a former process lead elsewhere. What comes {@code after} it is done where that is not known to have
 * been done.
 */
final class IntentNames {
    // Types of inode(7)
    private static final int S_IFMT = 0170000;
    private static final int S_IFDIR = 0040000;
    private static final int S_IFREG = 0100000;
    private static final int S_IFLNK = 0120000;

    private static final int OWNER_MAY_ALL = 0600;
    private static final int PERMISSIONS = 07777;

    /** RENAME_EXCHANGE of linux/fs.h. */
    private static final int EXCHANGE = 2;

    private final Intents intents;

    IntentNames(Intents intents) {
        this.intents = intents;
    }

    FileNode makeDirectory(FileNode directory, FileName name, int mode, Request request) throws ErrnoException {
        return intents.of(
                request,
                0,
                0,
                () -> directory.makeDirectory(name, mode, request, request.attributes),
                intent -> made(intent, directory, name, S_IFDIR, request));
    }

    FileNode makeNode(FileNode directory, FileName name, int mode, int device, Request request)
            throws ErrnoException {
        int type = (mode & S_IFMT) == 0 ? S_IFREG : mode & S_IFMT;
        return intents.of(
                request,
                0,
                0,
                () -> directory.makeNode(name, mode, device, request, request.attributes),
                intent -> made(intent, directory, name, type, request));
    }

    FileNode makeSymlink(FileNode directory, FileName name, byte[] target, Request request) throws ErrnoException {
        return intents.of(
                request,
                0,
                0,
                () -> directory.makeSymlink(name, target, request, request.attributes),
                intent -> madeSymlink(intent, directory, name, target, request));
    }

    private static FileNode madeSymlink(
            Intent intent, FileNode directory, FileName name, byte[] target, Request request) throws ErrnoException {
        FileNode found = made(intent, directory, name, S_IFLNK, request);
        if (found != null && !Arrays.equals(found.readLink(), target)) {
            found.forget(1);
            return null;
        }
        return found;
    }

    /**
     * What has that name, if it is of that type and may have been made by the operation; its attributes are the
     * request's then.
     */
    private static FileNode made(Intent intent, FileNode directory, FileName name, int type, Request request)
            throws ErrnoException {
        Attributes attributes = request.attributes;
        attributes.clear();
        FileNode found = directory.lookup(name, attributes);
        if (found == null) {
            return null;
        }
        boolean fits = (attributes.mode & S_IFMT) == type && (intent.isDone() || intent.mayHaveMade(attributes));
        if (fits) {
            return found;
        }
        found.forget(1);
        return null;
    }

    CreatedFile create(FileNode directory, FileName name, int flags, int mode, Request request)
            throws ErrnoException {
        return intents.of(
                request,
                0,
                0,
                () -> directory.create(name, flags, mode, request, request.attributes),
                intent -> created(intent, directory, name, flags, request));
    }

    /**
     * Also for what need not have been new: who may not write what he creates may do so through this open alone
     * (open(2)).
     */
    private static CreatedFile created(Intent intent, FileNode directory, FileName name, int flags, Request request)
            throws ErrnoException {
        FileNode found = made(intent, directory, name, S_IFREG, request);
        if (found == null) {
            return null;
        }
        // Nobody has it open yet who could have written to it
        boolean isOther = !intent.isDone() && (flags & Fd.O_EXCL) != 0 && request.attributes.size != 0;
        if (isOther) {
            found.forget(1);
            return null;
        }
        try {
            return CreatedFile.of(found, open(found, flags & ~(Fd.O_EXCL | Fd.O_TRUNC), request));
        } catch (ErrnoException e) {
            found.forget(1);
            throw e;
        }
    }

    private static OpenFile open(FileNode file, int flags, Request request) throws ErrnoException {
        try {
            return file.open(flags, request);
        } catch (ErrnoException e) {
            if (!e.is(Errno.EACCES)) {
                throw e;
            }
        }
        int mode = request.attributes.mode & PERMISSIONS;
        permit(file, mode | OWNER_MAY_ALL, request);
        try {
            return file.open(flags, request);
        } finally {
            permit(file, mode, request);
        }
    }

    private static void permit(FileNode file, int mode, Request request) throws ErrnoException {
        request.changes.what = AttributeChanges.MODE;
        request.changes.mode = mode;
        file.change(request.changes, request, request.attributes);
    }

    FileNode link(FileNode directory, FileNode file, FileName name, Request request) throws ErrnoException {
        return intents.of(
                request,
                0,
                0,
                () -> directory.link(file, name, request, request.attributes),
                intent -> linked(intent, directory, file, name, request));
    }

    private static FileNode linked(Intent intent, FileNode directory, FileNode file, FileName name, Request request)
            throws ErrnoException {
        request.attributes.clear();
        FileNode found = directory.lookup(name, request.attributes);
        if (found == null) {
            return null;
        }
        if (found == file && (intent.isDone() || intent.mayHaveTouched(request.attributes))) {
            return found;
        }
        found.forget(1);
        return null;
    }

    /** @param inode of what has the name, 0 if that is not known */
    void unlink(FileNode directory, FileName name, long inode, Request request, Runnable before, Runnable after)
            throws ErrnoException {
        intents.once(
                request,
                inode,
                0,
                () -> {
                    before.run();
                    directory.unlink(name, request);
                    return true;
                },
                intent -> removed(intent, directory, name, request),
                former -> after.run());
    }

    /** As {@link #unlink}. */
    void removeDirectory(
            FileNode directory, FileName name, long inode, Request request, Runnable before, Runnable after)
            throws ErrnoException {
        intents.once(
                request,
                inode,
                0,
                () -> {
                    before.run();
                    directory.removeDirectory(name, request);
                    return true;
                },
                intent -> removed(intent, directory, name, request),
                former -> after.run());
    }

    private static Boolean removed(Intent intent, FileNode directory, FileName name, Request request)
            throws ErrnoException {
        return isAway(intent, directory, name, request) ? true : null;
    }

    /**
     * Whether a name that was there is gone since then, or means something else: what was made since then, or what
     * was hidden until then, as in a union.
     */
    private static boolean isAway(Intent intent, FileNode directory, FileName name, Request request)
            throws ErrnoException {
        Attributes attributes = request.attributes;
        attributes.clear();
        FileNode found = directory.lookup(name, attributes);
        if (found != null) {
            found.forget(1);
            return intent.first() == 0 ? intent.isOlderThan(attributes) : attributes.inode != intent.first();
        }
        return isTouched(intent, directory, attributes);
    }

    private static boolean isTouched(Intent intent, FileNode directory, Attributes attributes) throws ErrnoException {
        attributes.clear();
        directory.attributes(attributes);
        return intent.mayHaveTouched(attributes);
    }

    /** @param inode of what has the old name, 0 if that is not known */
    void rename(
            FileNode from,
            FileName name,
            long inode,
            FileNode to,
            FileName newName,
            int flags,
            Request request,
            Runnable before,
            Intents.Sequel after)
            throws ErrnoException {
        boolean exchange = (flags & EXCHANGE) != 0 && intents.areKept();
        intents.once(
                request,
                exchange ? inode(from, name, request) : inode,
                exchange ? inode(to, newName, request) : 0,
                () -> {
                    before.run();
                    from.rename(name, to, newName, flags, request);
                    return true;
                },
                intent -> exchange
                        ? exchanged(intent, from, name, to, newName, request)
                        : renamed(intent, from, name, to, newName, request),
                after);
    }

    private static Boolean renamed(
            Intent intent, FileNode from, FileName name, FileNode to, FileName newName, Request request)
            throws ErrnoException {
        if (!isAway(intent, from, name, request)) {
            return null;
        }
        long there = inode(to, newName, request);
        boolean isDone = intent.first() == 0
                ? there != 0 && isTouched(intent, to, request.attributes)
                : there == intent.first();
        return isDone ? true : null;
    }

    private static Boolean exchanged(
            Intent intent, FileNode from, FileName name, FileNode to, FileName newName, Request request)
            throws ErrnoException {
        boolean isDone = intent.first() != 0
                && inode(from, name, request) == intent.second()
                && inode(to, newName, request) == intent.first();
        return isDone ? true : null;
    }

    /** The inode number of what has that name, 0 if nothing has. */
    private static long inode(FileNode directory, FileName name, Request request) throws ErrnoException {
        request.attributes.clear();
        FileNode found = directory.lookup(name, request.attributes);
        if (found == null) {
            return 0;
        }
        found.forget(1);
        return request.attributes.inode;
    }
}
