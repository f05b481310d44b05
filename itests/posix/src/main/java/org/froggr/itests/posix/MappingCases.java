package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

/** mmap(2), msync(2). */
final class MappingCases {
    private static final int PAGE = 4096;

    private MappingCases() {}

    static void list(Catalogue list) {
        Chapter chapter = list.chapter("mmap");
        alone(chapter);
        shared(chapter);
        ends(chapter);
        errors(chapter);
    }

    private static int mapped(String content) throws Exception {
        file("f", content);
        return Fds.open("f", O_RDWR);
    }

    private static void alone(Chapter chapter) {
        chapter.test("shows-the-file", site -> {
            int fd = mapped("abc".repeat(5000));
            try (Mapping m = Mapping.of(fd, 0, 15_000, PROT_READ, MAP_SHARED)) {
                same("abc".repeat(5000), m.text(0, 15_000), "mapping");
            }
        });
        chapter.test("private-shows-the-file", site -> {
            int fd = mapped("abc");
            try (Mapping m = Mapping.of(fd, 0, 3, PROT_READ, MAP_PRIVATE)) {
                same("abc", m.text(0, 3), "mapping");
            }
        });
        chapter.test("private-writes-stay-private", site -> {
            int fd = mapped("abc");
            try (Mapping m = Mapping.of(fd, 0, 3, PROT_READ | PROT_WRITE, MAP_PRIVATE)) {
                m.put(0, "XYZ");
                same("XYZ", m.text(0, 3), "mapping");
                same("abc", content("f"), "content");
            }
            same("abc", content("f"), "content afterwards");
        });
        chapter.test("private-writable-of-a-read-only-descriptor", site -> {
            mapped("abc");
            int fd = Fds.open("f", O_RDONLY);
            try (Mapping m = Mapping.of(fd, 0, 3, PROT_READ | PROT_WRITE, MAP_PRIVATE)) {
                m.put(0, "X");
                same("Xbc", m.text(0, 3), "mapping");
            }
        });
        chapter.test("from-an-offset", site -> {
            int fd = mapped("a".repeat(PAGE) + "b".repeat(PAGE));
            try (Mapping m = Mapping.of(fd, PAGE, PAGE, PROT_READ, MAP_SHARED)) {
                same("b".repeat(PAGE), m.text(0, PAGE), "mapping");
            }
        });
        chapter.test("behind-the-end-in-the-last-page-is-zero", site -> {
            int fd = mapped("abc");
            try (Mapping m = Mapping.of(fd, 0, PAGE, PROT_READ, MAP_SHARED)) {
                same("abc\0\0\0", m.text(0, 6), "mapping");
                same("\0".repeat(100), m.text(PAGE - 100, 100), "end of the page");
            }
        });
        chapter.test("outlives-the-descriptor", site -> {
            int fd = mapped("abc");
            try (Mapping m = Mapping.shared(fd, 3)) {
                Fds.close(fd);
                m.put(0, "X");
                same("Xbc", content("f"), "content");
            }
        });
        chapter.test("outlives-the-name", site -> {
            int fd = mapped("abc");
            try (Mapping m = Mapping.shared(fd, 3)) {
                unlink("f");
                Fds.close(fd);
                m.put(0, "X");
                same("Xbc", m.text(0, 3), "mapping");
                m.sync(MS_SYNC);
            }
        });
    }

    private static void shared(Chapter chapter) {
        chapter.test("shared-writes-are-read-at-once", site -> {
            int fd = mapped("abc");
            try (Mapping m = Mapping.shared(fd, 3)) {
                for (int i = 0; i < 20; i++) {
                    String text = String.format("%03d", i);
                    m.put(0, text);
                    same(text, Fds.text(fd, 3, 0), "content by the descriptor");
                    same(text, content("f"), "content by name");
                }
            }
        });
        chapter.test("writes-show-in-the-mapping-at-once", site -> {
            int fd = mapped("abc");
            try (Mapping m = Mapping.shared(fd, 3)) {
                for (int i = 0; i < 20; i++) {
                    String text = String.format("%03d", i);
                    Fds.pwrite(fd, text, 0);
                    same(text, m.text(0, 3), "mapping");
                }
            }
        });
        chapter.test("writes-by-another-descriptor-show-at-once", site -> {
            int fd = mapped("abc");
            int other = Fds.open("f", O_WRONLY);
            try (Mapping m = Mapping.of(fd, 0, 3, PROT_READ, MAP_SHARED)) {
                same("abc", m.text(0, 3), "mapping before");
                Fds.pwrite(other, "xyz", 0);
                same("xyz", m.text(0, 3), "mapping after");
            }
        });
        chapter.test("two-mappings-are-one", site -> {
            int a = mapped("abc");
            int b = Fds.open("f", O_RDWR);
            try (Mapping m = Mapping.shared(a, 3);
                    Mapping n = Mapping.shared(b, 3)) {
                m.put(0, "X");
                same("Xbc", n.text(0, 3), "the other mapping");
                n.put(1, "Y");
                same("XYc", m.text(0, 3), "the mapping");
            }
        });
        chapter.test("between-processes", site -> {
            int fd = mapped("\0".repeat(PAGE));
            Peer peer = site.peer();
            try (Mapping m = Mapping.shared(fd, PAGE)) {
                var turn = peer.begin(() -> {
                    int other = Fds.open("f", O_RDWR);
                    try (Mapping n = Mapping.shared(other, PAGE)) {
                        n.put(0, "ping");
                        Wait.until("the answer is in the mapping", () -> n.at(100) == 'p');
                    }
                });
                Wait.until("the question is in the mapping", () -> m.text(0, 4).equals("ping"));
                m.put(100, "pong");
                turn.get();
            }
        });
        chapter.test("between-processes-by-two-names", site -> {
            int fd = mapped("abc");
            link("f", "g");
            try (Mapping m = Mapping.shared(fd, 3)) {
                site.peer().run(() -> {
                    try (Mapping n = Mapping.shared(Fds.open("g", O_RDWR), 3)) {
                        n.put(0, "X");
                    }
                });
                same("Xbc", m.text(0, 3), "mapping");
            }
        });
        for (int flags : new int[] {MS_SYNC, MS_ASYNC, MS_SYNC | MS_INVALIDATE}) {
            chapter.test("msync-" + flags, site -> {
                int fd = mapped("abc");
                try (Mapping m = Mapping.shared(fd, 3)) {
                    m.put(0, "X");
                    m.sync(flags);
                    same("Xbc", site.peer().call(() -> content("f")), "content seen by another process");
                }
            });
        }
        chapter.test(
                "marks-mtime-when-synced",
                site -> {
                    int fd = mapped("abc");
                    utimens("f", Clock.OLD, Clock.OLD);
                    try (Mapping m = Mapping.shared(fd, 3)) {
                        m.put(0, "X");
                        m.sync(MS_SYNC);
                    }
                    that(Stat.of("f").modified() > Clock.OLD, "mtime moves");
                },
                Need.MAPPED_TIMES);
        chapter.test("unmapped-writes-are-kept", site -> {
            int fd = mapped("\0".repeat(50 * PAGE));
            try (Mapping m = Mapping.shared(fd, 50 * PAGE)) {
                for (int i = 0; i < 50; i++) {
                    m.put((long) i * PAGE, "page " + i);
                }
            }
            Fds.close(fd);
            for (int i = 0; i < 50; i++) {
                String text = "page " + i;
                same(text, Fds.text(Fds.open("f", O_RDONLY), text.length(), (long) i * PAGE), "content");
            }
        });
        chapter.test("read-of-the-file-into-its-own-mapping", site -> {
            int fd = mapped("a".repeat(PAGE) + "b".repeat(PAGE));
            try (Mapping m = Mapping.shared(fd, 2 * PAGE)) {
                Fds.seek(fd, PAGE, SEEK_SET);
                same(PAGE, m.readFrom(fd, 0, PAGE), "read");
                same("b".repeat(PAGE), m.text(0, PAGE), "mapping");
            }
        });
        chapter.test("write-of-its-own-mapping-into-the-file", site -> {
            int fd = mapped("a".repeat(PAGE) + "b".repeat(PAGE));
            try (Mapping m = Mapping.shared(fd, 2 * PAGE)) {
                Fds.seek(fd, 0, SEEK_SET);
                m.writeTo(fd, PAGE, PAGE);
                same("b".repeat(PAGE), Fds.text(fd, PAGE, 0), "content");
            }
        });
    }

    private static void ends(Chapter chapter) {
        chapter.test("truncated-away-pages-fault", site -> {
            int fd = mapped("a".repeat(3 * PAGE));
            int[] pipe = Fds.pipe();
            try (Mapping m = Mapping.of(fd, 0, 3 * PAGE, PROT_READ, MAP_SHARED)) {
                same("a", m.text(2 * PAGE, 1), "mapping before");
                Fds.ftruncate(fd, PAGE);
                m.writeTo(pipe[1], 0, 10);
                fails(EFAULT, () -> m.writeTo(pipe[1], PAGE, 10));
            }
        });
        chapter.test("truncate-zeros-the-rest-of-the-page", site -> {
            int fd = mapped("a".repeat(PAGE));
            try (Mapping m = Mapping.of(fd, 0, PAGE, PROT_READ, MAP_SHARED)) {
                same("aaaa", m.text(8, 4), "mapping before");
                truncate("f", 10);
                same("aa\0\0", m.text(8, 4), "mapping after");
            }
        });
        chapter.test("a-file-that-grows-fills-the-mapping", site -> {
            int fd = mapped("a".repeat(PAGE));
            int[] pipe = Fds.pipe();
            try (Mapping m = Mapping.of(fd, 0, 3 * PAGE, PROT_READ, MAP_SHARED)) {
                fails(EFAULT, () -> m.writeTo(pipe[1], PAGE, 10));
                Fds.pwrite(fd, "b".repeat(PAGE), PAGE);
                same("bbb", m.text(PAGE, 3), "mapping of the new part");
            }
        });
        chapter.test("what-is-put-behind-the-end-is-not-in-the-file", site -> {
            int fd = mapped("abc");
            try (Mapping m = Mapping.shared(fd, PAGE)) {
                m.put(3, "def");
                m.sync(MS_SYNC);
            }
            same("abc", content("f"), "content");
        });
        chapter.test(
                "what-is-put-behind-the-end-is-zero-when-the-file-grows",
                site -> {
                    int fd = mapped("abc");
                    try (Mapping m = Mapping.shared(fd, PAGE)) {
                        m.put(3, "def");
                        truncate("f", 6);
                        same("abc\0\0\0", content("f"), "content");
                    }
                },
                Need.MAPPED_TAIL);
        chapter.test("truncated-by-another-process", site -> {
            int fd = mapped("a".repeat(2 * PAGE));
            int[] pipe = Fds.pipe();
            try (Mapping m = Mapping.of(fd, 0, 2 * PAGE, PROT_READ, MAP_SHARED)) {
                same("a", m.text(PAGE, 1), "mapping before");
                site.peer().run(() -> truncate("f", 0));
                fails(EFAULT, () -> m.writeTo(pipe[1], 0, 10));
            }
        });
    }

    private static void errors(Chapter chapter) {
        chapter.test("shared-writable-of-a-read-only-descriptor-EACCES", site -> {
            mapped("abc");
            int fd = Fds.open("f", O_RDONLY);
            fails(EACCES, () -> Mapping.shared(fd, 3));
        });
        chapter.test("of-a-write-only-descriptor-EACCES", site -> {
            mapped("abc");
            int fd = Fds.open("f", O_WRONLY);
            fails(EACCES, () -> Mapping.of(fd, 0, 3, PROT_READ, MAP_SHARED));
        });
        chapter.test("mprotect-to-write-of-a-read-only-descriptor-EACCES", site -> {
            mapped("abc");
            int fd = Fds.open("f", O_RDONLY);
            try (Mapping m = Mapping.of(fd, 0, 3, PROT_READ, MAP_SHARED)) {
                fails(EACCES, () -> m.protect(PROT_READ | PROT_WRITE));
            }
        });
        chapter.test("odd-offset-EINVAL", site -> {
            int fd = mapped("abc");
            fails(EINVAL, () -> Mapping.of(fd, 1, 3, PROT_READ, MAP_SHARED));
        });
        chapter.test("length-0-EINVAL", site -> {
            int fd = mapped("abc");
            fails(EINVAL, () -> Mapping.of(fd, 0, 0, PROT_READ, MAP_SHARED));
        });
        chapter.test("of-a-directory-ENODEV", site -> {
            mkdir("d");
            int fd = Fds.open("d", O_RDONLY);
            fails(ENODEV, () -> Mapping.of(fd, 0, PAGE, PROT_READ, MAP_SHARED));
        });
    }
}
