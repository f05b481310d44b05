package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

import java.util.Set;

/** rename(2) and renameat(2). */
final class RenameCases {
    static final String[] KINDS = {"file", "directory", "full-directory", "symlink", "fifo", "socket"};

    private RenameCases() {}

    static void list(Catalogue list) {
        Chapter chapter = list.chapter("rename");
        matrix(chapter);
        identity(chapter);
        trees(chapter);
        marks(chapter);
        permissions(chapter);
    }

    static void make(String kind, String name) throws Exception {
        switch (kind) {
            case "file" -> file(name, name);
            case "directory" -> mkdir(name);
            case "full-directory" -> {
                mkdir(name);
                touch(name + "/in");
            }
            case "symlink" -> symlink("target", name);
            case "fifo" -> mkfifo(name);
            default -> Sockets.listen(name);
        }
    }

    private static void matrix(Chapter chapter) {
        for (String from : KINDS) {
            for (String to : KINDS) {
                over(chapter, from, to);
            }
        }
    }

    private static void over(Chapter chapter, String from, String to) {
        boolean fromDirectory = from.endsWith("directory");
        boolean toDirectory = to.endsWith("directory");
        org.froggr.api.Errno error = fromDirectory
                ? toDirectory ? to.equals("directory") ? null : ENOTEMPTY : ENOTDIR
                : toDirectory ? EISDIR : null;
        chapter.test(from + "-over-" + to + (error == null ? "" : "-" + error), site -> {
            make(from, "a");
            make(to, "b");
            Stat a = Stat.ofLink("a");
            Stat b = Stat.ofLink("b");
            if (error == null) {
                rename("a", "b");
                that(!exists("a"), "the old name is gone");
                that(Stat.ofLink("b").sameFile(a), "the new name is the renamed one");
                same(Set.of("b"), Directory.names("."), "names");
            } else {
                fails(() -> rename("a", "b"), error, error == ENOTEMPTY ? EEXIST : error);
                that(Stat.ofLink("a").sameFile(a) && Stat.ofLink("b").sameFile(b), "nothing has changed");
            }
        });
    }

    private static void identity(Chapter chapter) {
        for (String kind : KINDS) {
            chapter.test(kind + "-to-a-new-name", site -> {
                mkdir("d");
                make(kind, "a");
                Stat a = Stat.ofLink("a");
                rename("a", "d/b");
                that(!exists("a"), "the old name is gone");
                Stat b = Stat.ofLink("d/b");
                that(b.sameFile(a), "the new name is the renamed one");
                same(a.mode(), b.mode(), "mode");
                same(a.modified(), b.modified(), "mtime");
                same(a.links(), b.links(), "links");
            });
            chapter.test(kind + "-to-its-own-name", site -> {
                make(kind, "a");
                rename("a", "a");
                that(exists("a"), "it is still there");
            });
        }
        chapter.test("over-a-link-of-itself-does-nothing", site -> {
            file("f", "abc");
            link("f", "g");
            rename("f", "g");
            that(exists("f") && exists("g"), "both names are there");
            same(2, Stat.of("f").links(), "links");
        });
        chapter.test("over-a-file-with-other-links", site -> {
            file("old", "old");
            link("old", "kept");
            file("new", "new");
            rename("new", "old");
            same("old", content("kept"), "content of the other name");
            same(1, Stat.of("kept").links(), "links");
            same("new", content("old"), "content");
        });
        chapter.test("one-of-two-links", site -> {
            file("f", "abc");
            link("f", "g");
            rename("f", "h");
            same(2, Stat.of("h").links(), "links");
            that(Stat.of("h").sameFile(Stat.of("g")), "both are one file");
        });
        chapter.test("symlink-and-not-its-target", site -> {
            file("f", "abc");
            symlink("f", "s");
            rename("s", "t");
            same(S_IFLNK, Stat.ofLink("t").type(), "type");
            that(exists("f"), "the target is there");
        });
        chapter.test("over-a-symlink-and-not-its-target", site -> {
            file("f", "abc");
            file("g", "xyz");
            symlink("f", "s");
            rename("g", "s");
            same(S_IFREG, Stat.ofLink("s").type(), "type");
            same("abc", content("f"), "content of what was its target");
        });
        chapter.test("open-file-stays-open", site -> {
            file("f", "abc");
            int fd = Fds.open("f", O_RDWR);
            rename("f", "g");
            Fds.pwrite(fd, "X", 0);
            same("Xbc", content("g"), "content");
        });
        chapter.test("replaced-open-file-stays-readable", site -> {
            file("old", "old");
            file("new", "new");
            int fd = Fds.open("old", O_RDONLY);
            rename("new", "old");
            same("old", Fds.rest(fd), "content of the replaced file");
            same(0, Stat.of(fd).links(), "links of the replaced file");
        });
        chapter.test("a-reader-never-misses-the-name", site -> {
            file("f", "content");
            Worker writer = site.start(() -> {
                for (int i = 0; i < 300; i++) {
                    file("n", "content");
                    rename("n", "f");
                }
            });
            while (!writer.ended()) {
                same("content", content("f"), "content");
            }
            writer.finish();
        });
        chapter.test("long-name-to-long-name", site -> {
            touch("a".repeat(NAME_MAX));
            rename("a".repeat(NAME_MAX), "b".repeat(NAME_MAX));
            same(Set.of("b".repeat(NAME_MAX)), Directory.names("."), "names");
            fails(ENAMETOOLONG, () -> rename("b".repeat(NAME_MAX), "c".repeat(NAME_MAX + 1)));
        });
        chapter.test("across-file-systems-EXDEV", site -> {
            touch("f");
            fails(() -> rename("f", "/proc/x"), EXDEV, EACCES, EPERM);
        }, Need.PROC);
        chapter.test("at-descriptors", site -> {
            mkdir("a");
            mkdir("b");
            touch("a/f");
            renameat(Fds.open("a", O_RDONLY), "f", Fds.open("b", O_RDONLY), "g");
            that(exists("b/g") && !exists("a/f"), "it has moved");
        });
        chapter.test("bad-flags-EINVAL", site -> {
            touch("f");
            fails(EINVAL, () -> rename("f", "g", 1 << 20));
            fails(EINVAL, () -> rename("f", "g", RENAME_NOREPLACE | RENAME_EXCHANGE));
        });
    }

    private static void trees(Chapter chapter) {
        chapter.test("directory-into-own-child-EINVAL", site -> {
            mkdirs("d/c");
            fails(EINVAL, () -> rename("d", "d/x"));
            fails(EINVAL, () -> rename("d", "d/c/x"));
            fails(EINVAL, () -> rename("d", "d/c"));
        });
        chapter.test("directory-over-its-parent-ENOTEMPTY", site -> {
            mkdirs("d/c/e");
            fails(() -> rename("d/c", "d"), ENOTEMPTY, EEXIST);
            fails(() -> rename("d/c/e", "d"), ENOTEMPTY, EEXIST);
        });
        chapter.test("dot-EBUSY", site -> {
            mkdir("d");
            fails(() -> rename("d/.", "x"), EBUSY, EINVAL);
            fails(() -> rename("d", "."), EBUSY, EINVAL, ENOTEMPTY, EEXIST);
        });
        chapter.test("dot-dot-EBUSY", site -> {
            mkdirs("d/e");
            fails(() -> rename("d/e/..", "x"), EBUSY, EINVAL);
            fails(() -> rename("d", "d/e/.."), EBUSY, EINVAL, ENOTEMPTY, EEXIST);
        });
        chapter.test("directory-with-all-that-is-in-it", site -> {
            mkdirs("a/b/c");
            file("a/b/c/f", "abc");
            mkdir("x");
            rename("a/b", "x/y");
            same("abc", content("x/y/c/f"), "content");
            fails(ENOENT, () -> Stat.of("a/b/c/f"));
            that(Stat.of("x/y/..").sameFile(Stat.of("x")), ".. is the new parent");
        });
        chapter.test("open-directory-goes-along", site -> {
            mkdirs("a/b");
            int dir = Fds.open("a/b", O_RDONLY);
            rename("a", "z");
            Fds.close(Fds.openat(dir, "f", O_WRONLY | O_CREAT, 0644));
            that(exists("z/b/f"), "what was made in it is there");
        });
        chapter.test("working-directory-goes-along", site -> {
            mkdirs("a/b");
            mkdir("x");
            chdir("a/b");
            rename("../../a", "../../x/y");
            same(site.directory() + "/x/y/b", getcwd(), "working directory");
            touch("f");
            that(exists("../../../x/y/b/f"), "what was made in it is there");
        });
        chapter.test("directory-links-of-both-parents", site -> {
            mkdirs("a/d");
            mkdir("b");
            rename("a/d", "b/d");
            same(2, Stat.of("a").links(), "links of the old parent");
            same(3, Stat.of("b").links(), "links of the new parent");
        }, Need.DIRECTORY_LINKS);
        chapter.test("directory-links-when-one-is-replaced", site -> {
            mkdirs("p/a");
            mkdir("p/b");
            rename("p/a", "p/b");
            same(3, Stat.of("p").links(), "links of the parent");
        }, Need.DIRECTORY_LINKS);
        chapter.test("back-and-forth", site -> {
            mkdir("d");
            file("f", "abc");
            for (int i = 0; i < 50; i++) {
                rename("f", "d/g");
                that(!exists("f"), "the old name is gone");
                same("abc", content("d/g"), "content");
                rename("d/g", "f");
                that(!exists("d/g"), "the old name is gone");
                same("abc", content("f"), "content");
            }
        });
        chapter.test("negative-look-ups-are-forgotten", site -> {
            touch("f");
            fails(ENOENT, () -> Stat.of("g"));
            rename("f", "g");
            Stat.of("g");
            fails(ENOENT, () -> Stat.of("f"));
        });
        chapter.test("by-another-process-is-seen-at-once", site -> {
            Peer peer = site.peer();
            touch("a");
            for (int i = 0; i < 20; i++) {
                String from = i % 2 == 0 ? "a" : "b";
                String to = i % 2 == 0 ? "b" : "a";
                peer.run(() -> rename(from, to));
                that(exists(to) && !exists(from), "it has the new name");
            }
        });
    }

    private static void marks(Chapter chapter) {
        chapter.test("marks-both-parents", site -> {
            mkdir("to");
            mkdir("from");
            touch("from/f");
            utimens("to", Clock.OLD, Clock.OLD);
            Stat before = Clock.settled("to");
            NodeCases.marksParent("from", () -> rename("from/f", "to/g"));
            that(Stat.of("to").modified() > before.modified(), "mtime of the new parent moves");
            that(Stat.of("to").changed() > before.changed(), "ctime of the new parent moves");
        });
        chapter.test("that-fails-marks-nothing", site -> {
            mkdir("d");
            touch("d/f");
            mkdir("d/e");
            utimens("d", Clock.OLD, Clock.OLD);
            Stat before = Clock.settled("d");
            fails(EISDIR, () -> rename("d/f", "d/e"));
            same(before.modified(), Stat.of("d").modified(), "mtime of the parent");
            same(before.changed(), Stat.of("d").changed(), "ctime of the parent");
        });
        chapter.test("marks-the-replaced-file-that-has-another-name", site -> {
            touch("old");
            link("old", "kept");
            touch("new");
            Stat before = Clock.settled("kept");
            rename("new", "old");
            that(Stat.of("kept").changed() > before.changed(), "ctime moves");
        });
    }

    private static void permissions(Chapter chapter) {
        chapter.test("old-parent-not-writable-EACCES", site -> site.ordinary(() -> {
            mkdir("d");
            touch("d/f");
            chmod("d", 0555);
            fails(EACCES, () -> rename("d/f", "g"));
            chmod("d", 0755);
        }));
        chapter.test("new-parent-not-writable-EACCES", site -> site.ordinary(() -> {
            mkdir("d", 0555);
            touch("f");
            fails(EACCES, () -> rename("f", "d/f"));
        }));
        chapter.test("directory-not-writable-to-another-parent-EACCES", site -> site.ordinary(() -> {
            mkdir("p");
            mkdir("d", 0555);
            fails(EACCES, () -> rename("d", "p/d"));
            chmod("d", 0755);
        }));
        chapter.test("directory-not-writable-in-the-same-parent", site -> site.ordinary(() -> {
            mkdir("d", 0555);
            rename("d", "e");
        }));
        chapter.test("file-without-any-permission", site -> site.ordinary(() -> {
            touch("f", 0);
            touch("g", 0);
            rename("f", "g");
        }));
    }
}
