package org.froggr.backend.kernel.internal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.Ids;
import org.froggr.linux.MountInfo;
import org.froggr.linux.Mounts;
import org.froggr.linux.Namespaces;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.Stat;

/**
 * An empty directory in a mount namespace that only the test's thread is in. It is a tmpfs of that
 * namespace, so that all of it goes when the thread ends, however the test ended.
 */
final class Sandbox {
    /** How events of mounts spread from {@code /} in it. */
    enum Root {
        SHARED(Mounts.MS_SHARED),
        PRIVATE(Mounts.MS_PRIVATE);

        private final long propagation;

        Root(long propagation) {
            this.propagation = propagation;
        }

        /** Runs a test in a sandbox; skips it without privilege. */
        void run(Body body) throws Exception {
            assumeTrue(Ids.euid() == 0, "mounting needs root");
            BytePath base = BytePath.of("/tmp/froggr-kernel-" + Long.toHexString(new Random().nextLong()));
            At.mkdir(Fd.AT_FDCWD, base, 0700);
            try {
                Namespaces.<Void, Exception>callIsolated(() -> {
                    Namespaces.unshare(Namespaces.CLONE_NEWNS);
                    cutOff();
                    body.in(new Sandbox(base));
                    return null;
                });
            } finally {
                At.rmdir(Fd.AT_FDCWD, base);
            }
        }

        private void cutOff() throws ErrnoException {
            Mounts.mount(null, BytePath.ROOT, null, Mounts.MS_REC | Mounts.MS_PRIVATE, null);
            Mounts.mount(null, BytePath.ROOT, null, Mounts.MS_REC | propagation, null);
        }
    }

    @FunctionalInterface
    interface Body {
        void in(Sandbox box) throws Exception;
    }

    private final BytePath base;

    private Sandbox(BytePath base) throws ErrnoException {
        this.base = base;
        Mounts.mount(BytePath.of("sandbox"), base, "tmpfs", 0, ByteText.encode("mode=0777"));
    }

    BytePath path(String name) {
        return base.resolve(name);
    }

    /** A new directory, with those on the way to it. */
    BytePath dir(String name) throws ErrnoException {
        BytePath path = path(name);
        if (!exists(path.parent())) {
            dir(path.parent().toString());
        }
        At.mkdir(Fd.AT_FDCWD, path, 0777);
        At.chmod(Fd.AT_FDCWD, path, 0777);
        return path;
    }

    /** A new file. */
    BytePath file(String name, String content) throws ErrnoException {
        BytePath path = path(name);
        write(path, content);
        return path;
    }

    void write(BytePath path, String content) throws ErrnoException {
        try (OwnedFd fd = OwnedFd.of(Fd.open(path, Fd.O_WRONLY | Fd.O_CREAT | Fd.O_TRUNC, 0666))) {
            Fd.writeFully(fd.number(), ByteText.encode(content));
        }
    }

    String read(BytePath path) throws ErrnoException {
        try (OwnedFd fd = OwnedFd.of(Fd.open(path, Fd.O_RDONLY, 0))) {
            return ByteText.decode(Fd.readFully(fd.number(), 4096));
        }
    }

    boolean exists(BytePath path) throws ErrnoException {
        try {
            Stat.at(Fd.AT_FDCWD, path, false);
            return true;
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                return false;
            }
            throw e;
        }
    }

    /** O_PATH descriptor of a path. */
    OwnedFd hold(BytePath path) throws ErrnoException {
        return OwnedFd.of(Fd.open(path, Fd.O_PATH, 0));
    }

    /** Does something while a path is in use. */
    void using(BytePath path, Body body) throws Exception {
        int fd = hold(path).release();
        try {
            body.in(this);
        } finally {
            Fd.close(fd);
        }
    }

    /** A new file system on a directory, with a file {@code mark} in it. */
    void tmpfs(BytePath target, long flags) throws ErrnoException {
        Mounts.mount(BytePath.of("below"), target, "tmpfs", flags, ByteText.encode("mode=0777"));
        write(target.resolve("mark"), target.fileName().toString());
    }

    void tmpfs(BytePath target) throws ErrnoException {
        tmpfs(target, 0);
    }

    /** Id of the topmost mount at a path. */
    long topmost(BytePath path) throws ErrnoException {
        return Stat.at(Fd.AT_FDCWD, path, false).mountId();
    }

    /** The mount table of the sandbox, as text. */
    String table() throws ErrnoException {
        return ByteText.decode(MountInfo.readBytes(MountInfo.THREAD_SELF));
    }

    /** The same without what differs when a mount is put back: ids, and the order. */
    String shape() throws ErrnoException {
        return MountInfo.read(MountInfo.THREAD_SELF).stream()
                .map(e -> e.mountPoint().quoted() + " " + e.device() + e.root().quoted()
                        + e.options() + e.shared() + e.master())
                .sorted()
                .reduce("", (a, b) -> a + b + "\n");
    }

    /** Runs a program in the sandbox and waits for it. */
    void shell(String script, BytePath... arguments) throws Exception {
        Shell.run(script, arguments);
    }
}
