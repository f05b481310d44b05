package org.froggr.linux;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.ErrnoException;

/** Runs tests in a mount namespace of their own, which takes what they mounted with it. */
final class PrivateMounts {
    private PrivateMounts() {}

    /** What a test does there. */
    interface Body {
        void run(Scratch scratch) throws ErrnoException;
    }

    static void run(Body body) throws ErrnoException {
        assumeTrue(Ids.euid() == 0, "mounts need root");
        try (Scratch scratch = new Scratch()) {
            Namespaces.<Void, RuntimeException>callIsolated(() -> {
                Namespaces.unshare(Namespaces.CLONE_NEWNS);
                Mounts.mount(null, BytePath.ROOT, null, Mounts.MS_REC | Mounts.MS_PRIVATE, null);
                body.run(scratch);
                return null;
            });
        }
    }

    /** A tmpfs on a new directory. */
    static BytePath tmpfs(Scratch scratch, String name) throws ErrnoException {
        BytePath path = scratch.directory(name);
        Mounts.mount(BytePath.of("froggr-test"), path, "tmpfs", 0, ByteText.encode("size=64k"));
        return path;
    }

    /** The topmost mount at a path. */
    static MountInfo.Entry at(BytePath path) throws ErrnoException {
        return MountInfo.read(MountInfo.THREAD_SELF).stream()
                .filter(e -> e.mountPoint().equals(path))
                .reduce((lower, upper) -> upper)
                .orElseThrow();
    }
}
