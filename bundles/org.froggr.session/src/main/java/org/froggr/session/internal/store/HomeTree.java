package org.froggr.session.internal.store;

import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.Ids;
import org.froggr.linux.Stat;

/**
 * Descriptors of a home and two of its directories, just opened and checked.
 *
 * @param owner the platform's user id, to whom all of them belong
 */
record HomeTree(int root, int first, int second, long owner) {
    private static final int DIRECTORY = Fd.O_RDONLY | Fd.O_DIRECTORY | Fd.O_NOFOLLOW;
    private static final int MODE = 0700;
    private static final int OPEN_TO_OTHERS = 0077;

    /** Opens the home and the directories in it; makes what is missing. */
    static HomeTree open(BytePath path, BytePath first, BytePath second, List<BytePath> others) throws FroggrException {
        int[] opened = {-1, -1, -1};
        boolean complete = false;
        try {
            opened[0] = directory(Fd.AT_FDCWD, path, path);
            opened[1] = directory(opened[0], first, path.resolve(first));
            opened[2] = directory(opened[0], second, path.resolve(second));
            for (BytePath other : others) {
                Fd.closeQuietly(directory(opened[0], other, path.resolve(other)));
            }
            complete = true;
            return new HomeTree(opened[0], opened[1], opened[2], Ids.euid());
        } finally {
            if (!complete) {
                Fd.closeQuietly(opened);
            }
        }
    }

    private static int directory(int parent, BytePath name, BytePath shown) throws FroggrException {
        int descriptor = -1;
        try {
            makeIfMissing(parent, name);
            descriptor = Fd.openat(parent, name, DIRECTORY, 0);
            check(Stat.of(descriptor), shown);
            return descriptor;
        } catch (ErrnoException e) {
            Fd.closeQuietly(descriptor);
            throw bad(shown, why(e)).causedBy(e);
        } catch (FroggrException e) {
            Fd.closeQuietly(descriptor);
            throw e;
        }
    }

    private static void makeIfMissing(int parent, BytePath name) throws ErrnoException {
        try {
            At.mkdir(parent, name, MODE);
        } catch (ErrnoException e) {
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
        }
    }

    private static void check(Stat stat, BytePath shown) throws FroggrException {
        if (stat.uid() != Ids.euid()) {
            throw bad(shown, "belongs to user " + stat.uid() + ", not to user " + Ids.euid());
        }
        if ((stat.permissions() & OPEN_TO_OTHERS) != 0) {
            throw bad(shown, String.format("is open to others (mode %04o)", stat.permissions()));
        }
    }

    private static String why(ErrnoException e) {
        if (e.is(Errno.ELOOP) || e.is(Errno.ENOTDIR)) {
            return "is a symbolic link, or no directory";
        }
        return "cannot be used: " + Errno.describe(e.number());
    }

    /** Says what is wrong with a home. */
    static FroggrException bad(BytePath path, String why) {
        return FroggrException.of(Fault.BAD_HOME, path.quoted() + " " + why)
                .about(path)
                .hint("set FROGGR_HOME to a directory of your own with mode 0700");
    }

    void close() {
        Fd.closeQuietly(second, first, root);
    }
}
