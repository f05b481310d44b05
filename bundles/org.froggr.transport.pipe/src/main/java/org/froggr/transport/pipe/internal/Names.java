package org.froggr.transport.pipe.internal;

import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;

/** Names in the transport's directories. */
final class Names {
    private Names() {}

    /**
     * Removes a file, or a directory that is empty; it need not exist.
     *
     * @throws ErrnoException ENOTEMPTY for a directory with something in it, which is not ours to remove
     */
    static void remove(int directory, BytePath name) throws ErrnoException {
        try {
            At.unlink(directory, name);
        } catch (ErrnoException e) {
            if (e.is(Errno.EISDIR)) {
                At.rmdir(directory, name);
            } else if (!e.is(Errno.ENOENT)) {
                throw e;
            }
        }
    }
}
