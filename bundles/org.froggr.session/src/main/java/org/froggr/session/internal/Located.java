package org.froggr.session.internal;

import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.Stat;
import org.froggr.spi.presentation.MountSpace;

/**
 * A file that was looked up once and is held from then on: what is checked is what is used, whatever
 * happens to its name meanwhile.
 *
 * @param descriptor O_PATH descriptor, closed with this object
 * @param path where it is, absolute and without symbolic links
 */
record Located(int descriptor, BytePath path, Stat stat) implements AutoCloseable {
    /** Looks up a path of that namespace, following symbolic links. */
    static Located open(MountSpace space, BytePath absolute) throws ErrnoException {
        return of(space.open(absolute));
    }

    /** Takes over an O_PATH descriptor. */
    static Located of(int descriptor) throws ErrnoException {
        try {
            return new Located(descriptor, pathOf(descriptor), Stat.of(descriptor));
        } catch (ErrnoException e) {
            Fd.closeQuietly(descriptor);
            throw e;
        }
    }

    private static BytePath pathOf(int descriptor) throws ErrnoException {
        return At.readlink(Fd.AT_FDCWD, throughProc(descriptor));
    }

    /** A path that leads to the held file itself, for this process alone. */
    static BytePath throughProc(int descriptor) {
        return BytePath.of("/proc/self/fd/" + descriptor);
    }

    boolean isDirectory() {
        return stat.isDirectory();
    }

    @Override
    public void close() {
        Fd.closeQuietly(descriptor);
    }
}
