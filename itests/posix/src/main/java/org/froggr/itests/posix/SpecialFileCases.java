package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

/** mknod(2), mkfifo(3), and what pipes, sockets and devices with names do. */
final class SpecialFileCases {
    private SpecialFileCases() {}

    static void list(Catalogue list) {
        mknod(list.chapter("mknod"));
        fifo(list.chapter("mkfifo"));
        socket(list.chapter("socket"));
        device(list.chapter("device"));
    }

    private static void mknod(Chapter chapter) {
        chapter.test("regular-file", site -> {
            Names.mknod("f", S_IFREG | 0640, 0);
            same(S_IFREG, Stat.of("f").type(), "type");
            sameOctal(0640, Stat.of("f").permissions(), "mode");
        });
        chapter.test("type-0-is-a-regular-file", site -> {
            Names.mknod("f", 0600, 0);
            same(S_IFREG, Stat.of("f").type(), "type");
        });
        chapter.test("fifo", site -> {
            Names.mknod("f", S_IFIFO | 0600, 0);
            same(S_IFIFO, Stat.of("f").type(), "type");
        });
        chapter.test("socket", site -> {
            Names.mknod("s", S_IFSOCK | 0600, 0);
            same(S_IFSOCK, Stat.of("s").type(), "type");
        });
        chapter.test("directory-EPERM", site -> fails(
                () -> Names.mknod("d", S_IFDIR | 0755, 0), EPERM, EINVAL));
        chapter.test("symlink-EINVAL", site -> fails(EINVAL, () -> Names.mknod("s", S_IFLNK | 0777, 0)));
        for (int type : new int[] {S_IFCHR, S_IFBLK}) {
            String name = type == S_IFCHR ? "character" : "block";
            chapter.test(
                    name + "-device",
                    site -> {
                        Names.mknod("x", type | 0640, Linux.device(7, 200));
                        Stat x = Stat.of("x");
                        same(type, x.type(), "type");
                        same(7, x.rdevMajor(), "major");
                        same(200, x.rdevMinor(), "minor");
                    },
                    Need.ROOT,
                    Need.DEVICES);
            chapter.test(name + "-device-by-ordinary-user-EPERM", site -> site.ordinary(() -> fails(
                    EPERM, () -> Names.mknod("x", type | 0640, Linux.device(1, 3)))));
        }
        chapter.test("marks-the-parent", site -> NodeCases.marksParent(
                "p", () -> Names.mknod("p/f", S_IFREG | 0600, 0)));
    }

    private static void fifo(Chapter chapter) {
        chapter.test("passes-bytes-on", site -> {
            Names.mkfifo("f");
            Worker writer = site.start(() -> Fds.write(Fds.open("f", O_WRONLY), "hello"));
            int in = Fds.open("f", O_RDONLY);
            same("hello", Fds.text(Fds.read(in, 5)), "what came");
            writer.finish();
        });
        chapter.test("passes-bytes-on-between-processes", site -> {
            Names.mkfifo("f");
            Peer peer = site.peer();
            var writing = peer.begin(() -> {
                int out = Fds.open("f", O_WRONLY);
                Fds.write(out, "hello");
                Fds.close(out);
            });
            same("hello", Fds.rest(Fds.open("f", O_RDONLY)), "what came");
            writing.get();
        });
        chapter.test("open-waits-for-the-other-end", site -> {
            Names.mkfifo("f");
            Worker reader = site.start(() -> Fds.open("f", O_RDONLY));
            int out = -1;
            while (out < 0) {
                that(!reader.ended(), "the reader waits for a writer");
                out = Sys.open(Call.name("f"), O_WRONLY | O_NONBLOCK | O_CLOEXEC, 0);
            }
            Opened.add(out);
            reader.finish();
        });
        chapter.test("non-blocking-reader-opens-at-once", site -> {
            Names.mkfifo("f");
            int in = Fds.open("f", O_RDONLY | O_NONBLOCK);
            same(0, Fds.read(in, 1).length, "end of file");
            int out = Fds.open("f", O_WRONLY);
            fails(EAGAIN, () -> Fds.read(in, 1));
            Fds.write(out, "x");
            same("x", Fds.text(Fds.read(in, 1)), "what came");
        });
        chapter.test("both-ends-in-one", site -> {
            Names.mkfifo("f");
            int both = Fds.open("f", O_RDWR);
            Fds.write(both, "abc");
            same("abc", Fds.text(Fds.read(both, 3)), "what came");
        });
        chapter.test("two-names-are-one-pipe", site -> {
            Names.mkfifo("f");
            link("f", "g");
            int in = Fds.open("f", O_RDONLY | O_NONBLOCK);
            Fds.write(Fds.open("g", O_WRONLY | O_NONBLOCK), "x");
            same("x", Fds.text(Fds.read(in, 1)), "what came");
        });
        chapter.test("lseek-ESPIPE", site -> {
            Names.mkfifo("f");
            int both = Fds.open("f", O_RDWR);
            fails(ESPIPE, () -> Fds.seek(both, 0, SEEK_SET));
            fails(ESPIPE, () -> Fds.pread(both, 1, 0));
        });
        chapter.test("truncate-EINVAL", site -> {
            Names.mkfifo("f");
            fails(EINVAL, () -> truncate("f", 0));
        });
        chapter.test("has-the-mode-it-was-given", site -> {
            Names.mknod("f", S_IFIFO | 0624, 0);
            sameOctal(0624, Stat.of("f").permissions(), "mode");
            same(0, Stat.of("f").size(), "size");
        });
        chapter.test("goes-on-when-unlinked", site -> {
            Names.mkfifo("f");
            int both = Fds.open("f", O_RDWR);
            unlink("f");
            Fds.write(both, "abc");
            same("abc", Fds.text(Fds.read(both, 3)), "what came");
        });
    }

    private static void socket(Chapter chapter) {
        chapter.test("connect-and-talk", site -> {
            int listening = Sockets.listen("s");
            same(S_IFSOCK, Stat.of("s").type(), "type");
            int client = Sockets.connect("s");
            int server = Sockets.accept(listening);
            Fds.write(client, "hello");
            same("hello", Fds.text(Fds.read(server, 5)), "what came");
        });
        chapter.test("connect-from-another-process", site -> {
            int listening = Sockets.listen("s");
            Peer peer = site.peer();
            peer.run(() -> Fds.write(Sockets.connect("s"), "hello"));
            same("hello", Fds.text(Fds.read(Sockets.accept(listening), 5)), "what came");
        });
        chapter.test("connect-by-other-link-and-new-name", site -> {
            Sockets.listen("s");
            link("s", "t");
            rename("s", "u");
            Sockets.connect("t");
            Sockets.connect("u");
        });
        chapter.test("connect-through-symlink", site -> {
            Sockets.listen("s");
            symlink("s", "t");
            Sockets.connect("t");
        });
        chapter.test("connect-to-absent-ENOENT", site -> fails(ENOENT, () -> Sockets.connect("absent")));
        chapter.test("connect-to-file-ECONNREFUSED", site -> {
            touch("f");
            fails(ECONNREFUSED, () -> Sockets.connect("f"));
        });
        chapter.test("connect-to-closed-ECONNREFUSED", site -> {
            Fds.close(Sockets.listen("s"));
            fails(ECONNREFUSED, () -> Sockets.connect("s"));
        });
        chapter.test("connect-without-write-permission-EACCES", site -> site.ordinary(() -> {
            Sockets.listen("s");
            chmod("s", 0555);
            fails(EACCES, () -> Sockets.connect("s"));
            chmod("s", 0200);
            Sockets.connect("s");
        }));
        chapter.test("marks-the-parent", site -> NodeCases.marksParent("p", () -> Sockets.listen("p/s")));
    }

    private static void device(Chapter chapter) {
        chapter.test(
                "null-and-zero-as-the-mount-says",
                site -> {
                    Names.mknod("null", S_IFCHR | 0666, Linux.device(1, 3));
                    Names.mknod("zero", S_IFCHR | 0666, Linux.device(1, 5));
                    if (site.mountHas(ST_NODEV)) {
                        fails(EACCES, () -> Fds.open("null", O_WRONLY));
                        return;
                    }
                    same(3, Fds.write(Fds.open("null", O_WRONLY), "abc"), "written");
                    same("\0\0\0", Fds.text(Fds.read(Fds.open("zero", O_RDONLY), 3)), "read");
                },
                Need.ROOT,
                Need.DEVICES);
        chapter.test(
                "is-unlinked-linked-and-renamed-as-any-file",
                site -> {
                    Names.mknod("x", S_IFBLK | 0600, Linux.device(7, 201));
                    link("x", "y");
                    rename("x", "z");
                    same(2, Stat.of("z").links(), "links");
                    unlink("y");
                    same(201, Stat.of("z").rdevMinor(), "minor");
                },
                Need.ROOT,
                Need.DEVICES);
    }
}
