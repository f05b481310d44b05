package org.froggr.itests.posix;

import static org.froggr.itests.posix.Linux.*;

import java.io.IOException;
import java.time.Duration;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/** The directory, on the mount under test, in which each case has one of its own. */
final class Scratch implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Settings settings;
    private final String directory;
    private int count;

    private Scratch(Settings settings, String directory) {
        this.settings = settings;
        this.directory = directory;
    }

    /** Makes it, as the user of the cases: root may have no business on his mount. */
    static Scratch on(Settings settings) throws Exception {
        String[] made = new String[1];
        act(settings, () -> {
            Names.umask(0);
            for (int i = 0; made[0] == null; i++) {
                String name = settings.mount() + "/posix-" + ProcessHandle.current().pid() + "-" + i;
                if (Sys.mkdir(Call.name(name), 0755) == 0) {
                    made[0] = name;
                } else if (!Call.failedWith(Errno.EEXIST)) {
                    throw Call.failed("mkdir", name);
                }
            }
        });
        return new Scratch(settings, made[0]);
    }

    private static void act(Settings settings, Action action) throws Exception {
        Worker worker = Worker.start(settings.user(), action);
        if (!worker.await(LIMIT)) {
            throw new ErrnoException(Errno.ETIMEDOUT, worker.doing());
        }
        worker.finish();
    }

    String directory() {
        return directory;
    }

    /** Name of the next case's directory. */
    String next() {
        return directory + "/" + count++;
    }

    @Override
    public void close() throws IOException {
        try {
            act(settings, () -> Directory.removeAll(AT_FDCWD, directory));
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("not removed: " + directory, e);
        }
    }
}
