package org.froggr.spi.tree;

import java.util.Arrays;
import org.froggr.api.ByteText;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One component of a path, or the name of an extended attribute: bytes other than NUL, no slash in a
 * component. A view of memory that is used again; {@link #bytes} is what may be kept.
 */
@ConsumerType
public abstract class FileName {
    /** A name of these bytes, which must not be changed any more. */
    public static FileName of(byte[] bytes) {
        return new Fixed(bytes);
    }

    /** A name from text as {@link ByteText} decodes it. */
    public static FileName of(String text) {
        return new Fixed(ByteText.encode(text));
    }

    /** Length in bytes. */
    public abstract int length();

    /** Address of the bytes in memory, with a NUL at the end; 0 if they are in the heap. */
    public abstract long address();

    /** The bytes. The array is made once a name, may be kept, and must not be changed. */
    public abstract byte[] bytes();

    /** Whether it consists of these bytes. */
    public abstract boolean is(byte[] other);

    @Override
    public final String toString() {
        return ByteText.decode(bytes());
    }

    private static final class Fixed extends FileName {
        private final byte[] bytes;

        Fixed(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int length() {
            return bytes.length;
        }

        @Override
        public long address() {
            return 0;
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public boolean is(byte[] other) {
            return Arrays.equals(bytes, other);
        }
    }
}
