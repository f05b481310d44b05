package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

import com.sun.jna.Memory;
import java.util.ArrayList;
import java.util.List;

/** Reading, writing and appending. */
final class FileCases {
    private static final int PAGES = 16384;

    private FileCases() {}

    static void list(Catalogue list) {
        io(list.chapter("io"));
        model(list.chapter("io"));
        append(list.chapter("append"));
    }

    private static void io(Chapter chapter) {
        for (int length : new int[] {0, 1, 4095, 4096, 4097, 131071, 131072, 131073, 1048576, 1048577, 5_000_001}) {
            chapter.test("write-and-read-" + length, site -> {
                byte[] data = new byte[length];
                site.random().nextBytes(data);
                int fd = Fds.open("f", O_RDWR | O_CREAT, 0644);
                same(length, Fds.write(fd, data), "written by one call");
                same(length, Stat.of("f").size(), "size");
                same(data, Fds.pread(fd, length + 10, 0), "content by the same descriptor");
                same(data, Fds.bytes(content("f")), "content by another descriptor");
            });
        }
        chapter.test("read-at-the-end-is-0", site -> {
            file("f", "abc");
            int fd = Fds.open("f", O_RDONLY);
            Fds.seek(fd, 0, SEEK_END);
            same(0, Fds.read(fd, 10).length, "bytes at the end");
            same(0, Fds.pread(fd, 10, 1000).length, "bytes behind the end");
        });
        chapter.test("read-at-the-end-sees-what-is-added", site -> {
            file("f", "abc");
            int in = Fds.open("f", O_RDONLY);
            int out = Fds.open("f", O_WRONLY | O_APPEND);
            same("abc", Fds.rest(in), "content");
            for (int i = 0; i < 20; i++) {
                Fds.write(out, "line " + i);
                same("line " + i, Fds.rest(in), "what was added");
            }
        });
        chapter.test("another-process-sees-what-is-written-at-once", site -> {
            Peer peer = site.peer();
            int in = Fds.open("f", O_RDONLY | O_CREAT, 0644);
            for (int i = 0; i < 20; i++) {
                String text = "line " + i;
                peer.run(() -> {
                    int out = Fds.open("f", O_WRONLY | O_APPEND);
                    Fds.write(out, text);
                    Fds.close(out);
                });
                same(text, Fds.rest(in), "what was added");
            }
        });
        chapter.test("overwritten-by-another-process-is-seen-at-once", site -> {
            Peer peer = site.peer();
            file("f", "0000");
            int in = Fds.open("f", O_RDONLY);
            peer.run(() -> Fds.open("f", O_WRONLY));
            for (int i = 0; i < 20; i++) {
                String text = String.format("%04d", i);
                peer.run(() -> {
                    int out = Fds.open("f", O_WRONLY);
                    Fds.pwrite(out, text, 0);
                    Fds.close(out);
                });
                same(text, Fds.text(in, 4, 0), "content");
            }
        });
        chapter.test("pread-and-pwrite-leave-the-place", site -> {
            file("f", "abcdef");
            int fd = Fds.open("f", O_RDWR);
            Fds.seek(fd, 2, SEEK_SET);
            Fds.pread(fd, 3, 0);
            Fds.pwrite(fd, "X", 5);
            same(2, Fds.seek(fd, 0, SEEK_CUR), "place");
        });
        chapter.test("writing-behind-the-end-leaves-zeros", site -> {
            int fd = Fds.open("f", O_RDWR | O_CREAT, 0644);
            Fds.pwrite(fd, "x", 10_000);
            same("\0".repeat(10_000) + "x", content("f"), "content");
        });
        chapter.test("lseek", site -> {
            file("f", "abcdef");
            int fd = Fds.open("f", O_RDONLY);
            same(6, Fds.seek(fd, 0, SEEK_END), "end");
            same(4, Fds.seek(fd, -2, SEEK_CUR), "two back");
            same(100, Fds.seek(fd, 94, SEEK_END), "behind the end");
            fails(EINVAL, () -> Fds.seek(fd, -1, SEEK_SET));
            fails(EINVAL, () -> Fds.seek(fd, -7, SEEK_END));
            fails(EINVAL, () -> Fds.seek(fd, 0, 99));
        });
        chapter.test("pread-negative-EINVAL", site -> {
            int fd = Fds.open("f", O_RDWR | O_CREAT, 0644);
            fails(EINVAL, () -> Fds.pread(fd, 1, -1));
            fails(EINVAL, () -> Fds.pwrite(fd, "x", -1));
        });
        chapter.test("write-at-the-largest-offset-EFBIG", site -> {
            int fd = Fds.open("f", O_RDWR | O_CREAT, 0644);
            fails(() -> Fds.pwrite(fd, "xx", Long.MAX_VALUE - 1), EFBIG, EINVAL);
        });
        chapter.test("preadv-and-pwritev", site -> {
            int fd = Fds.open("f", O_RDWR | O_CREAT, 0644);
            try (Memory data = new Memory(12);
                    Memory vector = new Memory(32)) {
                data.write(0, Fds.bytes("hello world!"), 0, 12);
                vector.setPointer(0, data.share(6));
                vector.setLong(8, 6);
                vector.setPointer(16, data.share(0));
                vector.setLong(24, 6);
                same(12, Call.check(Sys.pwritev(fd, vector, 2, 3), "pwritev"), "written");
                same("\0\0\0world!hello ", content("f"), "content");
                same(12, Call.check(Sys.preadv(fd, vector, 2, 3), "preadv"), "read");
                same("hello world!", Fds.text(data.getByteArray(0, 12)), "what was read");
            }
        });
        chapter.test("two-writers-in-their-own-halves", site -> {
            Fds.ftruncate(Fds.open("f", O_RDWR | O_CREAT, 0644), 200_000);
            Peer peer = site.peer();
            var writing = peer.begin(() -> blocks('b', 100));
            blocks('a', 0);
            writing.get();
            same("a".repeat(100_000) + "b".repeat(100_000), content("f"), "content");
        });
    }

    /** A hundred blocks of 1,000 bytes, from that block on. */
    private static void blocks(char filling, int first) throws Exception {
        int fd = Fds.open("f", O_WRONLY);
        for (int i = 0; i < 100; i++) {
            Fds.pwrite(fd, Character.toString(filling).repeat(1000), (first + i) * 1000L);
        }
        Fds.close(fd);
    }

    /** What a file must hold after any mixture of calls is what an array holds after the same. */
    private static void model(Chapter chapter) {
        for (int round = 1; round <= 4; round++) {
            chapter.test("random-calls-against-a-model-" + round, site -> new FileModel(
                            site.random(), FileModel.Kind.CALLS)
                    .run(1500));
            chapter.test("random-calls-and-mappings-against-a-model-" + round, site -> new FileModel(
                            site.random(), FileModel.Kind.MAPPINGS)
                    .run(1000));
            chapter.test(
                    "random-calls-and-holes-against-a-model-" + round,
                    site -> new FileModel(site.random(), FileModel.Kind.RANGES).run(1000),
                    Need.PUNCH,
                    Need.ALLOCATE);
        }
    }

    private static void append(Chapter chapter) {
        chapter.test("writes-at-the-end-wherever-the-place-is", site -> {
            file("f", "abc");
            int fd = Fds.open("f", O_RDWR | O_APPEND);
            Fds.seek(fd, 0, SEEK_SET);
            Fds.write(fd, "def");
            same(6, Fds.seek(fd, 0, SEEK_CUR), "place after it");
            same("abcdef", content("f"), "content");
        });
        chapter.test("pwrite-appends-on-linux", site -> {
            file("f", "abc");
            Fds.pwrite(Fds.open("f", O_WRONLY | O_APPEND), "X", 0);
            same("abcX", content("f"), "content");
        });
        chapter.test("after-truncate-by-another-descriptor", site -> {
            file("f", "abcdef");
            int fd = Fds.open("f", O_WRONLY | O_APPEND);
            Fds.write(fd, "g");
            truncate("f", 2);
            Fds.write(fd, "X");
            same("abX", content("f"), "content");
        });
        chapter.test("two-descriptors-take-turns", site -> {
            int a = Fds.open("f", O_WRONLY | O_CREAT | O_APPEND, 0644);
            int b = Fds.open("f", O_WRONLY | O_APPEND);
            StringBuilder expected = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                Fds.write(i % 3 == 0 ? a : b, "line " + i + "\n");
                expected.append("line ").append(i).append('\n');
            }
            same(expected.toString(), content("f"), "content");
        });
        chapter.test("from-many-threads-nothing-is-lost", site -> {
            touch("f");
            List<Worker> workers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                char letter = (char) ('a' + i);
                workers.add(site.start(() -> lines(letter)));
            }
            for (Worker worker : workers) {
                worker.finish();
            }
            countLines("abcd");
        });
        chapter.test("from-many-processes-nothing-is-lost", site -> {
            touch("f");
            List<Peer.Pending<Void>> pending = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                char letter = (char) ('a' + i);
                pending.add(site.peer().begin(() -> lines(letter)));
            }
            lines('d');
            for (Peer.Pending<Void> one : pending) {
                one.get();
            }
            countLines("abcd");
        });
    }

    private static void lines(char letter) throws Exception {
        int fd = Fds.open("f", O_WRONLY | O_APPEND);
        for (int i = 0; i < 300; i++) {
            Fds.write(fd, Character.toString(letter).repeat(99) + "\n");
        }
        Fds.close(fd);
    }

    private static void countLines(String letters) throws Exception {
        List<String> lines = content("f").lines().toList();
        same(300L * letters.length(), lines.size(), "lines");
        for (char letter : letters.toCharArray()) {
            String line = Character.toString(letter).repeat(99);
            same(300, lines.stream().filter(line::equals).count(), "whole lines of " + letter);
        }
    }
}
