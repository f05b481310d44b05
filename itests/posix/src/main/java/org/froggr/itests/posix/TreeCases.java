package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

import java.util.Set;

/** Deep trees and working directories. */
final class TreeCases {
    private TreeCases() {}

    static void list(Catalogue list) {
        deep(list.chapter("deep"));
        directories(list.chapter("getcwd"));
    }

    private static void deep(Chapter chapter) {
        chapter.test("two-hundred-levels", site -> {
            for (int i = 0; i < 200; i++) {
                mkdir("level");
                chdir("level");
            }
            file("f", "abc");
            chdir(site.directory());
            same("abc", content("level/".repeat(200) + "f"), "content");
            rename("level", "top");
            same("abc", content("top/" + "level/".repeat(199) + "f"), "content after renaming the top");
        });
        chapter.test("deeper-than-PATH_MAX", site -> {
            String name = "d".repeat(200);
            for (int i = 0; i < 30; i++) {
                mkdir(name);
                chdir(name);
            }
            file("f", "abc");
            same("abc", content("f"), "content");
            fails(() -> getcwd(), ENAMETOOLONG, ERANGE);
            for (int i = 0; i < 30; i++) {
                chdir("..");
            }
            that(Stat.of(".").sameFile(Stat.of(site.directory())), "back at the top");
        });
        chapter.test("path-of-4095-with-long-names", site -> {
            String prefix = "p".repeat(255) + "/";
            String path = "";
            while (path.length() + prefix.length() < 4095 - 255) {
                path += prefix;
                mkdir(path);
            }
            String name = "f".repeat(Math.min(255, 4095 - path.length()));
            file(path + name, "abc");
            same("abc", content(path + name), "content");
        });
        chapter.test("directory-moved-under-a-walker", site -> {
            mkdirs("a/b/c/d");
            mkdir("x");
            int fd = Fds.open("a/b/c", O_RDONLY);
            rename("a/b", "x/b");
            file("x/b/c/d/f", "abc");
            same("abc", Fds.rest(Fds.openat(fd, "d/f", O_RDONLY, 0)), "content");
            that(Stat.at(fd, "..", 0).sameFile(Stat.of("x/b")), ".. is where it is now");
        });
        chapter.test("symlinks-through-the-tree", site -> {
            mkdirs("a/b/c");
            symlink("../../..", "a/b/c/top");
            file("f", "abc");
            same("abc", content("a/b/c/top/a/b/c/top/f"), "content");
        });
    }

    private static void directories(Chapter chapter) {
        chapter.test("is-where-chdir-went", site -> {
            mkdirs("a/b");
            chdir("a/b");
            same(site.directory() + "/a/b", getcwd(), "working directory");
            chdir("..");
            same(site.directory() + "/a", getcwd(), "working directory");
        });
        chapter.test("follows-a-rename", site -> {
            mkdir("a");
            chdir("a");
            rename("../a", "../b");
            same(site.directory() + "/b", getcwd(), "working directory");
        });
        chapter.test("renamed-by-another-process", site -> {
            mkdir("a");
            chdir("a");
            site.peer().run(() -> rename("a", "b"));
            Stat.of("../b");
            same(site.directory() + "/b", getcwd(), "working directory");
        });
        chapter.test("removed-ENOENT", site -> {
            mkdir("a");
            chdir("a");
            rmdir("../a");
            fails(ENOENT, () -> getcwd());
            same(S_IFDIR, Stat.of(".").type(), "type of .");
            fails(ENOENT, () -> touch("f"));
            same(Set.of(), Directory.names("."), "names");
            chdir(site.directory());
        });
        chapter.test("fchdir", site -> {
            mkdir("a");
            int fd = Fds.open("a", O_RDONLY);
            Fds.fchdir(fd);
            same(site.directory() + "/a", getcwd(), "working directory");
        });
        chapter.test("fchdir-to-a-file-ENOTDIR", site -> {
            touch("f");
            int fd = Fds.open("f", O_RDONLY);
            fails(ENOTDIR, () -> Fds.fchdir(fd));
        });
        chapter.test("with-odd-bytes", site -> {
            mkdir("a \n\udcff");
            chdir("a \n\udcff");
            same(site.directory() + "/a \n\udcff", getcwd(), "working directory");
        });
        chapter.test("fchdir-without-search-permission-EACCES", site -> site.ordinary(() -> {
            mkdir("a");
            int fd = Fds.open("a", O_RDONLY);
            chmod("a", 0600);
            fails(EACCES, () -> Fds.fchdir(fd));
            chmod("a", 0700);
        }));
    }
}
