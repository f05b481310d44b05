package org.froggr.linux;

import java.util.concurrent.atomic.AtomicInteger;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.ErrnoException;

/** A directory of a test's own, removed with what is in it. */
final class Scratch implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final BytePath path;
    private final int dir;

    Scratch() throws ErrnoException {
        long pid = ProcessHandle.current().pid();
        path = BytePath.of("/tmp/froggr-linux-test-" + pid + "-" + COUNT.incrementAndGet());
        At.mkdir(Fd.AT_FDCWD, path, 0700);
        dir = Fd.open(path, Fd.O_RDONLY | Fd.O_DIRECTORY | Fd.O_NOFOLLOW, 0);
    }

    BytePath path() {
        return path;
    }

    BytePath path(String name) {
        return path.resolve(name);
    }

    int dir() {
        return dir;
    }

    /** Makes a file. */
    BytePath file(String name, String content) throws ErrnoException {
        try (OwnedFd fd = OwnedFd.of(Fd.open(path(name), Fd.O_WRONLY | Fd.O_CREAT | Fd.O_TRUNC, 0600))) {
            Fd.writeFully(fd.number(), ByteText.encode(content));
        }
        return path(name);
    }

    /** Makes a directory, by its path: in another namespace {@link #dir()} is below the mounts made there. */
    BytePath directory(String name) throws ErrnoException {
        At.mkdir(Fd.AT_FDCWD, path(name), 0700);
        return path(name);
    }

    @Override
    public void close() throws ErrnoException {
        empty(dir);
        Fd.close(dir);
        At.rmdir(Fd.AT_FDCWD, path);
    }

    private static void empty(int dir) throws ErrnoException {
        for (BytePath name : At.list(dir)) {
            if (Stat.at(dir, name, false).isDirectory()) {
                try (OwnedFd sub = OwnedFd.of(Fd.openat(dir, name, Fd.O_RDONLY | Fd.O_NOFOLLOW, 0))) {
                    empty(sub.number());
                }
                At.rmdir(dir, name);
            } else {
                At.unlink(dir, name);
            }
        }
    }
}
