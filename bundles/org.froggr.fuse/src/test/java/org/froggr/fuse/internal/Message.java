package org.froggr.fuse.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A request as the kernel would write it; built here without the constants of the code under test. */
final class Message {
    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 21).order(ByteOrder.nativeOrder());
    private byte[] extension = {};

    private Message(int opcode, long node, long unique) {
        bytes.putInt(0).putInt(opcode).putLong(unique).putLong(node);
        bytes.putInt(1000).putInt(100).putInt(4242).putInt(0);
    }

    static Message of(int opcode, long node) {
        return new Message(opcode, node, 2);
    }

    static Message of(int opcode, long node, long unique) {
        return new Message(opcode, node, unique);
    }

    Message i32(int... values) {
        for (int value : values) {
            bytes.putInt(value);
        }
        return this;
    }

    Message i64(long... values) {
        for (long value : values) {
            bytes.putLong(value);
        }
        return this;
    }

    /** Text with a NUL at its end. */
    Message name(String text) {
        bytes.put(text.getBytes(StandardCharsets.ISO_8859_1)).put((byte) 0);
        return this;
    }

    Message data(byte[] data) {
        bytes.put(data);
        return this;
    }

    /** FUSE_EXT_GROUPS with one group, at the end. */
    Message group(int gid) {
        extension = ByteBuffer.allocate(16)
                .order(ByteOrder.nativeOrder())
                .putInt(16)
                .putInt(32)
                .putInt(1)
                .putInt(gid)
                .array();
        return this;
    }

    byte[] bytes() {
        int at = bytes.position();
        byte[] all = Arrays.copyOf(bytes.array(), at + extension.length);
        System.arraycopy(extension, 0, all, at, extension.length);
        ByteBuffer.wrap(all)
                .order(ByteOrder.nativeOrder())
                .putInt(0, all.length)
                .putShort(36, (short) (extension.length / 8));
        return all;
    }
}
