package org.froggr.shell.internal.doctor;

import java.util.Optional;
import java.util.OptionalLong;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.OwnedFd;

/** Small files in which the kernel tells how it is set: {@code /proc}, {@code /sys}. */
final class SystemText {
    private static final int MOST_BYTES = 1 << 20;

    private final BytePath root;

    /** @param root {@code /}, or what stands for it in a test */
    SystemText(BytePath root) {
        this.root = root;
    }

    /** The text of a file, if it is there and may be read. */
    Optional<String> find(String file) {
        try (OwnedFd fd = OwnedFd.of(Fd.open(root.resolve(file), Fd.O_RDONLY | Fd.O_NONBLOCK, 0))) {
            return Optional.of(ByteText.decode(Fd.readFully(fd.number(), MOST_BYTES)));
        } catch (ErrnoException e) {
            return Optional.empty();
        }
    }

    /** The number that is all of its text. */
    OptionalLong number(String file) {
        return find(file).map(String::strip)
                .filter(text -> text.matches("\\d{1,18}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElseGet(OptionalLong::empty);
    }

    /** A setting by its name as sysctl(8) has it. */
    OptionalLong setting(String name) {
        return number("proc/sys/" + name.replace('.', '/'));
    }
}
