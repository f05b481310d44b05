package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

/** symlink(2) and readlink(2). */
final class SymlinkCases {
    private SymlinkCases() {}

    static void list(Catalogue list) {
        symlink(list.chapter("symlink"));
        readlink(list.chapter("readlink"));
    }

    private static void symlink(Chapter chapter) {
        chapter.test("mode-and-size", site -> {
            Names.symlink("0123456789", "s");
            Stat s = Stat.ofLink("s");
            same(S_IFLNK, s.type(), "type");
            same(10, s.size(), "size");
            same(1, s.links(), "links");
        });
        for (int length : new int[] {1, 59, 60, 61, 255, 256, 1000, 4094, 4095}) {
            chapter.test("target-of-" + length, site -> {
                String target = "t".repeat(length);
                Names.symlink(target, "s");
                same(target, Names.readlink("s"), "target");
                same(length, Stat.ofLink("s").size(), "size");
            });
        }
        chapter.test("target-of-4096-ENAMETOOLONG", site -> fails(
                ENAMETOOLONG, () -> Names.symlink("t".repeat(4096), "s")));
        chapter.test("empty-target-ENOENT", site -> fails(ENOENT, () -> Names.symlink("", "s")));
        chapter.test("target-is-kept-byte-for-byte", site -> {
            for (String target : new String[] {"/absolute", "../../x", "a//b/", " ", "\n", "\udcff\udc80", "./."}) {
                Names.symlink(target, "s");
                same(target, Names.readlink("s"), "target");
                Names.unlink("s");
            }
        });
        chapter.test("relative-to-its-own-directory", site -> {
            mkdirs("d/e");
            file("d/f", "abc");
            Names.symlink("../f", "d/e/s");
            same("abc", content("d/e/s"), "content");
        });
        chapter.test("absolute", site -> {
            file("f", "abc");
            Names.symlink(site.directory() + "/f", "s");
            same("abc", content("s"), "content");
        });
        chapter.test("made-again-with-another-target", site -> {
            file("a", "A");
            file("b", "B");
            for (int i = 0; i < 20; i++) {
                Names.symlink(i % 2 == 0 ? "a" : "b", "s");
                same(i % 2 == 0 ? "A" : "B", content("s"), "content");
                Names.unlink("s");
            }
        });
        chapter.test("replaced-by-rename", site -> {
            file("a", "A");
            file("b", "B");
            Names.symlink("a", "s");
            same("A", content("s"), "content");
            Names.symlink("b", "n");
            rename("n", "s");
            same("b", Names.readlink("s"), "target");
            same("B", content("s"), "content");
        });
        chapter.test("marks-the-parent", site -> NodeCases.marksParent("p", () -> Names.symlink("t", "p/s")));
        chapter.test("with-slash-follows", site -> {
            mkdir("d");
            Names.symlink("d", "s");
            same(S_IFDIR, Stat.ofLink("s/").type(), "type");
        });
    }

    private static void readlink(Chapter chapter) {
        for (String kind : new String[] {"file", "directory", "fifo"}) {
            chapter.test("of-a-" + kind + "-EINVAL", site -> {
                switch (kind) {
                    case "file" -> touch("x");
                    case "directory" -> mkdir("x");
                    default -> mkfifo("x");
                }
                fails(EINVAL, () -> Names.readlink("x"));
            });
        }
        chapter.test("cuts-what-does-not-fit", site -> {
            Names.symlink("0123456789", "s");
            same("0123", Fds.text(Names.readlink("s", 4)), "first four bytes");
        });
        chapter.test("size-0-EINVAL", site -> {
            Names.symlink("t", "s");
            fails(EINVAL, () -> Call.check(Sys.readlink(Call.name("s"), new byte[1], 0), "readlink"));
        });
        chapter.test("again-and-again", site -> {
            Names.symlink("target", "s");
            for (int i = 0; i < 50; i++) {
                same("target", Names.readlink("s"), "target");
            }
        });
    }
}
