package org.froggr.namespace.internal;

import java.nio.ByteBuffer;

/**
 * What a file of a union is found by in the next process: the union's number, the member's id, and by what the
 * member finds it.
 */
record UnionHandle(long head, long member, byte[] inMember) {
    private static final int PREFIX = 16;

    /** Of the 160 that FileNode.persistentHandle permits. */
    static final int MOST_IN_MEMBER = 160 - PREFIX;

    /** Null if it is none. */
    static UnionHandle parse(byte[] bytes) {
        if (bytes.length < PREFIX) {
            return null;
        }
        ByteBuffer packed = ByteBuffer.wrap(bytes);
        byte[] inMember = new byte[bytes.length - PREFIX];
        packed.get(PREFIX, inMember);
        return new UnionHandle(packed.getLong(0), packed.getLong(8), inMember);
    }

    byte[] bytes() {
        return ByteBuffer.allocate(PREFIX + inMember.length)
                .putLong(head)
                .putLong(member)
                .put(inMember)
                .array();
    }
}
