package org.froggr.linux;

import com.sun.jna.Platform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.osgi.annotation.versioning.ProviderType;

/**
 * As whom the calling thread makes files: credentials(7) belong to threads as far as the kernel is concerned.
 * {@link #assume} and {@link #restore} come in pairs, and change nothing for other threads. Only a thread of
 * root changes its ids; one of another user changes its umask alone.
 *
 * <p>The capabilities stay: who assumes an identity has checked what it may do. They are taken back after
 * setfsuid(2) has lowered them, rather than kept by a secure bit, which a program started later would inherit.
 */
@ProviderType
public final class ThreadIdentity {
    private static final boolean ROOT = Ids.euid() == 0;
    private static final int OWN_GID = (int) Ids.egid();

    // asm/unistd_64.h, asm-generic/unistd.h
    private static final int SYS_SETFSUID = Platform.isARM() ? 151 : 122;
    private static final int SYS_SETFSGID = Platform.isARM() ? 152 : 123;

    /** linux/sched.h. */
    private static final int CLONE_FS = 0x200;

    // linux/capability.h: the header, then two times effective, permitted and inheritable
    private static final int CAPABILITY_VERSION_3 = 0x20080522;
    private static final int CAPABILITY_DATA = 8;
    private static final int CAPABILITY_BYTES = CAPABILITY_DATA + 2 * 12;

    private static final int EPERM = 1;
    private static final int UNKNOWN = -1;

    private static final ThreadLocal<ThreadIdentity> CURRENT = ThreadLocal.withInitial(ThreadIdentity::new);

    /** The umask is the thread's own after this; so are its working and root directory. */
    private final boolean ownUmask = LibcRaw.unshare(CLONE_FS) == 0;

    private final int normalUmask = readUmask();

    private int umask = normalUmask;
    private boolean otherUid;
    private boolean otherGid;

    /** Applied by {@link #mode} where the kernel cannot. */
    private int missingUmask;

    private boolean sure;

    /** What the thread may do when it is itself. */
    private final ByteBuffer capabilities =
            ByteBuffer.allocateDirect(CAPABILITY_BYTES).order(ByteOrder.nativeOrder());

    private final long header = ThreadMemory.addressOf(capabilities);

    private ThreadIdentity() {
        capabilities.putInt(0, CAPABILITY_VERSION_3);
        LibcRaw.capget(header, header + CAPABILITY_DATA);
    }

    private int readUmask() {
        if (!ownUmask) {
            return UNKNOWN;
        }
        int mask = LibcRaw.umask(077);
        LibcRaw.umask(mask);
        return mask;
    }

    /** That of the calling thread. */
    public static ThreadIdentity current() {
        return CURRENT.get();
    }

    /**
     * What this thread makes belongs to these ids from now on, and this umask applies.
     *
     * @param uid -1 for the thread's own
     * @param gid -1 for the thread's own
     * @return 0, or -EPERM if the ids cannot be had: nothing has changed then
     */
    public int assume(int uid, int gid, int mask) {
        missingUmask = ownUmask ? 0 : mask & 0777;
        setUmask(mask & 0777);
        if (ROOT && gid != OWN_GID && gid != -1) {
            LibcRaw.syscall(SYS_SETFSGID, Integer.toUnsignedLong(gid), 0, 0, 0, 0, 0);
            otherGid = true;
        }
        if (ROOT && uid != 0 && uid != -1) {
            LibcRaw.syscall(SYS_SETFSUID, Integer.toUnsignedLong(uid), 0, 0, 0, 0, 0);
            LibcRaw.capset(header, header + CAPABILITY_DATA);
            otherUid = true;
        }
        if (!sure && (otherUid || otherGid) && !has(uid, gid)) {
            restore();
            return -EPERM;
        }
        return 0;
    }

    /** setfsuid(2) does not say that it failed; asked with what is no id it says what there is. */
    private boolean has(int uid, int gid) {
        boolean hasUid = !otherUid || (int) LibcRaw.syscall(SYS_SETFSUID, -1, 0, 0, 0, 0, 0) == uid;
        boolean hasGid = !otherGid || (int) LibcRaw.syscall(SYS_SETFSGID, -1, 0, 0, 0, 0, 0) == gid;
        sure = hasUid && hasGid;
        return sure;
    }

    /**
     * The mode to make something with: the same, unless the thread could not get a umask of its own (a
     * container may forbid unshare(2)). The assumed one is applied then, though a default ACL should go first.
     */
    public int mode(int mode) {
        return mode & ~missingUmask;
    }

    /** The thread is itself again; does nothing if it is. */
    public void restore() {
        if (otherUid) {
            LibcRaw.syscall(SYS_SETFSUID, 0, 0, 0, 0, 0, 0);
            otherUid = false;
        }
        if (otherGid) {
            LibcRaw.syscall(SYS_SETFSGID, Integer.toUnsignedLong(OWN_GID), 0, 0, 0, 0, 0);
            otherGid = false;
        }
        setUmask(normalUmask);
    }

    private void setUmask(int mask) {
        if (ownUmask && mask != umask) {
            LibcRaw.umask(mask);
            umask = mask;
        }
    }
}
