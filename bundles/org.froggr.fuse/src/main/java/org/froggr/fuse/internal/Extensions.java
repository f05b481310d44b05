package org.froggr.fuse.internal;

import java.nio.ByteBuffer;

/** What may stand behind the arguments of a request: struct fuse_ext_header, each with data of its type. */
final class Extensions {
    private static final int NO_GROUP = -1;

    private Extensions() {}

    /**
     * The supplementary group of whoever asks that is the directory's (FUSE_EXT_GROUPS).
     *
     * @return -1 if none was said
     */
    static int group(ByteBuffer memory, int from, int bytes) {
        int at = from;
        int left = bytes;
        while (left >= FuseWire.EXTENSION_HEADER) {
            int size = memory.getInt(at + FuseWire.EXTENSION_SIZE);
            if (size < FuseWire.EXTENSION_HEADER || size > left) {
                break;
            }
            if (memory.getInt(at + FuseWire.EXTENSION_TYPE) == FuseWire.EXTENSION_GROUPS
                    && size >= FuseWire.GROUPS_FIRST + Integer.BYTES
                    && memory.getInt(at + FuseWire.GROUPS_COUNT) > 0) {
                return memory.getInt(at + FuseWire.GROUPS_FIRST);
            }
            at += FuseWire.align(size);
            left -= FuseWire.align(size);
        }
        return NO_GROUP;
    }
}
