package org.froggr.linux;

import java.util.Optional;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The size of a terminal's window, ioctl_tty(2).
 *
 * @param rows lines, 0 if unknown
 * @param columns characters a line, 0 if unknown
 */
@ProviderType
public record TerminalSize(int rows, int columns) {
    // asm-generic/ioctls.h
    private static final int TIOCGWINSZ = 0x5413;
    // struct winsize is four unsigned shorts: rows, columns and two that nobody uses
    private static final int WORDS = 2;

    /** The size of what {@code fd} is open on; empty if that is no terminal. */
    public static Optional<TerminalSize> of(int fd) {
        int[] size = new int[WORDS];
        try {
            Libc.check(LibcFiles.ioctl(fd, TIOCGWINSZ, size), "ioctl TIOCGWINSZ", null);
        } catch (ErrnoException e) {
            return Optional.empty();
        }
        byte[] bytes = new byte[WORDS * Integer.BYTES];
        Libc.struct(bytes).putInt(size[0]);
        return Optional.of(new TerminalSize(
                Short.toUnsignedInt(Libc.struct(bytes).getShort(0)),
                Short.toUnsignedInt(Libc.struct(bytes).getShort(Short.BYTES))));
    }
}
