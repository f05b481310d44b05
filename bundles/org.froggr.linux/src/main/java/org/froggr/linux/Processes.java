package org.froggr.linux;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What {@code /proc} says of processes, proc(5). All of it fails with ENOENT or ESRCH when the process is
 * gone, and with EACCES where it may not be looked at (ptrace(2)).
 */
@ProviderType
public final class Processes {
    private static final BytePath PROC = BytePath.of("/proc");
    private static final int MAX_BYTES = 16 * 1024 * 1024;
    private static final int KIB = 1024;

    private Processes() {}

    /** The ids of all processes that can be seen, in ascending order. */
    public static long[] all() throws ErrnoException {
        try (OwnedFd proc = OwnedFd.of(Fd.open(PROC, Fd.O_RDONLY | Fd.O_DIRECTORY, 0))) {
            return At.list(proc.number()).stream()
                    .map(BytePath::toString)
                    .filter(name -> name.chars().allMatch(c -> c >= '0' && c <= '9'))
                    .mapToLong(Long::parseLong)
                    .sorted()
                    .toArray();
        }
    }

    /** Memory in bytes, shared pages counted in proportion: PSS of {@code smaps_rollup}. */
    public static long pss(long pid) throws ErrnoException {
        return kibibytes(ByteText.decode(readFile(of(pid, "smaps_rollup"), MAX_BYTES)), "Pss:");
    }

    /** Memory in bytes that is resident: VmRSS of {@code status}; 0 for a zombie. */
    public static long rss(long pid) throws ErrnoException {
        return kibibytes(ByteText.decode(readFile(of(pid, "status"), MAX_BYTES)), "VmRSS:");
    }

    private static long kibibytes(String text, String key) {
        return text.lines()
                .filter(line -> line.startsWith(key))
                .findFirst()
                .map(line -> line.replaceAll("\\D", ""))
                .map(number -> Long.parseLong(number) * KIB)
                .orElse(0L);
    }

    /** How many descriptors it has open. */
    public static int descriptors(long pid) throws ErrnoException {
        BytePath path = of(pid, "fd");
        try (OwnedFd dir = OwnedFd.of(Fd.open(path, Fd.O_RDONLY | Fd.O_DIRECTORY, 0))) {
            return At.list(dir.number()).size();
        }
    }

    /**
     * Its effective user id: owner of {@code /proc/PID}. Root, also for a process of another user that
     * may not be dumped (prctl(2), PR_SET_DUMPABLE).
     */
    public static long euid(long pid) throws ErrnoException {
        return Stat.at(Fd.AT_FDCWD, BytePath.of("/proc/" + pid), true).uid();
    }

    /** Its arguments, each ended by NUL unless it changed them; empty for a zombie. */
    public static byte[] commandLine(long pid) throws ErrnoException {
        return readFile(of(pid, "cmdline"), MAX_BYTES);
    }

    /** The {@code NAME=value} words it was started with. */
    public static List<byte[]> environment(long pid) throws ErrnoException {
        byte[] all = readFile(of(pid, "environ"), MAX_BYTES);
        List<byte[]> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < all.length; i++) {
            if (all[i] == 0) {
                words.add(Arrays.copyOfRange(all, start, i));
                start = i + 1;
            }
        }
        return words;
    }

    /** One variable of the environment that it was started with. */
    public static Optional<byte[]> environment(long pid, String name) throws ErrnoException {
        byte[] key = ByteText.encode(name + "=");
        return environment(pid).stream()
                .filter(word -> word.length >= key.length && Arrays.equals(word, 0, key.length, key, 0, key.length))
                .map(word -> Arrays.copyOfRange(word, key.length, word.length))
                .findFirst();
    }

    /** Inode number of its mount namespace, namespaces(7). */
    public static long mountNamespace(long pid) throws ErrnoException {
        return Stat.at(Fd.AT_FDCWD, of(pid, "ns/mnt"), true).inode();
    }

    /** The id that this boot of the machine has, random(4): what was written under another one is history. */
    public static String bootId() throws ErrnoException {
        return ByteText.decode(readFile(BytePath.of("/proc/sys/kernel/random/boot_id"), MAX_BYTES)).strip();
    }

    private static BytePath of(long pid, String file) {
        return BytePath.of("/proc/" + pid + "/" + file);
    }

    /** A file whole; errors of reading name it, too. */
    static byte[] readFile(BytePath path, int limit) throws ErrnoException {
        try (OwnedFd fd = OwnedFd.of(Fd.open(path, Fd.O_RDONLY, 0))) {
            return Fd.readFully(fd.number(), limit);
        } catch (ErrnoException e) {
            throw e.path() == null ? new ErrnoException(e.number(), e.operation(), path) : e;
        }
    }
}
