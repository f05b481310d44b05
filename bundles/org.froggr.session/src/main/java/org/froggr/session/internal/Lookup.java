package org.froggr.session.internal;

import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.spi.presentation.MountSpace;

/** Looks up sources and targets, and explains in a person's words why that failed. */
final class Lookup {
    private final MountSpace space;

    Lookup(MountSpace space) {
        this.space = space;
    }

    /**
     * The source of a mount or bind, readable by this user.
     *
     * @throws FroggrException SOURCE_MISSING, LOOP, NOT_READABLE, NAME_TOO_LONG, OS_ERROR
     */
    Located source(BytePath path) throws FroggrException {
        Located source = open(path, "source", Fault.SOURCE_MISSING);
        try {
            checkReadable(source);
            return source;
        } catch (FroggrException e) {
            source.close();
            throw e;
        }
    }

    /**
     * The target of a mount or bind, which must exist.
     *
     * @throws FroggrException TARGET_MISSING, LOOP, NOT_READABLE, NAME_TOO_LONG, OS_ERROR
     */
    Located target(BytePath path) throws FroggrException {
        return open(path, "target", Fault.TARGET_MISSING);
    }

    private Located open(BytePath path, String what, Fault missing) throws FroggrException {
        try {
            return Located.open(space, PathText.check(path, what));
        } catch (ErrnoException e) {
            throw explain(e, path, what, missing);
        }
    }

    private static void checkReadable(Located source) throws FroggrException {
        // Opening devices, pipes and sockets has effects of its own: only the others are tried.
        if (!source.isDirectory() && !source.stat().isRegular()) {
            return;
        }
        int flags = Fd.O_RDONLY | Fd.O_NONBLOCK | (source.isDirectory() ? Fd.O_DIRECTORY : 0);
        try {
            Fd.close(Fd.open(Located.throughProc(source.descriptor()), flags, 0));
        } catch (ErrnoException e) {
            if (e.is(Errno.EACCES) || e.is(Errno.EPERM)) {
                throw notReadable(source.path(), "the source", source.path(), e);
            }
            throw OsFault.of(e, "the source " + source.path().quoted() + " cannot be opened").about(source.path());
        }
    }

    private FroggrException explain(ErrnoException e, BytePath path, String what, Fault missing) {
        if (!exists(BytePath.ROOT)) {
            return FroggrException.of(
                            Fault.TRY_AGAIN,
                            "the " + what + " " + path.quoted() + " cannot be looked up: the process that holds the"
                                    + " session's namespace has just ended")
                    .about(path)
                    .hint("the same again")
                    .causedBy(e);
        }
        Errno errno = Errno.of(e.number()).orElse(Errno.EIO);
        return switch (errno) {
            case ENOENT, ENOTDIR -> missing(e, path, what, missing);
            case ELOOP -> FroggrException.of(
                            Fault.LOOP, "the " + what + " " + path.quoted() + " leads through a loop of symbolic links"
                                    + linkAt(path))
                    .about(path)
                    .hint("ls -l " + path.quoted())
                    .causedBy(e);
            case EACCES -> notReadable(path, "the " + what, firstBlocked(path), e);
            case ENAMETOOLONG -> FroggrException.of(
                            Fault.NAME_TOO_LONG, "the " + what + " " + PathText.elide(path) + " is too long for the kernel")
                    .about(path)
                    .causedBy(e);
            default -> OsFault.of(e, "the " + what + " " + path.quoted() + " cannot be looked up").about(path);
        };
    }

    private FroggrException missing(ErrnoException e, BytePath path, String what, Fault missing) {
        BytePath gap = firstMissing(path);
        String link = linkAt(gap);
        String reason = !link.isEmpty()
                ? "is a dangling symbolic link" + (gap.equals(path) ? "" : " at " + gap.quoted()) + link
                : e.is(Errno.ENOTDIR)
                        ? "does not exist: " + gap.parent().quoted() + " is no directory"
                        : "does not exist" + (gap.equals(path) ? "" : ": there is no " + gap.quoted());
        FroggrException fault = FroggrException.of(missing, "the " + what + " " + path.quoted() + " " + reason)
                .about(path)
                .causedBy(e);
        return missing == Fault.TARGET_MISSING && link.isEmpty() ? fault.hint("-c to make it") : fault.hint("ls -ld " + gap.parent().quoted());
    }

    private static FroggrException notReadable(BytePath path, String what, BytePath blocked, ErrnoException e) {
        return FroggrException.of(
                        Fault.NOT_READABLE,
                        what + " " + path.quoted() + " may not be read: permission denied at " + blocked.quoted())
                .about(path)
                .hint("ls -ld " + blocked.quoted())
                .causedBy(e);
    }

    /** {@code , which points to …} if there is a symbolic link of that name, else nothing. */
    private String linkAt(BytePath path) {
        try {
            int parent = space.open(path.parent());
            try {
                return ", which points to " + At.readlink(parent, path.fileName()).quoted();
            } finally {
                Fd.closeQuietly(parent);
            }
        } catch (ErrnoException e) {
            return "";
        }
    }

    /** The shortest prefix of the path that cannot be looked up. */
    private BytePath firstMissing(BytePath path) {
        BytePath parent = path.parent();
        if (parent.equals(path) || parent.length() >= path.length() || exists(parent)) {
            return path;
        }
        return firstMissing(parent);
    }

    /** The directory that may not be searched. */
    private BytePath firstBlocked(BytePath path) {
        return firstMissing(path.withoutTrailingSlashes()).parent();
    }

    private boolean exists(BytePath path) {
        try {
            Fd.closeQuietly(space.open(path));
            return true;
        } catch (ErrnoException e) {
            return false;
        }
    }
}
