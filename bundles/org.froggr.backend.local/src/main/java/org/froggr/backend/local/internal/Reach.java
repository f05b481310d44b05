package org.froggr.backend.local.internal;

import java.util.ArrayList;
import java.util.List;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.RawFiles;
import org.froggr.linux.RawNames;
import org.froggr.linux.ThreadMemory;

/**
 * How a node is got at: through a descriptor if there is one that means it, else by a name in its directory.
 * What is found by name is compared with the node; what somebody has put in its place is ESTALE, so that the
 * kernel looks the name up again.
 */
final class Reach {
    private static final int LOOK = Fd.AT_SYMLINK_NOFOLLOW | RawFiles.AT_NO_AUTOMOUNT;

    /** More than any tree is deep; names that were changed from outside might lead in a circle. */
    private static final int MAX_DEPTH = 100_000;

    private final NodeTable nodes;
    private final DirectoryCache cache;

    Reach(NodeTable nodes, DirectoryCache cache) {
        this.nodes = nodes;
        this.cache = cache;
    }

    /**
     * Looks at a node; the result is in the thread's memory.
     *
     * @return whether it was found by a name in a directory that has been watched since before
     */
    boolean stat(LocalNode node, ThreadMemory memory) throws ErrnoException {
        Descriptor descriptor = pinExisting(node);
        if (descriptor == null) {
            return statByName(node, memory);
        }
        try {
            Failure.check(RawFiles.stat(descriptor.fd(), memory.stat()), "statx");
            return false;
        } finally {
            descriptor.unpin();
        }
    }

    /** A descriptor that means the node, with one more user; null if there is none now. */
    Descriptor pinExisting(LocalNode node) {
        if (node instanceof LocalDirectory directory) {
            return cache.pinExisting(directory);
        }
        return node.extras == null ? null : nodes.pin(node);
    }

    private boolean statByName(LocalNode node, ThreadMemory memory) throws ErrnoException {
        while (true) {
            byte[] name = node.name;
            LocalDirectory parent = node.parent;
            if (name == null || parent == null) {
                throw Failure.stale("statx");
            }
            boolean watched = parent.isWatched();
            if (statAt(node, parent, name, memory)) {
                return watched;
            }
            if (!nodes.tryAnother(node, parent, name)) {
                throw Failure.stale("statx");
            }
        }
    }

    /** Whether that name means the node. */
    private boolean statAt(LocalNode node, LocalDirectory parent, byte[] name, ThreadMemory memory)
            throws ErrnoException {
        Descriptor directory = directory(parent);
        try {
            int result = RawFiles.stat(directory.fd(), memory.first(name), LOOK, memory.stat());
            return isFound(result, "statx") && node.isSame(memory.stat());
        } finally {
            directory.unpin();
        }
    }

    private static boolean isFound(int result, String operation) throws ErrnoException {
        if (result >= 0) {
            return true;
        }
        if (result == -Failure.ENOENT || result == -Failure.ENOTDIR || result == -Failure.ELOOP) {
            return false;
        }
        throw Failure.of(result, operation);
    }

    /** Asks for something by a name. */
    interface Question {
        /** @return what the call returned, perhaps a negated errno */
        int ask(int dir, long path, byte[] name) throws ErrnoException;
    }

    /** Asks by a name of the node, and looks then whether it was the node that answered. */
    int byName(LocalNode node, Question question, ThreadMemory memory) throws ErrnoException {
        while (true) {
            byte[] name = node.name;
            LocalDirectory parent = node.parent;
            if (name == null || parent == null) {
                throw Failure.stale("lookup");
            }
            Descriptor directory = directory(parent);
            int answer;
            try {
                answer = question.ask(directory.fd(), memory.first(name), name);
            } finally {
                directory.unpin();
            }
            if (statAt(node, parent, name, memory)) {
                return answer;
            }
            if (!nodes.tryAnother(node, parent, name)) {
                throw Failure.stale("lookup");
            }
        }
    }

    /** A descriptor that means the node and cannot mean anything else, with one more user: perhaps O_PATH. */
    Descriptor pin(LocalNode node, ThreadMemory memory) throws ErrnoException {
        if (node instanceof LocalDirectory directory) {
            return directory(directory);
        }
        Descriptor existing = pinExisting(node);
        return existing != null ? existing : Descriptor.path(openByName(node, Fd.O_PATH, memory));
    }

    /**
     * Opens a regular file with flags of open(2), or anything with O_PATH; afterwards the thread's memory has
     * its attributes.
     */
    int open(LocalNode node, int flags, ThreadMemory memory) throws ErrnoException {
        Descriptor existing = pinExisting(node);
        if (existing == null) {
            return openByName(node, flags, memory);
        }
        try {
            int fd = reopen(existing.fd(), flags, memory);
            int result = RawFiles.stat(fd, memory.stat());
            if (result < 0) {
                RawFiles.close(fd);
            }
            Failure.check(result, "statx");
            return fd;
        } finally {
            existing.unpin();
        }
    }

    /** Opens once more what a descriptor means. */
    int reopen(int fd, int flags, ThreadMemory memory) throws ErrnoException {
        int opened = RawFiles.open(Fd.AT_FDCWD, memory.path(fd), flags | Fd.O_NOCTTY, 0);
        if (cache.makeRoom(opened)) {
            opened = RawFiles.open(Fd.AT_FDCWD, memory.path(fd), flags | Fd.O_NOCTTY, 0);
        }
        return Failure.check(opened, "open");
    }

    private int openByName(LocalNode node, int flags, ThreadMemory memory) throws ErrnoException {
        while (true) {
            byte[] name = node.name;
            LocalDirectory parent = node.parent;
            if (name == null || parent == null) {
                throw Failure.stale("open");
            }
            int fd = openAt(node, parent, name, flags, memory);
            if (fd >= 0) {
                return fd;
            }
            if (!nodes.tryAnother(node, parent, name)) {
                throw Failure.stale("open");
            }
        }
    }

    /** A descriptor, or -1 if the name does not mean the node. */
    private int openAt(LocalNode node, LocalDirectory parent, byte[] name, int flags, ThreadMemory memory)
            throws ErrnoException {
        Descriptor directory = directory(parent);
        int fd;
        try {
            fd = openNoFollow(directory.fd(), memory.first(name), flags);
        } finally {
            directory.unpin();
        }
        if (fd == -Failure.ENXIO || !isFound(fd, "open")) {
            return -1;
        }
        int result = RawFiles.stat(fd, memory.stat());
        if (result == 0 && node.isSame(memory.stat())) {
            return fd;
        }
        RawFiles.close(fd);
        Failure.check(result, "statx");
        return -1;
    }

    /**
     * O_NONBLOCK, so that a FIFO that took a file's place does not hold the caller up; ENXIO is what it may
     * say then. A lease would be reported and not waited for: so wait.
     */
    private int openNoFollow(int dir, long name, int flags) {
        int safe = flags | Fd.O_NOFOLLOW | Fd.O_NOCTTY | Fd.O_NONBLOCK;
        int fd = RawFiles.open(dir, name, safe, 0);
        if (cache.makeRoom(fd)) {
            fd = RawFiles.open(dir, name, safe, 0);
        }
        return fd == -Failure.EAGAIN ? RawFiles.open(dir, name, safe & ~Fd.O_NONBLOCK, 0) : fd;
    }

    /** Where a symbolic link points. */
    byte[] readLink(LocalNode node) throws ErrnoException {
        ThreadMemory memory = ThreadMemory.current();
        Descriptor link = pin(node, memory);
        try {
            int length = RawNames.readLink(
                    link.fd(), ThreadMemory.EMPTY, memory.secondAddress(), ThreadMemory.MAX_STRING_BYTES);
            byte[] target = new byte[Failure.check(length, "readlinkat")];
            memory.secondBytes().get(0, target);
            return target;
        } finally {
            link.unpin();
        }
    }

    /**
     * A directory's descriptor with one more user, opened from above if there is none: what the thread's
     * memory holds is lost then.
     */
    Descriptor directory(LocalDirectory directory) throws ErrnoException {
        Descriptor descriptor = cache.pinExisting(directory);
        return descriptor != null ? descriptor : openFromAbove(directory);
    }

    private Descriptor openFromAbove(LocalDirectory directory) throws ErrnoException {
        List<LocalDirectory> missing = new ArrayList<>();
        LocalDirectory at = directory;
        Descriptor descriptor = null;
        while (descriptor == null) {
            missing.add(at);
            at = at.parent;
            if (at == null || missing.size() > MAX_DEPTH) {
                throw Failure.stale("open");
            }
            descriptor = cache.pinExisting(at);
        }
        for (int i = missing.size() - 1; i >= 0; i--) {
            Descriptor above = descriptor;
            try {
                descriptor = openBelow(missing.get(i), above);
            } finally {
                above.unpin();
            }
        }
        return descriptor;
    }

    private Descriptor openBelow(LocalDirectory directory, Descriptor above) throws ErrnoException {
        byte[] name = directory.name;
        if (name == null) {
            throw Failure.stale("open");
        }
        ThreadMemory memory = ThreadMemory.current();
        int flags = Fd.O_PATH | Fd.O_NOFOLLOW | Fd.O_DIRECTORY;
        int fd = RawFiles.open(above.fd(), memory.first(name), flags, 0);
        if (cache.makeRoom(fd)) {
            fd = RawFiles.open(above.fd(), memory.first(name), flags, 0);
        }
        if (!isFound(fd, "open")) {
            throw Failure.stale("open");
        }
        if (RawFiles.stat(fd, memory.stat()) < 0 || !directory.isSame(memory.stat())) {
            RawFiles.close(fd);
            throw Failure.stale("open");
        }
        return cache.add(directory, Descriptor.path(fd));
    }
}
