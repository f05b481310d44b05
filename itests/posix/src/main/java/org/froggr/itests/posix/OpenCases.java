package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

import com.sun.jna.Pointer;

/** open(2): its flags and what it refuses. */
final class OpenCases {
    private OpenCases() {}

    static void list(Catalogue list) {
        Chapter chapter = list.chapter("open");
        creation(chapter);
        types(chapter);
        modes(chapter);
        flags(chapter);
        busy(chapter);
        how(chapter);
    }

    private static void creation(Chapter chapter) {
        chapter.test("creat-makes-an-empty-file-of-that-mode", site -> {
            touch("f", 0640);
            Stat f = Stat.of("f");
            same(S_IFREG, f.type(), "type");
            sameOctal(0640, f.permissions(), "mode");
            same(0, f.size(), "size");
            same(1, f.links(), "links");
        });
        for (int mode : new int[] {0000, 0111, 0222, 0444, 0600, 0755, 0777, 01644, 04755, 06777}) {
            chapter.test("creat-with-mode-" + Integer.toOctalString(010000 | mode).substring(1), site -> {
                touch("f", mode);
                sameOctal(mode, Stat.of("f").permissions(), "mode");
            });
        }
        chapter.test("creat-of-existing-leaves-it-alone", site -> {
            file("f", "abc");
            chmod("f", 0600);
            touch("f", 0777);
            same("abc", content("f"), "content");
            sameOctal(0600, Stat.of("f").permissions(), "mode");
        });
        chapter.test("creat-through-dangling-symlink-makes-its-target", site -> {
            symlink("target", "s");
            touch("s");
            same(S_IFREG, Stat.ofLink("target").type(), "type of target");
            same(S_IFLNK, Stat.ofLink("s").type(), "type of symlink");
        });
        chapter.test("exclusive-of-new", site -> Fds.open("f", O_RDWR | O_CREAT | O_EXCL, 0600));
        chapter.test("exclusive-by-many-one-wins", site -> {
            java.util.concurrent.atomic.AtomicInteger won = new java.util.concurrent.atomic.AtomicInteger();
            for (int round = 0; round < 20; round++) {
                String name = "f" + round;
                won.set(0);
                Worker[] workers = new Worker[4];
                for (int i = 0; i < workers.length; i++) {
                    workers[i] = site.start(() -> {
                        int fd = Sys.open(Call.name(name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
                        if (fd >= 0) {
                            Opened.add(fd);
                            won.incrementAndGet();
                        } else if (!Call.failedWith(EEXIST)) {
                            throw Call.failed("open", name);
                        }
                    });
                }
                for (Worker worker : workers) {
                    worker.finish();
                }
                same(1, won.get(), "winners of O_EXCL");
            }
        });
        chapter.test("truncates", site -> {
            file("f", "abc");
            Fds.open("f", O_WRONLY | O_TRUNC);
            same(0, Stat.of("f").size(), "size");
        });
        chapter.test("truncate-and-create-keeps-the-inode", site -> {
            file("f", "abc");
            Stat before = Stat.of("f");
            file("f", "z");
            that(Stat.of("f").sameFile(before), "it is the same file");
            same("z", content("f"), "content");
        });
        chapter.test("truncate-is-seen-by-others-at-once", site -> {
            file("f", "abcdef");
            int other = Fds.open("f", O_RDONLY);
            same("abc", Fds.text(other, 3, 0), "content before");
            Fds.open("f", O_WRONLY | O_TRUNC);
            same(0, Stat.of(other).size(), "size");
            same("", Fds.text(other, 3, 0), "content after");
        });
    }

    private static void types(Chapter chapter) {
        chapter.test("directory-to-write-EISDIR", site -> {
            mkdir("d");
            fails(EISDIR, () -> Fds.open("d", O_WRONLY));
            fails(EISDIR, () -> Fds.open("d", O_RDWR));
        });
        chapter.test("directory-with-creat-EISDIR", site -> {
            mkdir("d");
            fails(EISDIR, () -> Fds.open("d", O_RDONLY | O_CREAT, 0644));
        });
        chapter.test("directory-with-trunc-EISDIR", site -> {
            mkdir("d");
            fails(EISDIR, () -> Fds.open("d", O_RDONLY | O_TRUNC));
        });
        chapter.test("directory-read-EISDIR", site -> {
            mkdir("d");
            int fd = Fds.open("d", O_RDONLY);
            fails(EISDIR, () -> Fds.read(fd, 10));
        });
        chapter.test("o-directory-of-directory", site -> {
            mkdir("d");
            Fds.open("d", O_RDONLY | O_DIRECTORY);
        });
        chapter.test("o-directory-of-file-ENOTDIR", site -> {
            touch("f");
            fails(ENOTDIR, () -> Fds.open("f", O_RDONLY | O_DIRECTORY));
        });
        chapter.test("o-directory-of-fifo-ENOTDIR", site -> {
            mkfifo("f");
            fails(ENOTDIR, () -> Fds.open("f", O_RDONLY | O_DIRECTORY));
        });
        chapter.test("o-directory-and-creat-EINVAL", site -> fails(
                EINVAL, () -> Fds.open("f", O_RDONLY | O_CREAT | O_DIRECTORY, 0644)));
        chapter.test("nofollow-of-symlink-ELOOP", site -> {
            touch("f");
            symlink("f", "s");
            fails(ELOOP, () -> Fds.open("s", O_RDONLY | O_NOFOLLOW));
            fails(ELOOP, () -> Fds.open("s", O_WRONLY | O_NOFOLLOW | O_CREAT, 0644));
        });
        chapter.test("nofollow-counts-for-the-last-component-only", site -> {
            mkdir("d");
            touch("d/f");
            symlink("d", "s");
            Fds.open("s/f", O_RDONLY | O_NOFOLLOW);
        });
        chapter.test("nofollow-of-file", site -> {
            touch("f");
            Fds.open("f", O_RDONLY | O_NOFOLLOW);
        });
        chapter.test("socket-ENXIO", site -> {
            Sockets.listen("s");
            fails(ENXIO, () -> Fds.open("s", O_RDONLY));
            fails(ENXIO, () -> Fds.open("s", O_RDWR));
        });
        chapter.test("fifo-to-write-with-no-reader-ENXIO", site -> {
            mkfifo("f");
            fails(ENXIO, () -> Fds.open("f", O_WRONLY | O_NONBLOCK));
        });
        chapter.test(
                "device-without-driver-ENXIO",
                site -> {
                    mknod("c", S_IFCHR | 0666, Linux.device(250, 250));
                    fails(() -> Fds.open("c", O_RDONLY), site.mountHas(ST_NODEV) ? EACCES : ENXIO);
                },
                Need.ROOT,
                Need.DEVICES);
        chapter.test("forty-symlinks-are-followed", site -> {
            chain(40);
            Fds.open("s40", O_RDONLY);
        });
        chapter.test("forty-one-symlinks-ELOOP", site -> {
            chain(41);
            fails(ELOOP, () -> Fds.open("s41", O_RDONLY));
        });
        chapter.test("at-a-directory-descriptor", site -> {
            mkdir("d");
            file("d/f", "abc");
            int dir = Fds.open("d", O_RDONLY | O_DIRECTORY);
            rename("d", "e");
            same("abc", Fds.rest(Fds.openat(dir, "f", O_RDONLY, 0)), "content");
        });
        chapter.test("at-a-file-descriptor-ENOTDIR", site -> {
            touch("f");
            int fd = Fds.open("f", O_RDONLY);
            fails(ENOTDIR, () -> Fds.openat(fd, "x", O_RDONLY, 0));
        });
    }

    private static void chain(int length) throws Exception {
        touch("s0");
        for (int i = 1; i <= length; i++) {
            symlink("s" + (i - 1), "s" + i);
        }
    }

    private static void modes(Chapter chapter) {
        chapter.test("write-to-read-only-EBADF", site -> {
            touch("f");
            int fd = Fds.open("f", O_RDONLY);
            fails(EBADF, () -> Fds.write(fd, "x"));
        });
        chapter.test("read-from-write-only-EBADF", site -> {
            touch("f");
            int fd = Fds.open("f", O_WRONLY);
            fails(EBADF, () -> Fds.read(fd, 1));
        });
        chapter.test("read-into-bad-address-EFAULT", site -> {
            file("f", "abc");
            int fd = Fds.open("f", O_RDONLY);
            fails(EFAULT, () -> Call.check(Sys.read(fd, new Pointer(16), 3), "read"));
            same("abc", Fds.rest(fd), "the place has not moved");
        });
        chapter.test("write-from-bad-address-EFAULT", site -> {
            file("f", "abc");
            int fd = Fds.open("f", O_RDWR);
            fails(EFAULT, () -> Call.check(Sys.write(fd, new Pointer(16), 3), "write"));
            same("abc", content("f"), "content");
        });
        chapter.test("getfl-tells-access-mode-and-append", site -> {
            touch("f");
            int fd = Fds.open("f", O_RDWR | O_APPEND);
            int flags = Fds.fcntl(fd, F_GETFL, 0);
            same(O_RDWR, flags & O_ACCMODE, "access mode");
            that((flags & O_APPEND) != 0, "O_APPEND is told");
        });
        chapter.test("setfl-append-appends", site -> {
            file("f", "abc");
            int fd = Fds.open("f", O_WRONLY);
            Fds.fcntl(fd, F_SETFL, O_APPEND);
            Fds.write(fd, "def");
            same("abcdef", content("f"), "content");
        });
        chapter.test("setfl-clears-append", site -> {
            file("f", "abc");
            int fd = Fds.open("f", O_WRONLY | O_APPEND);
            Fds.fcntl(fd, F_SETFL, 0);
            Fds.pwrite(fd, "X", 0);
            same("Xbc", content("f"), "content");
        });
        chapter.test("dup-shares-the-place", site -> {
            file("f", "abcdef");
            int fd = Fds.open("f", O_RDONLY);
            int copy = Fds.dup(fd);
            Fds.read(fd, 3);
            same("def", Fds.rest(copy), "rest");
        });
        chapter.test("two-opens-have-two-places", site -> {
            file("f", "abcdef");
            int a = Fds.open("f", O_RDONLY);
            int b = Fds.open("f", O_RDONLY);
            Fds.read(a, 3);
            same("abcdef", Fds.rest(b), "rest");
        });
    }

    private static void flags(Chapter chapter) {
        for (int flag : new int[] {O_SYNC, O_DSYNC, O_NONBLOCK, O_APPEND, O_NOATIME, O_CLOEXEC}) {
            chapter.test("takes-flag-0" + Integer.toOctalString(flag), site -> {
                int fd = Fds.open("f", O_RDWR | O_CREAT | flag, 0644);
                same(3, Fds.write(fd, "abc"), "written");
                same("abc", Fds.text(fd, 3, 0), "content");
            });
        }
        chapter.test(
                "noatime-of-another-ones-file-EPERM",
                site -> {
                    touch("f");
                    site.as(User.ALICE, () -> fails(EPERM, () -> Fds.open("f", O_RDONLY | O_NOATIME)));
                },
                Need.ROOT);
        chapter.test("direct-works-or-EINVAL", site -> {
            file("f", "x".repeat(8192));
            int fd = Sys.open(Call.name("f"), O_RDONLY | O_DIRECT | O_CLOEXEC, 0);
            that(fd >= 0 || Call.failedWith(EINVAL), "open with O_DIRECT works or is EINVAL");
            if (fd >= 0) {
                Opened.add(fd);
                aligned(fd);
            }
        });
        chapter.test(
                "direct-works",
                site -> {
                    file("f", "x".repeat(8192));
                    aligned(Fds.open("f", O_RDONLY | O_DIRECT));
                },
                Need.DIRECT);
        chapter.test("many-at-once", site -> {
            for (int i = 0; i < 500; i++) {
                Fds.write(Fds.open("f" + i, O_RDWR | O_CREAT, 0644), "n" + i);
            }
            for (int i = 0; i < 500; i++) {
                same("n" + i, content("f" + i), "content");
            }
        });
    }

    /** Reads with a buffer on a page's boundary. */
    private static void aligned(int fd) throws Exception {
        int place = Fds.open("place", O_RDWR | O_CREAT, 0644);
        Fds.ftruncate(place, 8192);
        try (Mapping memory = Mapping.of(place, 0, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE)) {
            same(8192, memory.readFrom(fd, 0, 8192), "read");
            same("x".repeat(8192), memory.text(0, 8192), "content");
        }
    }

    private static void busy(Chapter chapter) {
        chapter.test("running-program-to-write-ETXTBSY", site -> {
            java.nio.file.Files.copy(
                    java.nio.file.Path.of("/bin/sleep"), java.nio.file.Path.of(site.directory(), "program"));
            chmod("program", 0755);
            Child child = Child.start("./program", "600");
            try {
                fails(ETXTBSY, () -> Fds.open("program", O_WRONLY));
                fails(ETXTBSY, () -> truncate("program", 0));
                Fds.open("program", O_RDONLY);
            } finally {
                child.kill();
            }
            Fds.open("program", O_WRONLY);
        });
        chapter.test("program-open-to-write-does-not-run-ETXTBSY", site -> {
            java.nio.file.Files.copy(
                    java.nio.file.Path.of("/bin/true"), java.nio.file.Path.of(site.directory(), "program"));
            chmod("program", 0755);
            int fd = Fds.open("program", O_RDWR);
            fails(ETXTBSY, () -> Child.run("./program"));
            Fds.close(fd);
            same(0, Child.run("./program"), "exit status");
        });
    }

    /** openat2(2). */
    private static void how(Chapter chapter) {
        chapter.test("openat2-no-symlinks-ELOOP", site -> {
            mkdir("d");
            touch("d/f");
            symlink("d", "s");
            fails(ELOOP, () -> openat2("s/f", 0x04));
            openat2("d/f", 0x04);
        });
        chapter.test("openat2-beneath-EXDEV", site -> {
            mkdir("d");
            touch("f");
            symlink("..", "d/up");
            chdir("d");
            fails(EXDEV, () -> openat2("../f", 0x08));
            fails(EXDEV, () -> openat2("up/f", 0x08));
        });
        chapter.test("openat2-in-root", site -> {
            file("f", "abc");
            symlink("/f", "s");
            same("abc", Fds.rest(openat2("s", 0x10)), "content");
            same("abc", Fds.rest(openat2("/../../f", 0x10)), "content");
        });
        chapter.test("openat2-no-xdev", site -> {
            mkdir("d");
            touch("d/f");
            openat2("d/f", 0x01);
        });
    }

    private static int openat2(String name, long resolve) throws Exception {
        long[] how = {O_RDONLY | O_CLOEXEC, 0, resolve};
        long fd = Sys.syscall(SYS_OPENAT2, AT_FDCWD, Call.name(name), how, 24);
        return Opened.add((int) Call.check(fd, "openat2", name));
    }
}
