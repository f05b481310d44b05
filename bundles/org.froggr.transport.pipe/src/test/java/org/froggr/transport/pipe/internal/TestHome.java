package org.froggr.transport.pipe.internal;

import java.util.concurrent.atomic.AtomicInteger;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.PlatformHome;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.Ids;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.ProcStat;
import org.froggr.linux.Stat;

/** A home below /tmp whose platform is this very JVM; removed with all that is in it. */
final class TestHome implements PlatformHome, AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final BytePath path;
    private final int root;
    private final int platform;

    TestHome() throws ErrnoException {
        this(BytePath.of("/tmp/froggr-pipe-test-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet()), true);
    }

    private TestHome(BytePath path, boolean make) throws ErrnoException {
        this.path = path;
        if (make) {
            At.mkdir(Fd.AT_FDCWD, path, 0700);
            At.mkdir(Fd.AT_FDCWD, path.resolve("platform"), 0700);
            At.mkdir(Fd.AT_FDCWD, path.resolve("work"), 0700);
        }
        root = Fd.open(path, Fd.O_RDONLY | Fd.O_DIRECTORY, 0);
        platform = Fd.open(path.resolve("platform"), Fd.O_RDONLY | Fd.O_DIRECTORY, 0);
    }

    /** One that exists. */
    static TestHome at(String path) throws ErrnoException {
        return new TestHome(BytePath.of(path), false);
    }

    /** Says that this JVM is the platform. */
    void announce() throws ErrnoException {
        long pid = ProcessHandle.current().pid();
        write("platform/pid", pid + " " + ProcStat.startTime(pid) + " pipe unix\n");
    }

    void write(String name, String text) throws ErrnoException {
        int flags = Fd.O_WRONLY | Fd.O_CREAT | Fd.O_TRUNC;
        try (OwnedFd fd = OwnedFd.of(Fd.openat(root, BytePath.of(name), flags, 0600))) {
            Fd.writeFully(fd.number(), ByteText.encode(text));
        }
    }

    @Override
    public BytePath path() {
        return path;
    }

    @Override
    public int descriptor() {
        return root;
    }

    @Override
    public int platformDescriptor() {
        return platform;
    }

    @Override
    public int sessionsDescriptor() {
        return root;
    }

    @Override
    public long owner() {
        return Ids.euid();
    }

    @Override
    public void close() throws ErrnoException {
        empty(root);
        Fd.close(platform);
        Fd.close(root);
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
