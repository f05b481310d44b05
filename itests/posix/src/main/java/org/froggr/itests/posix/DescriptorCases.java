package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

import java.util.Random;

/** O_DIRECT, fsync(2), poll(2), ioctl(2). */
final class DescriptorCases {
    private static final int PAGES = 16384;

    private DescriptorCases() {}

    static void list(Catalogue list) {
        direct(list.chapter("direct"));
        sync(list.chapter("sync"));
        polling(list.chapter("poll"));
    }

    private static void direct(Chapter chapter) {
        chapter.test(
                "written-direct-is-read-through-the-cache",
                site -> {
                    file("f", "a".repeat(PAGES));
                    same("a".repeat(PAGES), content("f"), "content before");
                    try (Mapping data = buffer('b')) {
                        data.writeTo(Fds.open("f", O_WRONLY | O_DIRECT), 0, PAGES);
                    }
                    same("b".repeat(PAGES), content("f"), "content after");
                },
                Need.DIRECT);
        chapter.test(
                "written-through-the-cache-is-read-direct",
                site -> {
                    file("f", "a".repeat(PAGES));
                    try (Mapping data = buffer('x')) {
                        same(PAGES, data.readFrom(Fds.open("f", O_RDONLY | O_DIRECT), 0, PAGES), "read");
                        same("a".repeat(PAGES), data.text(0, PAGES), "content");
                    }
                },
                Need.DIRECT);
        chapter.test(
                "written-direct-shows-in-a-mapping",
                site -> {
                    file("f", "a".repeat(PAGES));
                    try (Mapping data = buffer('b');
                            Mapping m = Mapping.shared(Fds.open("f", O_RDWR), PAGES)) {
                        same("aaa", m.text(0, 3), "mapping before");
                        data.writeTo(Fds.open("f", O_WRONLY | O_DIRECT), 0, PAGES);
                        same("bbb", m.text(0, 3), "mapping after");
                    }
                },
                Need.DIRECT);
        chapter.test(
                "grows-the-file",
                site -> {
                    try (Mapping data = buffer('b')) {
                        int fd = Fds.open("f", O_WRONLY | O_CREAT | O_DIRECT, 0644);
                        data.writeTo(fd, 0, PAGES);
                        data.writeTo(fd, 0, PAGES);
                    }
                    same("b".repeat(2 * PAGES), content("f"), "content");
                },
                Need.DIRECT);
        chapter.test(
                "clears-set-user-id",
                site -> site.ordinary(() -> {
                    touch("f");
                    chmod("f", 06777);
                    try (Mapping data = buffer('b')) {
                        data.writeTo(Fds.open("f", O_WRONLY | O_DIRECT), 0, PAGES);
                    }
                    sameOctal(0777, Stat.of("f").permissions(), "mode");
                }),
                Need.DIRECT);
    }

    /** Page-aligned memory with that letter. */
    private static Mapping buffer(char letter) throws Exception {
        file("buffer", Character.toString(letter).repeat(PAGES));
        return Mapping.of(Fds.open("buffer", O_RDWR), 0, PAGES, PROT_READ | PROT_WRITE, MAP_PRIVATE);
    }

    private static void sync(Chapter chapter) {
        chapter.test("fsync-fdatasync-syncfs-of-a-file", site -> {
            int fd = Fds.open("f", O_RDWR | O_CREAT, 0644);
            Fds.write(fd, "abc");
            Fds.fdatasync(fd);
            Fds.fsync(fd);
            Fds.syncfs(fd);
            Call.check(Sys.sync_file_range(fd, 0, 0, 7), "sync_file_range");
        });
        chapter.test("of-a-directory", site -> {
            mkdir("d");
            int fd = Fds.open("d", O_RDONLY);
            touch("d/f");
            Fds.fsync(fd);
            Fds.fdatasync(fd);
            Fds.syncfs(fd);
        });
        chapter.test("of-a-read-only-descriptor", site -> {
            file("f", "abc");
            Fds.fsync(Fds.open("f", O_RDONLY));
        });
        chapter.test("of-a-pipe-EINVAL", site -> {
            mkfifo("p");
            int fd = Fds.open("p", O_RDWR);
            fails(EINVAL, () -> Fds.fsync(fd));
        });
        chapter.test("content-after-fsync", site -> {
            byte[] data = new byte[300_000];
            new Random(7).nextBytes(data);
            int fd = Fds.open("f", O_RDWR | O_CREAT, 0644);
            Fds.write(fd, data);
            Fds.fsync(fd);
            // POSIX_FADV_DONTNEED: what is read next comes from below the cache
            same(0, Sys.posix_fadvise(fd, 0, 0, 4), "posix_fadvise");
            same(data, Fds.pread(fd, data.length, 0), "content");
        });
    }

    private static void polling(Chapter chapter) {
        chapter.test("a-regular-file-is-always-ready", site -> {
            file("f", "abc");
            int fd = Fds.open("f", O_RDWR);
            byte[] one = new byte[8];
            Call.struct(one).putInt(0, fd).putShort(4, (short) (POLLIN | POLLOUT));
            same(1, Sys.poll(one, 1, 0), "ready descriptors");
            same(POLLIN | POLLOUT, Call.struct(one).getShort(6), "events");
            Fds.seek(fd, 0, SEEK_END);
            same(1, Sys.poll(one, 1, 0), "ready descriptors at the end of the file");
        });
        chapter.test("epoll-of-a-regular-file-is-EPERM-or-ready-at-once", site -> {
            touch("f");
            int fd = Fds.open("f", O_RDONLY);
            int epoll = Opened.add(Call.check(Sys.epoll_create1(O_CLOEXEC), "epoll_create1"));
            byte[] event = new byte[16];
            Call.struct(event).putInt(0, POLLIN);
            if (Sys.epoll_ctl(epoll, 1, fd, event) < 0) {
                that(Call.failedWith(EPERM), "refused with EPERM");
                return;
            }
            byte[] one = new byte[8];
            Call.struct(one).putInt(0, epoll).putShort(4, (short) POLLIN);
            same(1, Sys.poll(one, 1, 0), "ready descriptors");
        });
        chapter.test("a-fifo-becomes-readable", site -> {
            mkfifo("p");
            int fd = Fds.open("p", O_RDWR);
            byte[] one = new byte[8];
            Call.struct(one).putInt(0, fd).putShort(4, (short) POLLIN);
            same(0, Sys.poll(one, 1, 0), "ready descriptors");
            Fds.write(fd, "x");
            same(1, Sys.poll(one, 1, 0), "ready descriptors");
        });
        chapter.test("FIONREAD-of-a-file", site -> {
            file("f", "abcdef");
            int fd = Fds.open("f", O_RDONLY);
            Fds.seek(fd, 2, SEEK_SET);
            int[] count = new int[1];
            Call.check(Sys.ioctl(fd, FIONREAD, count), "ioctl");
            same(4, count[0], "bytes to read");
        });
        chapter.test("unknown-ioctl-ENOTTY", site -> {
            touch("f");
            int fd = Fds.open("f", O_RDONLY);
            fails(ENOTTY, () -> Call.check(Sys.ioctl(fd, 0x5401, new int[32]), "ioctl"));
        });
    }
}
