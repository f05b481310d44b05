package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

/** utimensat(2), and which calls mark which of a file's times. */
final class TimeCases {
    private static final long SECOND = 1_000_000_000L;

    private TimeCases() {}

    static void list(Catalogue list) {
        setting(list.chapter("utimensat"));
        permissions(list.chapter("utimensat"));
        StampCases.list(list.chapter("times"));
    }

    private static void setting(Chapter chapter) {
        long[] stamps = {0, 1, 999_999_999, SECOND, Clock.OLD, 0x7fffffffL * SECOND, 0x80000000L * SECOND + 5};
        for (long stamp : stamps) {
            chapter.test("exactly-" + stamp, site -> {
                touch("f");
                utimens("f", stamp, stamp + 7);
                same(stamp, Stat.of("f").accessed(), "atime");
                same(stamp + 7, Stat.of("f").modified(), "mtime");
            });
        }
        chapter.test("before-1970", site -> {
            touch("f");
            utimens("f", -SECOND * 100 + 5, -SECOND * 200 + 7);
            same(-SECOND * 100 + 5, Stat.of("f").accessed(), "atime");
            same(-SECOND * 200 + 7, Stat.of("f").modified(), "mtime");
        });
        for (String kind : new String[] {"directory", "fifo", "symlink-itself"}) {
            chapter.test("of-" + kind, site -> {
                switch (kind) {
                    case "directory" -> mkdir("x");
                    case "fifo" -> mkfifo("x");
                    default -> symlink("absent", "x");
                }
                utimensat("x", times(Clock.OLD, Clock.OLD + 1), AT_SYMLINK_NOFOLLOW);
                same(Clock.OLD, Stat.ofLink("x").accessed(), "atime");
                same(Clock.OLD + 1, Stat.ofLink("x").modified(), "mtime");
            });
        }
        chapter.test("follows-symlink", site -> {
            touch("f");
            symlink("f", "s");
            utimens("s", Clock.OLD, Clock.OLD);
            same(Clock.OLD, Stat.of("f").modified(), "mtime of the file");
            that(Stat.ofLink("s").modified() > Clock.OLD, "the symlink's own is another one");
        });
        chapter.test("futimens", site -> {
            touch("f");
            Fds.futimens(Fds.open("f", O_RDONLY), times(Clock.OLD, Clock.OLD + 1));
            same(Clock.OLD, Stat.of("f").accessed(), "atime");
            same(Clock.OLD + 1, Stat.of("f").modified(), "mtime");
        });
        chapter.test("omit-atime", site -> {
            touch("f");
            utimens("f", Clock.OLD, Clock.OLD);
            utimensat("f", new long[] {0, UTIME_OMIT, 5, 6}, 0);
            same(Clock.OLD, Stat.of("f").accessed(), "atime");
            same(5 * SECOND + 6, Stat.of("f").modified(), "mtime");
        });
        chapter.test("omit-mtime", site -> {
            touch("f");
            utimens("f", Clock.OLD, Clock.OLD);
            utimensat("f", new long[] {5, 6, 0, UTIME_OMIT}, 0);
            same(5 * SECOND + 6, Stat.of("f").accessed(), "atime");
            same(Clock.OLD, Stat.of("f").modified(), "mtime");
        });
        chapter.test("omit-both-changes-nothing", site -> {
            touch("f");
            Stat before = Clock.settled("f");
            utimensat("f", new long[] {0, UTIME_OMIT, 0, UTIME_OMIT}, 0);
            same(before, Stat.of("f"), "stat");
        });
        chapter.test("now", site -> {
            touch("f");
            utimens("f", Clock.OLD, Clock.OLD);
            long before = Clock.coarse();
            touchNow("f");
            long after = Clock.now();
            Stat f = Stat.of("f");
            that(f.accessed() >= before && f.accessed() <= after, "atime is now");
            that(f.modified() >= before && f.modified() <= after, "mtime is now");
        });
        chapter.test("now-for-one-and-a-value-for-the-other", site -> {
            touch("f");
            long before = Clock.coarse();
            utimensat("f", new long[] {0, UTIME_NOW, 5, 6}, 0);
            that(Stat.of("f").accessed() >= before, "atime is now");
            same(5 * SECOND + 6, Stat.of("f").modified(), "mtime");
        });
        chapter.test("null-is-now", site -> {
            touch("f");
            utimens("f", Clock.OLD, Clock.OLD);
            long before = Clock.coarse();
            utimensat("f", null, 0);
            that(Stat.of("f").modified() >= before, "mtime is now");
        });
        chapter.test("moves-ctime", site -> {
            touch("f");
            Stat before = Clock.settled("f");
            utimens("f", Clock.OLD, Clock.OLD);
            that(Stat.of("f").changed() > before.changed(), "ctime moves");
        });
        chapter.test("bad-nanoseconds-EINVAL", site -> {
            touch("f");
            fails(EINVAL, () -> utimensat("f", new long[] {0, SECOND, 0, 0}, 0));
            fails(EINVAL, () -> utimensat("f", new long[] {0, 0, 0, -1}, 0));
        });
        chapter.test("bad-flags-EINVAL", site -> {
            touch("f");
            fails(EINVAL, () -> utimensat("f", times(0, 0), 1 << 30));
        });
        chapter.test("survives-a-later-read", site -> {
            file("f", "abc");
            utimens("f", Clock.OLD, Clock.OLD);
            content("f");
            same(Clock.OLD, Stat.of("f").modified(), "mtime");
        });
        chapter.test("survives-closing-what-was-written-before", site -> {
            int fd = Fds.open("f", O_WRONLY | O_CREAT, 0644);
            Fds.write(fd, "abc");
            utimens("f", Clock.OLD, Clock.OLD);
            Fds.close(fd);
            same(Clock.OLD, Stat.of("f").modified(), "mtime");
        });
        chapter.test("futimens-survives-fsync-and-close", site -> {
            int fd = Fds.open("f", O_WRONLY | O_CREAT, 0644);
            Fds.write(fd, "abc");
            Fds.futimens(fd, times(Clock.OLD, Clock.OLD));
            Fds.fsync(fd);
            Fds.close(fd);
            same(Clock.OLD, Stat.of("f").modified(), "mtime");
        });
    }

    private static void permissions(Chapter chapter) {
        chapter.test(
                "to-now-by-a-writer",
                site -> {
                    touch("f", 0666);
                    site.as(User.ALICE, () -> touchNow("f"));
                },
                Need.ROOT);
        chapter.test(
                "to-now-by-one-who-may-not-write-EACCES",
                site -> {
                    touch("f", 0644);
                    site.as(User.ALICE, () -> fails(EACCES, () -> touchNow("f")));
                },
                Need.ROOT);
        chapter.test(
                "to-a-value-by-a-writer-EPERM",
                site -> {
                    touch("f", 0666);
                    site.as(User.ALICE, () -> {
                        fails(EPERM, () -> utimens("f", 0, 0));
                        fails(EPERM, () -> utimensat("f", new long[] {0, UTIME_NOW, 0, UTIME_OMIT}, 0));
                    });
                },
                Need.ROOT);
        chapter.test("to-a-value-by-the-owner-of-a-read-only-file", site -> site.ordinary(() -> {
            touch("f", 0444);
            utimens("f", Clock.OLD, Clock.OLD);
            touchNow("f");
        }));
    }
}
