package org.froggr.spi.tree;

import org.osgi.annotation.versioning.ProviderType;

/** What is to be changed of a file: a plain structure, as struct iattr of linux/fs.h. */
@ProviderType
public final class AttributeChanges {
    // Bits of what; the same as FATTR_ of linux/fuse.h
    public static final int MODE = 1;
    public static final int UID = 1 << 1;
    public static final int GID = 1 << 2;
    public static final int SIZE = 1 << 3;
    public static final int ACCESS_TIME = 1 << 4;
    public static final int MODIFY_TIME = 1 << 5;

    /** With {@link #ACCESS_TIME}: the present time. */
    public static final int ACCESS_NOW = 1 << 7;

    /** With {@link #MODIFY_TIME}: the present time. */
    public static final int MODIFY_NOW = 1 << 8;

    /** The change takes S_ISUID, and S_ISGID of what the group may execute, away. */
    public static final int CLEAR_SET_IDS = 1 << 11;

    /** Which of the fields count. */
    public int what;

    public int mode;
    public int uid;
    public int gid;

    /** Bytes. */
    public long size;

    public long accessSeconds;
    public int accessNanos;
    public long modifySeconds;
    public int modifyNanos;

    /** Whether any of these bits is set. */
    public boolean has(int bits) {
        return (what & bits) != 0;
    }
}
