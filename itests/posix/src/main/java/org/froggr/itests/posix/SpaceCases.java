package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;
import static org.froggr.itests.posix.SparseCases.*;

/** Full file systems: ENOSPC, and room that comes back. */
final class SpaceCases {
    private SpaceCases() {}

    static void list(Catalogue list) {
        space(list.chapter("space"));
    }

    /** In {@code --small}, which the cases fill. */
    private static void space(Chapter chapter) {
        small(chapter, "write-until-ENOSPC", name -> {
            int fd = Fds.open(name, O_RDWR | O_CREAT, 0644);
            long written = fill(fd);
            that(written > 0, "something was written");
            Fds.close(fd);
            same(written, Stat.of(name).size(), "size is what was written");
            unlink(name);
        });
        small(chapter, "room-comes-back", name -> {
            int fd = Fds.open(name, O_RDWR | O_CREAT, 0644);
            long first = fill(fd);
            Fds.ftruncate(fd, 0);
            Fds.fsync(fd);
            Fds.seek(fd, 0, SEEK_SET);
            that(fill(fd) > first / 2, "it can be filled again");
            Fds.close(fd);
            unlink(name);
        });
        small(chapter, "statvfs-tells", name -> {
            int fd = Fds.open(name, O_RDWR | O_CREAT, 0644);
            long before = Site.StatVfs.of(fd).free();
            fill(fd);
            Fds.fsync(fd);
            long after = Site.StatVfs.of(fd).free();
            that(after < before / 4, "free blocks go down: " + before + ", " + after);
            Fds.close(fd);
            unlink(name);
        });
        small(chapter, "overwriting-a-full-one-works", name -> {
            int fd = Fds.open(name, O_RDWR | O_CREAT, 0644);
            Fds.write(fd, "abc");
            Fds.fsync(fd);
            fill(fd);
            same(3, Fds.pwrite(fd, "xyz", 0), "written");
            same("xyz", Fds.text(fd, 3, 0), "content");
            Fds.close(fd);
            unlink(name);
        });
        chapter.test(
                "fallocate-of-too-much-ENOSPC",
                site -> {
                    String name = site.settings().small() + "/posix-space";
                    int fd = Fds.open(name, O_RDWR | O_CREAT, 0644);
                    try {
                        long all = Site.StatVfs.of(fd).blocks() * Site.StatVfs.of(fd).fragment();
                        fails(ENOSPC, () -> Fds.fallocate(fd, 0, 0, all * 2));
                    } finally {
                        Fds.close(fd);
                        unlink(name);
                    }
                },
                Need.SPACE,
                Need.ALLOCATE);
        small(chapter, "unlinked-open-file-gives-its-room-back-when-closed", name -> {
            int fd = Fds.open(name, O_RDWR | O_CREAT, 0644);
            long first = fill(fd);
            unlink(name);
            Fds.close(fd);
            int again = Fds.open(name, O_RDWR | O_CREAT, 0644);
            Wait.until("the room comes back", () -> {
                Fds.ftruncate(again, 0);
                Fds.seek(again, 0, SEEK_SET);
                return fill(again) > first / 2;
            });
            Fds.close(again);
            unlink(name);
        });
    }

    @FunctionalInterface
    private interface Named {
        void run(String name) throws Exception;
    }

    private static void small(Chapter chapter, String what, Named body) {
        chapter.test(
                what,
                site -> {
                    String name = site.settings().small() + "/posix-space";
                    try {
                        body.run(name);
                    } finally {
                        Sys.unlink(Call.name(name));
                    }
                },
                Need.SPACE);
    }

    /** Writes until nothing goes in any more, which must be ENOSPC; returns the bytes written. */
    private static long fill(int fd) throws Exception {
        byte[] data = new byte[BLOCK];
        long written = 0;
        while (true) {
            long count = Sys.write(fd, data, data.length);
            if (count < 0) {
                that(Call.failedWith(ENOSPC), "it ends with ENOSPC");
                return written;
            }
            written += count;
        }
    }
}
