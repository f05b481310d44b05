package org.froggr.itests.posix;

import java.nio.ByteBuffer;
import java.util.Random;
import org.froggr.api.ErrnoException;

/** Where a case runs, and what it can ask for. Its directory is the working directory of its thread. */
final class Site {
    private final Settings settings;
    private final Peers peers;
    private final String directory;
    private final Random random;

    Site(Settings settings, Peers peers, String directory, Random random) {
        this.settings = settings;
        this.peers = peers;
        this.directory = directory;
        this.random = random;
    }

    Settings settings() {
        return settings;
    }

    /** The case's directory, absolute. */
    String directory() {
        return directory;
    }

    /** The same in every run with the same seed. */
    Random random() {
        return random;
    }

    boolean root() {
        return settings.root();
    }

    /** Runs the action as this user, in the same working directory; needs root. */
    void as(User user, Action action) throws Exception {
        Worker.start(user, action).finish();
    }

    /**
     * Runs the action as an ordinary user, in an empty directory of his. Who is one already needs nobody else's
     * credentials for it.
     */
    void ordinary(Action action) throws Exception {
        if (!root()) {
            action.run();
            return;
        }
        Names.mkdir("ordinary", 0755);
        Names.chown("ordinary", User.ALICE.uid(), User.ALICE.gid());
        Names.chdir("ordinary");
        as(User.ALICE, action);
    }

    /** Starts the action beside this thread, with the same credentials. */
    Worker start(Action action) {
        return Worker.start(null, action);
    }

    /** Another process, in the case's directory. */
    Peer peer() throws Exception {
        return peers.take(directory);
    }

    /** Flags of the mount under test, statvfs(3). */
    long mountFlags() throws ErrnoException {
        return StatVfs.of(".").flags();
    }

    boolean mountHas(int flag) throws ErrnoException {
        return (mountFlags() & flag) != 0;
    }

    /** struct statvfs of the C library on 64-bit machines. */
    record StatVfs(long blockSize, long fragment, long blocks, long free, long available, long flags, long nameMax) {
        private static final int BYTES = 112;

        static StatVfs of(String name) throws ErrnoException {
            byte[] result = new byte[BYTES];
            Call.check(Sys.statvfs(Call.name(name), result), "statvfs", name);
            return of(Call.struct(result));
        }

        static StatVfs of(int fd) throws ErrnoException {
            byte[] result = new byte[BYTES];
            Call.check(Sys.fstatvfs(fd, result), "fstatvfs");
            return of(Call.struct(result));
        }

        private static StatVfs of(ByteBuffer b) {
            return new StatVfs(
                    b.getLong(0),
                    b.getLong(8),
                    b.getLong(16),
                    b.getLong(24),
                    b.getLong(32),
                    b.getLong(72),
                    b.getLong(80));
        }
    }
}
