package org.froggr.session.internal.served;

import org.froggr.api.ErrnoException;

/** The mount of a session's file system, and the kernel's device for it. */
interface ServedMount extends AutoCloseable {
    /** Device number of the file system, as {@link org.froggr.linux.Stat#device}. */
    long number();

    /** Descriptor of the device, owned by this object. */
    int device();

    /** Gives back the device and leaves the mount. */
    void letGo();

    /** Unmounts it, whoever still has files open in it, and gives back the device. */
    @Override
    void close() throws ErrnoException;
}
