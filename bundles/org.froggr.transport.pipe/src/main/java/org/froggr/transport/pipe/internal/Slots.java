package org.froggr.transport.pipe.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.Ids;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.PidFd;
import org.froggr.linux.Stat;

/** The directory {@code platform/slots} and what is in it. Thread-safe. */
final class Slots {
    /** How many there are from the start; clients know this number. */
    static final int BASE = 64;

    /** How many there may be. */
    static final int MAX = 512;

    private static final BytePath NAME = BytePath.of("slots");
    private static final int OWNER_ONLY = 0700;
    private static final int PERMISSIONS = 07777;
    private static final String REPLY = ".reply";
    private static final String BACK = ".back.";

    private final int platform;
    private final List<Slot> slots = new ArrayList<>();
    /** Directories that were removed or replaced; slots in use may need them until they are mended. */
    private final List<OwnedFd> retired = new ArrayList<>();
    private OwnedFd directory;
    private Stat identity;

    /** Makes them, or takes over what a platform before this one left. */
    Slots(int platform) throws ErrnoException {
        this.platform = platform;
        attach();
        try {
            int count = BASE;
            for (BytePath name : At.list(directory.number())) {
                count = Math.max(count, numberOf(name.toString()) + 1);
            }
            add(Math.min(count, MAX));
        } catch (ErrnoException e) {
            close();
            throw e;
        }
    }

    private static int numberOf(String name) {
        String digits = name.endsWith(REPLY) ? name.substring(0, name.length() - REPLY.length()) : "";
        return digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : -1;
    }

    private void attach() throws ErrnoException {
        OwnedFd next = OwnedFd.of(open());
        try {
            identity = Stat.of(next.number());
        } catch (ErrnoException e) {
            next.close();
            throw e;
        }
        directory = next;
    }

    private int open() throws ErrnoException {
        try {
            return openChecked();
        } catch (ErrnoException e) {
            Names.remove(platform, NAME);
            At.mkdir(platform, NAME, OWNER_ONLY);
            return openChecked();
        }
    }

    private int openChecked() throws ErrnoException {
        Stat stat = Stat.at(platform, NAME, false);
        if (stat.isDirectory() && stat.uid() == Ids.euid() && (stat.mode() & PERMISSIONS) != OWNER_ONLY) {
            At.chmod(platform, NAME, OWNER_ONLY);
        }
        int fd = Fd.openat(platform, NAME, Fd.O_RDONLY | Fd.O_DIRECTORY | Fd.O_NOFOLLOW, 0);
        if (Stat.of(fd).uid() != Ids.euid()) {
            Fd.closeQuietly(fd);
            throw new ErrnoException(Errno.EPERM.number(), "openat", NAME);
        }
        return fd;
    }

    private void add(int count) throws ErrnoException {
        while (slots.size() < count) {
            slots.add(new Slot(slots.size(), directory.number()));
        }
    }

    synchronized Optional<Slot> get(int number) {
        return number < slots.size() ? Optional.of(slots.get(number)) : Optional.empty();
    }

    synchronized List<Slot> all() {
        return List.copyOf(slots);
    }

    /** Makes as many again as are in use, if most of them are. */
    synchronized void grow(int used) throws ErrnoException {
        if (used > slots.size() / 2) {
            add(Math.min(MAX, slots.size() + BASE));
        }
    }

    /** Makes anew what clients cannot reach; returns whether all was well. */
    synchronized boolean mend() throws ErrnoException {
        boolean well = isReachable();
        if (!well) {
            retired.add(directory);
            attach();
        }
        for (Slot slot : slots) {
            well &= slot.mend(directory.number());
        }
        for (OwnedFd old : List.copyOf(retired)) {
            if (slots.stream().noneMatch(slot -> slot.directory() == old.number())) {
                retired.remove(old);
                old.close();
            }
        }
        return well;
    }

    private boolean isReachable() throws ErrnoException {
        try {
            Stat named = Stat.at(platform, NAME, false);
            return named.sameFile(identity) && (named.mode() & PERMISSIONS) == OWNER_ONLY;
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                return false;
            }
            throw e;
        }
    }

    /** Removes requests that clients have withdrawn, and died before they could remove them. */
    void sweep() throws ErrnoException {
        int dir;
        synchronized (this) {
            dir = directory.number();
        }
        for (BytePath name : At.list(dir)) {
            String text = name.toString();
            int back = text.indexOf(BACK);
            if (back > 0 && !isAlive(text.substring(back + BACK.length()))) {
                Names.remove(dir, name);
            }
        }
    }

    private static boolean isAlive(String pid) throws ErrnoException {
        if (!pid.matches("[0-9]{1,9}")) {
            return false;
        }
        try (PidFd process = PidFd.open(Long.parseLong(pid))) {
            return !process.exited();
        } catch (ErrnoException e) {
            if (e.is(Errno.ESRCH) || e.is(Errno.EINVAL)) {
                return false;
            }
            throw e;
        }
    }

    /** Removes everything, but requests that nobody has taken and their directory. */
    synchronized void close() throws ErrnoException {
        for (Slot slot : slots) {
            slot.close();
        }
        directory.close();
        for (OwnedFd old : retired) {
            old.close();
        }
        try {
            At.rmdir(platform, NAME);
        } catch (ErrnoException e) {
            if (!e.is(Errno.ENOTEMPTY) && !e.is(Errno.ENOENT) && !e.is(Errno.ENOTDIR)) {
                throw e;
            }
        }
    }
}
