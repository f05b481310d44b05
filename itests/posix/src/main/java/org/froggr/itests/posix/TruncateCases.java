package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

/** truncate(2) and ftruncate(2). */
final class TruncateCases {
    private TruncateCases() {}

    @FunctionalInterface
    private interface Way {
        void to(String name, long length) throws Exception;
    }

    static void list(Catalogue list) {
        Chapter chapter = list.chapter("truncate");
        both(chapter, "truncate", Names::truncate);
        both(chapter, "ftruncate", (name, length) -> Fds.ftruncate(Fds.open(name, O_WRONLY), length));
        errors(chapter);
    }

    private static void both(Chapter chapter, String way, Way truncate) {
        chapter.test(way + "-shorter", site -> {
            file("f", "abcdef");
            truncate.to("f", 3);
            same("abc", content("f"), "content");
            same(3, Stat.of("f").size(), "size");
        });
        chapter.test(way + "-longer-adds-zeros", site -> {
            file("f", "abc");
            truncate.to("f", 10);
            same("abc\0\0\0\0\0\0\0", content("f"), "content");
        });
        chapter.test(way + "-shorter-then-longer-forgets", site -> {
            file("f", "abcdef");
            truncate.to("f", 2);
            truncate.to("f", 6);
            same("ab\0\0\0\0", content("f"), "content");
        });
        chapter.test(way + "-to-0-and-back-across-pages", site -> {
            file("f", "x".repeat(20_000));
            truncate.to("f", 0);
            truncate.to("f", 20_000);
            same("\0".repeat(20_000), content("f"), "content");
        });
        for (int at : new int[] {1, 4095, 4096, 4097, 65536, 131072, 1048577}) {
            chapter.test(way + "-to-" + at, site -> {
                file("f", "x".repeat(1_100_000));
                truncate.to("f", at);
                truncate.to("f", at + 100L);
                same("x".repeat(at) + "\0".repeat(100), content("f"), "content");
            });
        }
        chapter.test(
                way + "-to-a-tebibyte",
                site -> {
                    touch("f");
                    truncate.to("f", 1L << 40);
                    same(1L << 40, Stat.of("f").size(), "size");
                    int fd = Fds.open("f", O_RDWR);
                    Fds.pwrite(fd, "end", (1L << 40) - 3);
                    same("\0end", Fds.text(fd, 10, (1L << 40) - 4), "the last bytes");
                    truncate.to("f", 3);
                    same(3, Stat.of("f").size(), "size");
                },
                Need.TERABYTE);
        chapter.test(way + "-moves-mtime-and-ctime", site -> {
            file("f", "abcdef");
            utimens("f", Clock.OLD, Clock.OLD);
            Stat before = Clock.settled("f");
            truncate.to("f", 2);
            Stat after = Stat.of("f");
            that(after.modified() > before.modified(), "mtime moves");
            that(after.changed() > before.changed(), "ctime moves");
        });
        chapter.test(way + "-is-seen-by-open-descriptors", site -> {
            file("f", "abcdef");
            int fd = Fds.open("f", O_RDONLY);
            same("abc", Fds.text(Fds.read(fd, 3)), "content before");
            truncate.to("f", 2);
            same(2, Stat.of(fd).size(), "size");
            same("", Fds.rest(fd), "content after");
        });
        chapter.test(way + "-is-seen-by-another-process", site -> {
            file("f", "abcdef");
            Peer peer = site.peer();
            same("abcdef", peer.call(() -> content("f")), "content before");
            truncate.to("f", 2);
            same("ab", peer.call(() -> content("f")), "content after");
            truncate.to("f", 4);
            same("ab\0\0", peer.call(() -> content("f")), "content after that");
        });
        chapter.test(way + "-negative-EINVAL", site -> {
            touch("f");
            fails(EINVAL, () -> truncate.to("f", -1));
        });
        chapter.test(way + "-beyond-what-the-file-system-can-EFBIG", site -> {
            touch("f");
            try {
                truncate.to("f", Long.MAX_VALUE);
                same(Long.MAX_VALUE, Stat.of("f").size(), "size");
            } catch (org.froggr.api.ErrnoException e) {
                that(e.is(EFBIG) || e.is(EINVAL), "EFBIG or EINVAL, not " + name(e.number()));
            }
        });
    }

    private static void errors(Chapter chapter) {
        chapter.test("directory-EISDIR", site -> {
            mkdir("d");
            fails(EISDIR, () -> truncate("d", 0));
        });
        chapter.test("ftruncate-of-read-only-EINVAL", site -> {
            touch("f");
            int fd = Fds.open("f", O_RDONLY);
            fails(() -> Fds.ftruncate(fd, 0), EINVAL, EBADF);
        });
        chapter.test("without-write-permission-EACCES", site -> site.ordinary(() -> {
            file("f", "abc");
            chmod("f", 0444);
            fails(EACCES, () -> truncate("f", 0));
            same(3, Stat.of("f").size(), "size");
        }));
        chapter.test("ftruncate-of-descriptor-whose-file-became-read-only", site -> site.ordinary(() -> {
            file("f", "abc");
            int fd = Fds.open("f", O_RDWR);
            chmod("f", 0);
            Fds.ftruncate(fd, 1);
            same(1, Stat.of("f").size(), "size");
        }));
        chapter.test("ftruncate-leaves-the-place-alone", site -> {
            file("f", "abcdef");
            int fd = Fds.open("f", O_RDWR);
            Fds.seek(fd, 4, SEEK_SET);
            Fds.ftruncate(fd, 1);
            same(4, Fds.seek(fd, 0, SEEK_CUR), "place");
            Fds.write(fd, "x");
            same("a\0\0\0x", content("f"), "content");
        });
    }
}
