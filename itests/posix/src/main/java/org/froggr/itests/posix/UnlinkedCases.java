package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

/** Open files that have no name any more. */
final class UnlinkedCases {
    private UnlinkedCases() {}

    static void list(Catalogue list) {
        orphans(list.chapter("unlinked"));
    }

    private static void orphans(Chapter chapter) {
        chapter.test("read-write-and-size", site -> {
            file("f", "abc");
            int fd = Fds.open("f", O_RDWR);
            unlink("f");
            same(0, Stat.of(fd).links(), "links");
            same("abc", Fds.text(fd, 3, 0), "content");
            Fds.pwrite(fd, "defgh", 3);
            same(8, Stat.of(fd).size(), "size");
            Fds.ftruncate(fd, 2);
            same("ab", Fds.text(fd, 10, 0), "content");
        });
        chapter.test("fchmod-fchown-futimens-fsync", site -> {
            touch("f");
            int fd = Fds.open("f", O_RDWR);
            unlink("f");
            Fds.fchmod(fd, 0600);
            Fds.fchown(fd, -1, -1);
            Fds.futimens(fd, times(Clock.OLD, Clock.OLD));
            Fds.fsync(fd);
            sameOctal(0600, Stat.of(fd).permissions(), "mode");
            same(Clock.OLD, Stat.of(fd).modified(), "mtime");
        });
        chapter.test(
                "opened-again-through-proc",
                site -> {
                    file("f", "abc");
                    int fd = Fds.open("f", O_RDONLY);
                    unlink("f");
                    int again = Fds.open(Fds.proc(fd), O_RDWR);
                    Fds.pwrite(again, "X", 0);
                    same("Xbc", Fds.text(fd, 3, 0), "content");
                },
                Need.PROC);
        chapter.test(
                "truncated-and-changed-through-proc",
                site -> {
                    file("f", "abc");
                    int fd = Fds.open("f", O_RDONLY);
                    unlink("f");
                    truncate(Fds.proc(fd), 1);
                    chmod(Fds.proc(fd), 0640);
                    same(1, Stat.of(fd).size(), "size");
                    sameOctal(0640, Stat.of(Fds.proc(fd)).permissions(), "mode");
                },
                Need.PROC);
        chapter.test("two-descriptors-share-it", site -> {
            file("f", "abc");
            int a = Fds.open("f", O_RDWR);
            int b = Fds.open("f", O_RDONLY);
            unlink("f");
            Fds.pwrite(a, "xyz", 0);
            same("xyz", Fds.text(b, 3, 0), "content");
            Fds.close(a);
            same("xyz", Fds.text(b, 3, 0), "content with one closed");
        });
        chapter.test("no-litter-in-the-directory", site -> {
            mkdir("d");
            touch("d/f");
            Fds.open("d/f", O_RDWR);
            unlink("d/f");
            same(java.util.Set.of(), Directory.names("d"), "names");
            rmdir("d");
        });
        chapter.test("name-is-free-at-once", site -> {
            file("f", "old");
            int fd = Fds.open("f", O_RDONLY);
            unlink("f");
            mkdir("f");
            same("old", Fds.rest(fd), "content");
            same(S_IFDIR, Stat.of("f").type(), "type");
        });
        chapter.test("of-two-names-one-link-is-left", site -> {
            touch("f");
            link("f", "g");
            int fd = Fds.open("f", O_RDWR);
            unlink("f");
            same(1, Stat.of(fd).links(), "links by descriptor");
            Fds.write(fd, "abc");
            same("abc", content("g"), "content");
        });
        chapter.test("replaced-by-rename", site -> {
            file("f", "old");
            int fd = Fds.open("f", O_RDWR);
            file("n", "new");
            rename("n", "f");
            Fds.pwrite(fd, "OLD", 0);
            same(0, Stat.of(fd).links(), "links");
            same("OLD", Fds.text(fd, 3, 0), "content of the old one");
            same("new", content("f"), "content of the new one");
        });
        chapter.test("by-another-process", site -> {
            file("f", "abc");
            int fd = Fds.open("f", O_RDWR);
            site.peer().run(() -> unlink("f"));
            same(0, Stat.of(fd).links(), "links");
            Fds.pwrite(fd, "X", 0);
            same("Xbc", Fds.text(fd, 3, 0), "content");
        });
        chapter.test("hundred-of-them", site -> {
            int[] fds = new int[100];
            for (int i = 0; i < fds.length; i++) {
                fds[i] = Fds.open("f", O_RDWR | O_CREAT | O_EXCL, 0644);
                Fds.write(fds[i], "n" + i);
                unlink("f");
            }
            for (int i = 0; i < fds.length; i++) {
                same("n" + i, Fds.text(fds[i], 10, 0), "content");
            }
        });
        chapter.test("directory", site -> {
            mkdir("d");
            int fd = Fds.open("d", O_RDONLY);
            rmdir("d");
            same(S_IFDIR, Stat.of(fd).type(), "type");
            fails(ENOENT, () -> Fds.openat(fd, "x", O_CREAT | O_WRONLY, 0644));
        });
    }
}
