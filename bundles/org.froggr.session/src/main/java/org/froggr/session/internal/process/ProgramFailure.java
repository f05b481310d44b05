package org.froggr.session.internal.process;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/** Finds the kernel's error in what mount(8), umount(8) and their like print in the C locale. */
final class ProgramFailure {
    /** What programs add to the message: a hint of libmount's, the trace of xargs. */
    private static final String AFTERTHOUGHT = "\\s+(dmesg\\(1\\) may have|xargs: \\S+: exited with).*$";

    /** Where libmount has words of its own (libmount/src/context_mount.c and context_umount.c). */
    private static final Map<String, Errno> PHRASES = new LinkedHashMap<>();

    static {
        PHRASES.put("a path prefix is not a directory)", Errno.ENOTDIR);
        PHRASES.put("mount point is not a directory", Errno.ENOTDIR);
        PHRASES.put("does not exist", Errno.ENOENT);
        PHRASES.put("target is busy", Errno.EBUSY);
        PHRASES.put("already mounted or mount point busy", Errno.EBUSY);
        PHRASES.put("not mounted", Errno.EINVAL);
        // fusermount3(1)
        PHRASES.put("not found in /etc/mtab", Errno.EINVAL);
        PHRASES.put("not found in /proc/mounts", Errno.EINVAL);
        PHRASES.put("no mount point specified", Errno.EINVAL);
        PHRASES.put("or bad option", Errno.EINVAL);
        PHRASES.put("or other error", Errno.EINVAL);
        PHRASES.put("must be superuser to use mount", Errno.EPERM);
        PHRASES.put("must be superuser to unmount", Errno.EPERM);
        PHRASES.put("explicit read-write mode requested", Errno.EROFS);
        PHRASES.put("mount table full", Errno.EMFILE);
    }

    private ProgramFailure() {}

    /**
     * @param command what was run; its program names the operation, its last argument the path
     * @param said its complaint, in one line
     */
    static ErrnoException of(List<BytePath> command, String said) {
        String text = said.replaceFirst(AFTERTHOUGHT, "").strip();
        String plain = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        Errno errno = byErrorText(plain).or(() -> byPhrase(plain)).orElse(Errno.EIO);
        return new ErrnoException(
                errno.number(), command.get(0).fileName().toString(), command.get(command.size() - 1));
    }

    private static Optional<Errno> byErrorText(String said) {
        String lower = said.toLowerCase(Locale.ROOT);
        return Arrays.stream(Errno.values())
                .filter(e -> lower.endsWith(e.text().toLowerCase(Locale.ROOT)))
                .max(Comparator.comparingInt(e -> e.text().length()));
    }

    private static Optional<Errno> byPhrase(String said) {
        return PHRASES.entrySet().stream()
                .filter(e -> said.endsWith(e.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
