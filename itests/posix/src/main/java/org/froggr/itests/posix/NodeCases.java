package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

import org.froggr.itests.posix.Directory.Entry;

/** mkdir(2) and rmdir(2). */
final class NodeCases {
    private NodeCases() {}

    static void list(Catalogue list) {
        mkdir(list.chapter("mkdir"));
        rmdir(list.chapter("rmdir"));
    }

    private static void mkdir(Chapter chapter) {
        for (int mode : new int[] {0000, 0111, 0555, 0700, 0755, 0777, 01777}) {
            chapter.test("with-mode-" + Integer.toOctalString(010000 | mode).substring(1), site -> {
                Names.mkdir("d", mode);
                sameOctal(mode, Stat.of("d").permissions(), "mode");
                same(S_IFDIR, Stat.of("d").type(), "type");
            });
        }
        chapter.test("is-empty-but-for-the-dots", site -> {
            Names.mkdir("d");
            try (Directory d = Directory.open("d")) {
                var names = d.rest().stream().map(Entry::name).sorted().toList();
                same(java.util.List.of(".", ".."), names, "entries");
            }
        });
        chapter.test("dots-are-itself-and-its-parent", site -> {
            mkdirs("d/e");
            that(Stat.of("d/e/.").sameFile(Stat.of("d/e")), ". is the directory");
            that(Stat.of("d/e/..").sameFile(Stat.of("d")), ".. is the parent");
        });
        chapter.test(
                "counts-in-the-parents-links",
                site -> {
                    Names.mkdir("p");
                    same(2, Stat.of("p").links(), "links of an empty one");
                    Names.mkdir("p/a");
                    Names.mkdir("p/b");
                    same(4, Stat.of("p").links(), "links with two in it");
                    Names.rmdir("p/a");
                    same(3, Stat.of("p").links(), "links with one in it");
                },
                Need.DIRECTORY_LINKS);
        chapter.test("marks-the-parent", site -> marksParent("p", () -> Names.mkdir("p/d")));
    }

    /** The action must move mtime and ctime of directory {@code p}, which this makes. */
    static void marksParent(String name, Action action) throws Exception {
        if (!exists(name)) {
            Names.mkdir(name);
        }
        utimens(name, Clock.OLD, Clock.OLD);
        Stat before = Clock.settled(name);
        action.run();
        Stat after = Stat.of(name);
        that(after.modified() > before.modified(), "mtime of the parent moves");
        that(after.changed() > before.changed(), "ctime of the parent moves");
    }

    private static void rmdir(Chapter chapter) {
        chapter.test("removes", site -> {
            Names.mkdir("d");
            Names.rmdir("d");
            that(!exists("d"), "it is gone");
        });
        for (String what : new String[] {"file", "directory", "symlink", "fifo"}) {
            chapter.test("with-a-" + what + "-in-it-ENOTEMPTY", site -> {
                Names.mkdir("d");
                switch (what) {
                    case "file" -> touch("d/x");
                    case "directory" -> Names.mkdir("d/x");
                    case "symlink" -> symlink("t", "d/x");
                    default -> Names.mkfifo("d/x");
                }
                fails(() -> Names.rmdir("d"), ENOTEMPTY, EEXIST);
            });
        }
        chapter.test("dot-EINVAL", site -> {
            Names.mkdir("d");
            fails(EINVAL, () -> Names.rmdir("d/."));
        });
        chapter.test("dot-dot-ENOTEMPTY", site -> {
            mkdirs("d/e");
            fails(() -> Names.rmdir("d/e/.."), ENOTEMPTY, EINVAL);
        });
        chapter.test("symlink-to-directory-ENOTDIR", site -> {
            Names.mkdir("d");
            symlink("d", "s");
            fails(ENOTDIR, () -> Names.rmdir("s"));
            fails(ENOTDIR, () -> Names.rmdir("s/"));
        });
        chapter.test("with-slash", site -> {
            Names.mkdir("d");
            Names.rmdir("d/");
        });
        chapter.test("unlinkat-AT_REMOVEDIR", site -> {
            Names.mkdir("d");
            unlinkat(AT_FDCWD, "d", AT_REMOVEDIR);
            touch("f");
            fails(ENOTDIR, () -> unlinkat(AT_FDCWD, "f", AT_REMOVEDIR));
        });
        chapter.test("marks-the-parent", site -> {
            mkdirs("p/d");
            marksParent("p", () -> Names.rmdir("p/d"));
        });
        chapter.test("parent-not-writable-EACCES", site -> site.ordinary(() -> {
            mkdirs("p/d");
            chmod("p", 0555);
            fails(EACCES, () -> Names.rmdir("p/d"));
            chmod("p", 0755);
        }));
        chapter.test("open-directory-lists-nothing-afterwards", site -> {
            Names.mkdir("d");
            try (Directory d = Directory.open("d")) {
                Names.rmdir("d");
                same(0, Directory.names(d.rest()).size(), "names");
            }
        });
        chapter.test("emptied-and-removed-again-and-again", site -> {
            for (int i = 0; i < 50; i++) {
                Names.mkdir("d");
                touch("d/f");
                unlink("d/f");
                Names.rmdir("d");
            }
        });
        chapter.test("mount-point-EBUSY", site -> fails(
                () -> Names.rmdir(site.settings().mount()), EBUSY, ENOTEMPTY, EACCES, EPERM));
    }
}
