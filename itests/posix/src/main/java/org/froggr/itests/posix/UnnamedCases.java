package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

/** Open files without a name, O_TMPFILE, and descriptors that are only places, O_PATH: open(2). */
final class UnnamedCases {
    private UnnamedCases() {}

    static void list(Catalogue list) {
        temporary(list.chapter("tmpfile"));
        path(list.chapter("opath"));
    }

    private static void temporary(Chapter chapter) {
        chapter.test(
                "has-no-name",
                site -> {
                    int fd = Fds.open(".", O_TMPFILE | O_RDWR, 0600);
                    Fds.write(fd, "abc");
                    same("abc", Fds.text(fd, 3, 0), "content");
                    same(0, Stat.of(fd).links(), "links");
                    sameOctal(0600, Stat.of(fd).permissions(), "mode");
                    same(0, Directory.names(".").size(), "names");
                },
                Need.TMPFILE);
        chapter.test(
                "gets-a-name-through-proc",
                site -> {
                    int fd = Fds.open(".", O_TMPFILE | O_RDWR, 0600);
                    Fds.write(fd, "abc");
                    linkat(AT_FDCWD, Fds.proc(fd), AT_FDCWD, "named", AT_SYMLINK_FOLLOW);
                    same("abc", content("named"), "content");
                    same(1, Stat.of(fd).links(), "links");
                    that(Stat.of(fd).sameFile(Stat.of("named")), "it is that file");
                },
                Need.TMPFILE,
                Need.PROC);
        chapter.test(
                "gets-no-name-over-another-EEXIST",
                site -> {
                    touch("f");
                    int fd = Fds.open(".", O_TMPFILE | O_RDWR, 0600);
                    fails(EEXIST, () -> linkat(AT_FDCWD, Fds.proc(fd), AT_FDCWD, "f", AT_SYMLINK_FOLLOW));
                },
                Need.TMPFILE,
                Need.PROC);
        chapter.test(
                "exclusive-never-gets-a-name-ENOENT",
                site -> {
                    int fd = Fds.open(".", O_TMPFILE | O_RDWR | O_EXCL, 0600);
                    fails(ENOENT, () -> linkat(AT_FDCWD, Fds.proc(fd), AT_FDCWD, "f", AT_SYMLINK_FOLLOW));
                },
                Need.TMPFILE,
                Need.PROC);
        chapter.test(
                "to-read-only-EINVAL",
                site -> fails(EINVAL, () -> Fds.open(".", O_TMPFILE | O_RDONLY, 0600)),
                Need.TMPFILE);
        chapter.test(
                "in-a-file-ENOTDIR",
                site -> {
                    touch("f");
                    fails(ENOTDIR, () -> Fds.open("f", O_TMPFILE | O_RDWR, 0600));
                },
                Need.TMPFILE);
        chapter.test(
                "in-an-absent-directory-ENOENT",
                site -> fails(ENOENT, () -> Fds.open("absent", O_TMPFILE | O_RDWR, 0600)),
                Need.TMPFILE);
        chapter.test(
                "in-a-directory-not-writable-EACCES",
                site -> site.ordinary(() -> {
                    mkdir("d", 0555);
                    fails(EACCES, () -> Fds.open("d", O_TMPFILE | O_RDWR, 0600));
                }),
                Need.TMPFILE);
        chapter.test(
                "heeds-the-umask",
                site -> {
                    umask(027);
                    int fd = Fds.open(".", O_TMPFILE | O_RDWR, 0777);
                    sameOctal(0750, Stat.of(fd).permissions(), "mode");
                },
                Need.TMPFILE);
    }

    private static void path(Chapter chapter) {
        chapter.test("needs-no-permission-on-the-file", site -> site.ordinary(() -> {
            touch("f", 0);
            int fd = Fds.open("f", O_PATH);
            same(S_IFREG, Stat.of(fd).type(), "type");
        }));
        chapter.test("read-write-fchmod-EBADF", site -> {
            file("f", "abc");
            int fd = Fds.open("f", O_PATH);
            fails(EBADF, () -> Fds.read(fd, 1));
            fails(EBADF, () -> Fds.write(fd, "x"));
            fails(EBADF, () -> Fds.fchmod(fd, 0600));
            fails(EBADF, () -> Fds.ftruncate(fd, 0));
        });
        chapter.test("of-a-symlink-itself", site -> {
            symlink("absent", "s");
            int fd = Fds.open("s", O_PATH | O_NOFOLLOW);
            same(S_IFLNK, Stat.of(fd).type(), "type");
        });
        chapter.test("of-a-fifo-does-not-block", site -> {
            mkfifo("f");
            same(S_IFIFO, Stat.of(Fds.open("f", O_PATH)).type(), "type");
        });
        chapter.test("as-a-directory-to-begin-at", site -> {
            mkdir("d");
            file("d/f", "abc");
            int dir = Fds.open("d", O_PATH);
            same("abc", Fds.rest(Fds.openat(dir, "f", O_RDONLY, 0)), "content");
            Fds.fchdir(dir);
            same("abc", content("f"), "content");
        });
        chapter.test(
                "reopened-through-proc",
                site -> {
                    file("f", "abc");
                    int path = Fds.open("f", O_PATH);
                    rename("f", "g");
                    same("abc", Fds.rest(Fds.open(Fds.proc(path), O_RDONLY)), "content");
                },
                Need.PROC);
        chapter.test("follows-the-file-when-renamed", site -> {
            touch("f");
            int fd = Fds.open("f", O_PATH);
            Stat before = Stat.of(fd);
            rename("f", "g");
            that(Stat.of(fd).sameFile(before), "it is the same file");
            that(Stat.of("g").sameFile(before), "so is the name");
        });
    }
}
