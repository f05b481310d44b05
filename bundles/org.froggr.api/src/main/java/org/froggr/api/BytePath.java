package org.froggr.api;

import java.util.Arrays;
import java.util.Objects;

/**
 * A path of the kernel: bytes, of which only NUL is impossible (path_resolution(7)). A
 * {@link java.nio.file.Path} cannot carry every such name; this class is used for all of them.
 *
 * <p>A path is kept as it was given: nothing is normalised, since only the kernel can say what
 * {@code ..} means. Immutable; ordered by unsigned bytes.
 */
public final class BytePath implements Comparable<BytePath> {
    /** Longest path the kernel takes, in bytes, without the NUL ({@code PATH_MAX - 1}, limits.h). */
    public static final int MAX_PATH_BYTES = 4095;

    /** Longest component, in bytes ({@code NAME_MAX}, limits.h). */
    public static final int MAX_NAME_BYTES = 255;

    /** The root directory. */
    public static final BytePath ROOT = of("/");

    private final byte[] bytes;

    private BytePath(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A path of these bytes, which are copied.
     *
     * @throws IllegalArgumentException if there is a NUL among them
     */
    public static BytePath of(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                throw new IllegalArgumentException("a path cannot hold NUL");
            }
        }
        return new BytePath(bytes.clone());
    }

    /** A path from text as {@link ByteText} decodes it. */
    public static BytePath of(String text) {
        return of(ByteText.encode(text));
    }

    /** A copy of the bytes, without a NUL at the end. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes with a NUL at the end, as system calls take them. */
    public byte[] cString() {
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    /** Length in bytes. */
    public int length() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    public boolean isAbsolute() {
        return bytes.length > 0 && bytes[0] == '/';
    }

    /** {@code other} if it is absolute, else this path, a slash, and {@code other}. */
    public BytePath resolve(BytePath other) {
        Objects.requireNonNull(other);
        if (other.isAbsolute() || isEmpty()) {
            return other;
        }
        if (other.isEmpty()) {
            return this;
        }
        boolean slash = bytes[bytes.length - 1] == '/';
        byte[] joined = Arrays.copyOf(bytes, bytes.length + (slash ? 0 : 1) + other.bytes.length);
        if (!slash) {
            joined[bytes.length] = '/';
        }
        System.arraycopy(other.bytes, 0, joined, joined.length - other.bytes.length, other.bytes.length);
        return new BytePath(joined);
    }

    /** {@link #resolve(BytePath)} of a path given as text. */
    public BytePath resolve(String other) {
        return resolve(of(other));
    }

    /** This path without slashes at the end; {@code /} stays. */
    public BytePath withoutTrailingSlashes() {
        int end = bytes.length;
        while (end > 1 && bytes[end - 1] == '/') {
            end--;
        }
        return end == bytes.length ? this : new BytePath(Arrays.copyOf(bytes, end));
    }

    /** The last component as text of bytes, empty for {@code /}. */
    public BytePath fileName() {
        BytePath path = withoutTrailingSlashes();
        int slash = path.lastSlash();
        return new BytePath(Arrays.copyOfRange(path.bytes, slash + 1, path.bytes.length));
    }

    /** All but the last component; {@code .} for a relative path of one component, {@code /} for the root. */
    public BytePath parent() {
        BytePath path = withoutTrailingSlashes();
        int slash = path.lastSlash();
        if (slash < 0) {
            return of(".");
        }
        return slash == 0 ? ROOT : new BytePath(Arrays.copyOf(path.bytes, slash)).withoutTrailingSlashes();
    }

    private int lastSlash() {
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] == '/') {
                return i;
            }
        }
        return -1;
    }

    /** Whether this is {@code ancestor} or lies below it, judged by components and not by links. */
    public boolean startsWith(BytePath ancestor) {
        byte[] a = ancestor.withoutTrailingSlashes().bytes;
        if (a.length == 1 && a[0] == '/') {
            return isAbsolute();
        }
        return bytes.length >= a.length
                && Arrays.equals(bytes, 0, a.length, a, 0, a.length)
                && (bytes.length == a.length || bytes[a.length] == '/');
    }

    /** The path as {@link ByteText}; {@link #of(String)} gives it back. */
    @Override
    public String toString() {
        return ByteText.decode(bytes);
    }

    /** The path as one word for a POSIX shell, as messages show it. See {@link ShellWord}. */
    public String quoted() {
        return ShellWord.quote(bytes);
    }

    @Override
    public int compareTo(BytePath other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BytePath path && Arrays.equals(bytes, path.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
