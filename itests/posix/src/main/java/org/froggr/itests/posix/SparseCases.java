package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

/** Holes, SEEK_HOLE and SEEK_DATA of lseek(2), fallocate(2). */
final class SparseCases {
    static final int BLOCK = 65536;

    private SparseCases() {}

    static void list(Catalogue list) {
        holes(list.chapter("sparse"));
        allocation(list.chapter("fallocate"));
        ranges(list.chapter("fallocate"));
    }

    private static void holes(Chapter chapter) {
        chapter.test(
                "a-hole-takes-no-blocks",
                site -> {
                    int fd = Fds.open("f", O_RDWR | O_CREAT, 0644);
                    Fds.ftruncate(fd, 1L << 30);
                    Fds.pwrite(fd, "x", 1L << 29);
                    Fds.fsync(fd);
                    that(Stat.of("f").blocks() * 512 < 10_000_000, "blocks are those of the data only");
                    same("\0x\0", Fds.text(fd, 3, (1L << 29) - 1), "content");
                },
                Need.HOLES);
        chapter.test(
                "SEEK_DATA-and-SEEK_HOLE",
                site -> {
                    int fd = Fds.open("f", O_RDWR | O_CREAT, 0644);
                    Fds.pwrite(fd, "x".repeat(BLOCK), 4L * BLOCK);
                    Fds.ftruncate(fd, 10L * BLOCK);
                    same(4L * BLOCK, Fds.seek(fd, 0, SEEK_DATA), "first data");
                    same(5L * BLOCK, Fds.seek(fd, 4L * BLOCK, SEEK_HOLE), "first hole behind it");
                    same(0, Fds.seek(fd, 0, SEEK_HOLE), "first hole");
                    fails(ENXIO, () -> Fds.seek(fd, 6L * BLOCK, SEEK_DATA));
                },
                Need.HOLES);
        chapter.test("SEEK_HOLE-of-a-full-file-is-its-end", site -> {
            file("f", "abc");
            int fd = Fds.open("f", O_RDONLY);
            same(3, Fds.seek(fd, 0, SEEK_HOLE), "hole");
            same(1, Fds.seek(fd, 1, SEEK_DATA), "data");
        });
        chapter.test("SEEK_DATA-behind-the-end-ENXIO", site -> {
            file("f", "abc");
            int fd = Fds.open("f", O_RDONLY);
            fails(ENXIO, () -> Fds.seek(fd, 3, SEEK_DATA));
            fails(ENXIO, () -> Fds.seek(fd, 4, SEEK_HOLE));
        });
        chapter.test(
                "many-islands",
                site -> {
                    int fd = Fds.open("f", O_RDWR | O_CREAT, 0644);
                    for (int i = 0; i < 20; i++) {
                        Fds.pwrite(fd, "x".repeat(BLOCK), (2L * i + 1) * BLOCK);
                    }
                    long place = 0;
                    for (int i = 0; i < 20; i++) {
                        place = Fds.seek(fd, place, SEEK_DATA);
                        same((2L * i + 1) * BLOCK, place, "data " + i);
                        place = Fds.seek(fd, place, SEEK_HOLE);
                        same((2L * i + 2) * BLOCK, place, "hole " + i);
                    }
                },
                Need.HOLES);
        chapter.test(
                "a-tebibyte-of-nothing",
                site -> {
                    int fd = Fds.open("f", O_RDWR | O_CREAT, 0644);
                    Fds.pwrite(fd, "end", (1L << 40) - 3);
                    same(1L << 40, Stat.of("f").size(), "size");
                    same("\0\0end", Fds.text(fd, 10, (1L << 40) - 5), "the end");
                    same("\0\0\0", Fds.text(fd, 3, 1L << 39), "the middle");
                    that(Stat.of("f").blocks() < 10_000, "blocks");
                },
                Need.TERABYTE);
        for (long at : new long[] {(1L << 31) - 2, 1L << 31, (1L << 32) - 2, 1L << 32}) {
            chapter.test("data-around-" + at, site -> {
                int fd = Fds.open("f", O_RDWR | O_CREAT, 0644);
                Fds.pwrite(fd, "hello", at);
                same("\0hello", Fds.text(fd, 10, at - 1), "content");
                same(at + 5, Stat.of("f").size(), "size");
                same(at + 5, Fds.seek(fd, 0, SEEK_END), "end");
            }, Need.TERABYTE);
        }
    }

    private static void allocation(Chapter chapter) {
        chapter.test(
                "makes-the-file-longer",
                site -> {
                    int fd = Fds.open("f", O_RDWR | O_CREAT, 0644);
                    Fds.write(fd, "abc");
                    Fds.fallocate(fd, 0, 0, 100_000);
                    same(100_000, Stat.of("f").size(), "size");
                    same("abc" + "\0".repeat(99_997), content("f"), "content");
                    that(Stat.of("f").blocks() * 512 >= 100_000, "blocks are there");
                },
                Need.ALLOCATE);
        chapter.test(
                "never-makes-it-shorter",
                site -> {
                    file("f", "abcdef");
                    Fds.fallocate(Fds.open("f", O_RDWR), 0, 0, 2);
                    same("abcdef", content("f"), "content");
                },
                Need.ALLOCATE);
        chapter.test(
                "keep-size",
                site -> {
                    file("f", "abc");
                    int fd = Fds.open("f", O_RDWR);
                    Fds.fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, 1_000_000);
                    same(3, Stat.of("f").size(), "size");
                    that(Stat.of("f").blocks() * 512 >= 1_000_000, "blocks are there");
                },
                Need.ALLOCATE);
        chapter.test(
                "nonsense-EINVAL",
                site -> {
                    int fd = Fds.open("f", O_RDWR | O_CREAT, 0644);
                    fails(EINVAL, () -> Fds.fallocate(fd, 0, -1, 10));
                    fails(EINVAL, () -> Fds.fallocate(fd, 0, 0, 0));
                    fails(EINVAL, () -> Fds.fallocate(fd, 0, 0, -5));
                    fails(() -> Fds.fallocate(fd, FALLOC_FL_PUNCH_HOLE, 0, 10), EOPNOTSUPP, EINVAL);
                },
                Need.ALLOCATE);
        chapter.test(
                "of-a-read-only-descriptor-EBADF",
                site -> {
                    touch("f");
                    int fd = Fds.open("f", O_RDONLY);
                    fails(EBADF, () -> Fds.fallocate(fd, 0, 0, 10));
                },
                Need.ALLOCATE);
        chapter.test(
                "of-a-fifo-ESPIPE",
                site -> {
                    mkfifo("p");
                    int fd = Fds.open("p", O_RDWR);
                    fails(ESPIPE, () -> Fds.fallocate(fd, 0, 0, 10));
                },
                Need.ALLOCATE);
        chapter.test(
                "too-far-EFBIG",
                site -> {
                    int fd = Fds.open("f", O_RDWR | O_CREAT, 0644);
                    fails(() -> Fds.fallocate(fd, 0, Long.MAX_VALUE - 5, 100), EFBIG, EINVAL);
                },
                Need.ALLOCATE);
    }

    /** Four blocks of a, b, c and d. */
    static int letters() throws Exception {
        int fd = Fds.open("f", O_RDWR | O_CREAT, 0644);
        for (int i = 0; i < 4; i++) {
            Fds.write(fd, letter(i));
        }
        return fd;
    }

    static String letter(int i) {
        return Character.toString((char) ('a' + i)).repeat(BLOCK);
    }

    private static void ranges(Chapter chapter) {
        String nothing = "\0".repeat(BLOCK);
        chapter.test(
                "punch-hole",
                site -> {
                    int fd = letters();
                    Fds.fsync(fd);
                    long before = Stat.of(fd).blocks();
                    Fds.fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, BLOCK, 2 * BLOCK);
                    same(letter(0) + nothing + nothing + letter(3), content("f"), "content");
                    that(Stat.of(fd).blocks() < before, "blocks are given back");
                },
                Need.PUNCH);
        chapter.test(
                "punch-hole-inside-a-page",
                site -> {
                    int fd = letters();
                    Fds.fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 10, 5);
                    same("a".repeat(10) + "\0\0\0\0\0a", Fds.text(fd, 16, 0), "content");
                },
                Need.PUNCH);
        chapter.test(
                "punch-hole-behind-the-end-keeps-the-size",
                site -> {
                    int fd = letters();
                    Fds.fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 3L * BLOCK, 100L * BLOCK);
                    same(4L * BLOCK, Stat.of("f").size(), "size");
                    same(nothing, Fds.text(fd, BLOCK, 3L * BLOCK), "content");
                },
                Need.PUNCH);
        chapter.test(
                "punch-hole-shows-in-a-mapping",
                site -> {
                    int fd = letters();
                    try (Mapping m = Mapping.shared(fd, 4L * BLOCK)) {
                        same("bbb", m.text(BLOCK, 3), "mapping before");
                        Fds.fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, BLOCK, BLOCK);
                        same("\0\0\0", m.text(BLOCK, 3), "mapping after");
                    }
                },
                Need.PUNCH);
        chapter.test(
                "zero-range",
                site -> {
                    int fd = letters();
                    Fds.fallocate(fd, FALLOC_FL_ZERO_RANGE, BLOCK, 4L * BLOCK);
                    same(letter(0) + nothing.repeat(4), content("f"), "content");
                },
                Need.ZERO_RANGE);
        chapter.test(
                "zero-range-keep-size",
                site -> {
                    int fd = letters();
                    Fds.fallocate(fd, FALLOC_FL_ZERO_RANGE | FALLOC_FL_KEEP_SIZE, 3L * BLOCK, 4L * BLOCK);
                    same(4L * BLOCK, Stat.of("f").size(), "size");
                    same(nothing, Fds.text(fd, BLOCK, 3L * BLOCK), "content");
                },
                Need.ZERO_RANGE);
        chapter.test(
                "collapse-range",
                site -> {
                    int fd = letters();
                    Fds.fallocate(fd, FALLOC_FL_COLLAPSE_RANGE, BLOCK, BLOCK);
                    same(letter(0) + letter(2) + letter(3), content("f"), "content");
                },
                Need.COLLAPSE);
        chapter.test(
                "insert-range",
                site -> {
                    int fd = letters();
                    Fds.fallocate(fd, FALLOC_FL_INSERT_RANGE, BLOCK, BLOCK);
                    same(letter(0) + nothing + letter(1) + letter(2) + letter(3), content("f"), "content");
                },
                Need.INSERT);
    }
}
