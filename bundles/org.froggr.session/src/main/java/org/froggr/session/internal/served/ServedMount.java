package org.froggr.session.internal.served;

import org.froggr.api.ErrnoException;
import org.froggr.linux.OwnedFd;

/** The mount of a session's file system, and the kernel's device for it. */
abstract class ServedMount implements AutoCloseable {
    private final OwnedFd device;

    /** @param device owned by this object from now on */
    ServedMount(OwnedFd device) {
        this.device = device;
    }

    /** Device number of the file system, as {@link org.froggr.linux.Stat#device}. */
    abstract long number();

    /** Unmounts it, whoever still has files open in it. */
    abstract void unmount() throws ErrnoException;

    /** Descriptor of the device, owned by this object. */
    final int device() {
        return device.number();
    }

    /** Gives back the device and leaves the mount. */
    final void letGo() {
        try {
            device.close();
        } catch (ErrnoException e) {
            return;
        }
    }

    /** Unmounts it, and gives back the device. */
    @Override
    public final void close() throws ErrnoException {
        try {
            unmount();
        } finally {
            device.close();
        }
    }
}
