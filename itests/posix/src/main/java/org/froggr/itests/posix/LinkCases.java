package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

import java.nio.file.Files;
import java.nio.file.Path;

/** link(2) and unlink(2). */
final class LinkCases {
    private LinkCases() {}

    static void list(Catalogue list) {
        link(list.chapter("link"));
        linkTypes(list.chapter("link"));
        unlink(list.chapter("unlink"));
    }

    private static void link(Chapter chapter) {
        chapter.test("two-names-of-one-file", site -> {
            file("f", "abc");
            Names.link("f", "g");
            that(Stat.of("f").sameFile(Stat.of("g")), "both are one file");
            same(2, Stat.of("f").links(), "links by the first name");
            same(2, Stat.of("g").links(), "links by the second name");
            file("g", "xyz");
            same("xyz", content("f"), "content");
        });
        chapter.test("survives-the-first-name", site -> {
            file("f", "abc");
            Names.link("f", "g");
            Names.unlink("f");
            same(1, Stat.of("g").links(), "links");
            same("abc", content("g"), "content");
        });
        chapter.test("in-another-directory", site -> {
            mkdir("d");
            touch("f");
            Names.link("f", "d/g");
            that(Stat.of("f").sameFile(Stat.of("d/g")), "both are one file");
            rename("d/g", "d/h");
            same(2, Stat.of("d/h").links(), "links");
        });
        chapter.test("hundred-names", site -> {
            touch("f");
            for (int i = 0; i < 100; i++) {
                Names.link("f", "f" + i);
            }
            same(101, Stat.of("f").links(), "links");
            for (int i = 0; i < 100; i += 2) {
                Names.unlink("f" + i);
            }
            same(51, Stat.of("f99").links(), "links");
        });
        chapter.test("keeps-the-inode-number-across-names", site -> {
            touch("f");
            long inode = Stat.of("f").inode();
            for (int i = 0; i < 10; i++) {
                Names.link("f", "g" + i);
                same(inode, Stat.of("g" + i).inode(), "inode number");
            }
        });
        chapter.test("sees-the-size-by-every-name", site -> {
            touch("f");
            Names.link("f", "g");
            Stat.of("g");
            int fd = Fds.open("f", O_WRONLY);
            Fds.write(fd, "abcdef");
            same(6, Stat.of("g").size(), "size by the other name");
            Fds.ftruncate(fd, 2);
            same(2, Stat.of("g").size(), "size by the other name");
        });
        chapter.test("marks-the-file-and-the-parent", site -> {
            mkdir("p");
            touch("f");
            utimens("f", Clock.OLD, Clock.OLD);
            Stat before = Clock.settled("f");
            NodeCases.marksParent("p", () -> Names.link("f", "p/g"));
            that(Stat.of("f").changed() > before.changed(), "ctime of the file moves");
            same(before.modified(), Stat.of("f").modified(), "mtime of the file");
        });
        chapter.test("directory-EPERM", site -> {
            mkdir("d");
            fails(EPERM, () -> Names.link("d", "e"));
        });
        chapter.test("over-itself-EEXIST", site -> {
            touch("f");
            fails(EEXIST, () -> Names.link("f", "f"));
        });
        chapter.test("across-file-systems-EXDEV", site -> {
            touch("f");
            fails(() -> Names.link("f", "/proc/self/x"), EXDEV, EPERM, ENOENT);
            fails(EXDEV, () -> Names.link("/proc/self/stat", "x"));
        }, Need.PROC);
        chapter.test("of-a-symlink-is-of-the-symlink", site -> {
            touch("f");
            Names.symlink("f", "s");
            Names.link("s", "t");
            same(S_IFLNK, Stat.ofLink("t").type(), "type");
            same(2, Stat.ofLink("s").links(), "links");
        });
        chapter.test("AT_SYMLINK_FOLLOW-is-of-its-target", site -> {
            touch("f");
            Names.symlink("f", "s");
            linkat(AT_FDCWD, "s", AT_FDCWD, "t", AT_SYMLINK_FOLLOW);
            that(Stat.ofLink("t").sameFile(Stat.of("f")), "it is the file");
        });
        chapter.test("bad-flags-EINVAL", site -> {
            touch("f");
            fails(EINVAL, () -> linkat(AT_FDCWD, "f", AT_FDCWD, "g", 1 << 30));
        });
        chapter.test("of-a-file-without-any-permission", site -> site.ordinary(() -> {
            touch("f", 0);
            Names.link("f", "g");
            same(2, Stat.of("f").links(), "links");
        }));
        chapter.test(
                "of-another-ones-file-as-protected_hardlinks-says",
                site -> {
                    boolean secure = Files.readString(Path.of("/proc/sys/fs/protected_hardlinks")).trim().equals("1");
                    touch("f", 0644);
                    mkdir("d", 0777);
                    site.as(User.ALICE, () -> {
                        if (secure) {
                            fails(EPERM, () -> Names.link("f", "d/g"));
                        } else {
                            Names.link("f", "d/g");
                        }
                    });
                },
                Need.ROOT,
                Need.PROC);
        chapter.test("unlinked-open-file-gets-no-name-again-ENOENT", site -> {
            touch("f");
            int fd = Fds.open("f", O_RDWR);
            Names.unlink("f");
            fails(ENOENT, () -> linkat(AT_FDCWD, Fds.proc(fd), AT_FDCWD, "g", AT_SYMLINK_FOLLOW));
        }, Need.PROC);
    }

    private static void linkTypes(Chapter chapter) {
        for (String kind : new String[] {"fifo", "socket", "symlink"}) {
            chapter.test("of-a-" + kind, site -> {
                switch (kind) {
                    case "fifo" -> mkfifo("x");
                    case "socket" -> Sockets.listen("x");
                    default -> Names.symlink("t", "x");
                }
                Names.link("x", "y");
                that(Stat.ofLink("x").sameFile(Stat.ofLink("y")), "both are one");
                same(2, Stat.ofLink("x").links(), "links");
                Names.unlink("x");
                same(1, Stat.ofLink("y").links(), "links");
            });
        }
    }

    private static void unlink(Chapter chapter) {
        for (String kind : new String[] {"file", "fifo", "socket", "symlink", "dangling-symlink"}) {
            chapter.test("removes-a-" + kind, site -> {
                switch (kind) {
                    case "file" -> touch("x");
                    case "fifo" -> mkfifo("x");
                    case "socket" -> Sockets.listen("x");
                    case "symlink" -> Names.symlink(".", "x");
                    default -> Names.symlink("absent", "x");
                }
                Names.unlink("x");
                that(!exists("x"), "it is gone");
                same(0, Directory.names(".").size(), "names");
            });
        }
        chapter.test("directory-EISDIR", site -> {
            mkdir("d");
            fails(() -> Names.unlink("d"), EISDIR, EPERM);
            fails(() -> Names.unlink("d/"), EISDIR, EPERM);
        });
        chapter.test("dot-EISDIR", site -> fails(() -> Names.unlink("."), EISDIR, EPERM, EINVAL));
        chapter.test("symlink-to-directory-removes-the-symlink", site -> {
            mkdir("d");
            Names.symlink("d", "s");
            Names.unlink("s");
            that(exists("d"), "the directory is still there");
        });
        chapter.test("twice-ENOENT", site -> {
            touch("f");
            Names.unlink("f");
            fails(ENOENT, () -> Names.unlink("f"));
        });
        chapter.test("read-only-file-of-ones-own", site -> site.ordinary(() -> {
            touch("f", 0);
            Names.unlink("f");
        }));
        chapter.test("parent-not-writable-EACCES", site -> site.ordinary(() -> {
            mkdir("d");
            touch("d/f");
            chmod("d", 0555);
            fails(EACCES, () -> Names.unlink("d/f"));
            chmod("d", 0755);
        }));
        chapter.test("marks-the-parent", site -> {
            mkdir("p");
            touch("p/f");
            NodeCases.marksParent("p", () -> Names.unlink("p/f"));
        });
        chapter.test("marks-the-file-that-has-another-name", site -> {
            touch("f");
            Names.link("f", "g");
            utimens("f", Clock.OLD, Clock.OLD);
            Stat before = Clock.settled("g");
            Names.unlink("f");
            that(Stat.of("g").changed() > before.changed(), "ctime moves");
            same(before.modified(), Stat.of("g").modified(), "mtime");
        });
        chapter.test("and-made-again-is-another-file", site -> {
            file("f", "old");
            int old = Fds.open("f", O_RDONLY);
            Names.unlink("f");
            file("f", "new");
            same("old", Fds.rest(old), "content of the old one");
            same("new", content("f"), "content of the new one");
            that(!Stat.of("f").sameFile(Stat.of(old)), "they are two files");
        });
        chapter.test("bad-flags-EINVAL", site -> {
            touch("f");
            fails(EINVAL, () -> unlinkat(AT_FDCWD, "f", 1 << 30));
        });
        chapter.test("by-another-process-is-seen-at-once", site -> {
            Peer peer = site.peer();
            for (int i = 0; i < 20; i++) {
                touch("f");
                peer.run(() -> Names.unlink("f"));
                that(!exists("f"), "it is gone");
                fails(ENOENT, () -> Fds.open("f", O_RDONLY));
            }
        });
    }
}
