package org.froggr.session.internal.checks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.Ids;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.Processes;

/** The kernel's FUSE connections (Documentation/filesystems/fuse: fusectl), and who has their devices open. */
public final class FuseConnections {
    private static final BytePath CONTROL = BytePath.of("/sys/fs/fuse/connections");
    private static final BytePath PROC = BytePath.of("/proc");
    private static final BytePath DEVICE = BytePath.of("/dev/fuse");

    /** Of {@code /proc/PID/fdinfo/N}: fuse_dev_show_fdinfo() in fs/fuse/dev.c. */
    private static final String NUMBER = "fuse_connection:";

    private static final int MOST_BYTES = 1 << 16;

    private FuseConnections() {}

    /** Those with these numbers that exist; none where fusectl is not mounted. */
    static Map<Long, FuseConnection> read(Set<Long> numbers) {
        Map<Long, FuseConnection> found = new HashMap<>();
        Devices devices = numbers.isEmpty() ? new Devices() : Devices.ofAllProcesses();
        for (long number : numbers) {
            waiting(number).ifPresent(waiting -> found.put(
                    number,
                    new FuseConnection(
                            number, waiting, devices.holders.getOrDefault(number, Set.of()), devices.complete)));
        }
        return found;
    }

    /** How many requests are not answered; empty where the kernel does not tell. */
    public static OptionalLong waiting(long number) {
        try {
            return OptionalLong.of(Long.parseLong(text(file(number, "waiting")).strip()));
        } catch (ErrnoException | NumberFormatException e) {
            // It ended, or belongs to another user: fusectl shows each user's own.
            return OptionalLong.empty();
        }
    }

    /**
     * Ends a connection: every request that waits gets ENOTCONN, and every later one.
     *
     * @throws ErrnoException ENOENT if there is none of that number, or fusectl is not mounted
     */
    public static void abort(long number) throws ErrnoException {
        try (OwnedFd file = OwnedFd.of(Fd.open(file(number, "abort"), Fd.O_WRONLY, 0))) {
            Fd.writeFully(file.number(), new byte[] {'1'});
        }
    }

    private static List<BytePath> list(BytePath directory) throws ErrnoException {
        try (OwnedFd fd = OwnedFd.of(Fd.open(directory, Fd.O_RDONLY | Fd.O_DIRECTORY, 0))) {
            return new ArrayList<>(At.list(fd.number()));
        }
    }

    private static BytePath file(long number, String name) {
        return CONTROL.resolve(Long.toString(number)).resolve(name);
    }

    private static String text(BytePath file) throws ErrnoException {
        try (OwnedFd fd = OwnedFd.of(Fd.open(file, Fd.O_RDONLY, 0))) {
            return ByteText.decode(Fd.readFully(fd.number(), MOST_BYTES));
        }
    }

    /** Who has which device open. */
    private static final class Devices {
        private final Map<Long, Set<Long>> holders = new HashMap<>();
        private boolean complete = true;

        static Devices ofAllProcesses() {
            Devices devices = new Devices();
            try {
                for (long pid : Processes.all()) {
                    devices.look(pid);
                }
            } catch (ErrnoException e) {
                devices.complete = false;
            }
            return devices;
        }

        private void look(long pid) {
            BytePath process = PROC.resolve(Long.toString(pid));
            try {
                for (BytePath fd : list(process.resolve("fd"))) {
                    if (isDevice(process.resolve("fd").resolve(fd))) {
                        note(pid, process.resolve("fdinfo").resolve(fd));
                    }
                }
            } catch (ErrnoException e) {
                // Ended, a kernel thread, or another user's: only what is ours matters, and only root has more.
                complete &= Ids.euid() == 0 || !isOurs(pid);
            }
        }

        private static boolean isOurs(long pid) {
            try {
                return Processes.euid(pid) == Ids.euid();
            } catch (ErrnoException e) {
                return false;
            }
        }

        private static boolean isDevice(BytePath link) {
            try {
                return At.readlink(Fd.AT_FDCWD, link).equals(DEVICE);
            } catch (ErrnoException e) {
                // Closed meanwhile.
                return false;
            }
        }

        private void note(long pid, BytePath information) {
            try {
                OptionalLong number = text(information).lines()
                        .filter(line -> line.startsWith(NUMBER))
                        .mapToLong(line -> Long.parseLong(line.substring(NUMBER.length()).strip()))
                        .findFirst();
                number.ifPresent(n -> holders.computeIfAbsent(n, key -> new HashSet<>()).add(pid));
                // A device that was opened and not mounted yet has no number; a kernel that tells none is alike.
                complete &= number.isPresent();
            } catch (ErrnoException e) {
                // Closed meanwhile, and asked again in the next round.
                complete = false;
            }
        }
    }
}
