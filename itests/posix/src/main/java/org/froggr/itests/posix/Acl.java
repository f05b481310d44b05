package org.froggr.itests.posix;

import java.nio.ByteBuffer;
import org.froggr.api.ErrnoException;

/** POSIX access control lists in the form of their attribute, linux/posix_acl_xattr.h. */
final class Acl {
    static final String ACCESS = "system.posix_acl_access";
    static final String DEFAULT = "system.posix_acl_default";

    static final int USER_OBJ = 0x01;
    static final int USER = 0x02;
    static final int GROUP_OBJ = 0x04;
    static final int GROUP = 0x08;
    static final int MASK = 0x10;
    static final int OTHER = 0x20;

    private static final int VERSION = 2;
    private static final int HEADER_BYTES = 4;
    private static final int ENTRY_BYTES = 8;
    private static final int ROOM = 4096;

    private Acl() {}

    /** One line of a list; {@code id} is -1 where the tag has none. */
    record Entry(int tag, int permissions, int id) {}

    static Entry entry(int tag, int permissions) {
        return new Entry(tag, permissions, -1);
    }

    static Entry entry(int tag, int permissions, int id) {
        return new Entry(tag, permissions, id);
    }

    /** Entries must be sorted by tag, then id. */
    static byte[] bytes(Entry... entries) {
        byte[] bytes = new byte[HEADER_BYTES + ENTRY_BYTES * entries.length];
        ByteBuffer b = Call.struct(bytes).putInt(VERSION);
        for (Entry entry : entries) {
            b.putShort((short) entry.tag()).putShort((short) entry.permissions()).putInt(entry.id());
        }
        return bytes;
    }

    static void set(String name, String kind, Entry... entries) throws ErrnoException {
        Xattrs.set(name, kind, bytes(entries), 0);
    }

    /** Permissions of the entry, -1 if there is none. */
    static int get(String name, String kind, int tag, int id) throws ErrnoException {
        byte[] value = Xattrs.getBytes(name, kind, ROOM);
        ByteBuffer b = Call.struct(value);
        for (int at = HEADER_BYTES; at < value.length; at += ENTRY_BYTES) {
            if (b.getShort(at) == tag && (id == -1 || b.getInt(at + 4) == id)) {
                return b.getShort(at + 2);
            }
        }
        return -1;
    }
}
