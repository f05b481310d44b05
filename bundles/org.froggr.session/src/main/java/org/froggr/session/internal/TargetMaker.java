package org.froggr.session.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.Stat;
import org.froggr.spi.presentation.MountSpace;

/** Makes targets that do not exist ({@code -c}) and removes them again while they are empty. */
final class TargetMaker {
    private static final int DIRECTORY_MODE = 0777;
    private static final int FILE_MODE = 0666;

    private final MountSpace space;

    TargetMaker(MountSpace space) {
        this.space = space;
    }

    /**
     * What was made.
     *
     * @param target the new file or directory, held
     * @param components how many of the last components of its path are new
     */
    record Made(Located target, int components) {}

    /**
     * Makes the target and the directories that lead to it; all of them or none.
     *
     * @param umask of whom it is made for
     * @throws FroggrException CANNOT_CREATE and the like
     */
    Made make(BytePath absolute, boolean directory, int umask) throws FroggrException {
        Deque<BytePath> names = new ArrayDeque<>();
        Base base = deepestExisting(absolute.withoutTrailingSlashes(), names);
        int at = base.descriptor();
        BytePath path = base.path();
        int made = 0;
        int left = names.size();
        try {
            for (BytePath name : names) {
                left--;
                OptionalInt own = makeOne(at, name, directory || left > 0, umask);
                // What somebody else made at this very moment is not ours to remove, nor what leads to it.
                made = own.isPresent() ? made + 1 : 0;
                int next = own.isPresent() ? own.getAsInt() : open(at, name, directory || left > 0);
                path = path.resolve(name);
                Fd.closeQuietly(at);
                at = next;
            }
        } catch (ErrnoException e) {
            Fd.closeQuietly(at);
            remove(path, made);
            throw cannotCreate(absolute, e);
        }
        try {
            return new Made(Located.of(at), made);
        } catch (ErrnoException e) {
            remove(path, made);
            throw cannotCreate(absolute, e);
        }
    }

    /**
     * Where a target that does not exist would be made: absolute and without symbolic links.
     *
     * @throws FroggrException as {@link #make}
     */
    BytePath place(BytePath absolute) throws FroggrException {
        Deque<BytePath> names = new ArrayDeque<>();
        Base base = deepestExisting(absolute.withoutTrailingSlashes(), names);
        try (Located existing = Located.of(base.descriptor())) {
            BytePath path = existing.path();
            for (BytePath name : names) {
                path = path.resolve(name);
            }
            return path;
        } catch (ErrnoException e) {
            throw cannotCreate(absolute, e);
        }
    }

    private record Base(int descriptor, BytePath path) {}

    private static FroggrException cannotCreate(BytePath absolute, ErrnoException e) {
        Fault fault = e.is(Errno.EACCES) || e.is(Errno.EPERM) ? Fault.NO_PRIVILEGE : Fault.CANNOT_CREATE;
        return FroggrException.of(
                        fault,
                        "the target " + absolute.quoted() + " cannot be made: " + Errno.describe(e.number()))
                .about(absolute)
                .hint("make it yourself, or choose another target")
                .causedBy(e);
    }

    /** Opens the deepest directory that exists and collects the names that are missing below it. */
    private Base deepestExisting(BytePath path, Deque<BytePath> missing) throws FroggrException {
        BytePath rest = path;
        while (true) {
            try {
                return new Base(space.open(rest), rest);
            } catch (ErrnoException e) {
                BytePath name = rest.fileName();
                boolean plain = !name.isEmpty() && !name.toString().equals("..");
                if (!e.is(Errno.ENOENT) || !plain) {
                    throw cannotCreate(path, e);
                }
                if (!name.toString().equals(".")) {
                    missing.addFirst(name);
                }
                rest = rest.parent();
            }
        }
    }

    /** Empty if there is one of that name by now; nothing is left of one that fails. */
    private static OptionalInt makeOne(int parent, BytePath name, boolean directory, int umask) throws ErrnoException {
        try {
            return OptionalInt.of(
                    directory
                            ? makeDirectory(parent, name, DIRECTORY_MODE & ~umask)
                            : makeFile(parent, name, FILE_MODE & ~umask));
        } catch (ErrnoException e) {
            if (e.is(Errno.EEXIST)) {
                return OptionalInt.empty();
            }
            throw e;
        }
    }

    private static int makeDirectory(int parent, BytePath name, int mode) throws ErrnoException {
        At.mkdir(parent, name, mode);
        int made = -1;
        try {
            made = open(parent, name, true);
            // The platform's own umask took bits away.
            At.chmod(Fd.AT_FDCWD, Located.throughProc(made), mode);
            return made;
        } catch (ErrnoException e) {
            Fd.closeQuietly(made);
            At.rmdir(parent, name);
            throw e;
        }
    }

    private static int makeFile(int parent, BytePath name, int mode) throws ErrnoException {
        int flags = Fd.O_WRONLY | Fd.O_CREAT | Fd.O_EXCL | Fd.O_NOFOLLOW;
        try (OwnedFd file = OwnedFd.of(Fd.openat(parent, name, flags, mode))) {
            Fd.chmod(file.number(), mode);
            return open(parent, name, false);
        }
    }

    private static int open(int parent, BytePath name, boolean directory) throws ErrnoException {
        return Fd.openat(parent, name, Fd.O_PATH | Fd.O_NOFOLLOW | (directory ? Fd.O_DIRECTORY : 0), 0);
    }

    /** Removes what {@link #make} made, as far as it is still empty. */
    void remove(BytePath target, int components) {
        BytePath path = target.withoutTrailingSlashes();
        for (int i = 0; i < components && removeOne(path); i++) {
            path = path.parent();
        }
    }

    /**
     * Whether it is gone. A target that is used by others meanwhile stays: that is no error. Nor is a
     * directory followed that became a symbolic link, since what that leads to is not what was made.
     */
    private boolean removeOne(BytePath path) {
        try (Located parent = Located.open(space, path.parent())) {
            return parent.path().equals(path.parent()) && removeEmpty(parent.descriptor(), path.fileName());
        } catch (ErrnoException e) {
            return e.is(Errno.ENOENT);
        }
    }

    private static boolean removeEmpty(int parent, BytePath name) throws ErrnoException {
        Stat stat = Stat.at(parent, name, false);
        if (stat.isMountRoot()) {
            return false;
        }
        if (stat.isDirectory()) {
            At.rmdir(parent, name);
            return true;
        }
        if (stat.isRegular() && stat.size() == 0) {
            At.unlink(parent, name);
            return true;
        }
        return false;
    }
}
