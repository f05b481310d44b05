package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

import java.util.List;

/** The permission bits of owner, group and others, and that only one of the three classes counts (inode(7)). */
final class PermissionCases {
    private PermissionCases() {}

    /**
     * How Alice stands to a file.
     *
     * @param shift of the class's bits in the mode
     */
    private record Standing(String name, int shift, int uid, int gid) {}

    private static final List<Standing> STANDINGS = List.of(
            new Standing("owner", 6, User.ALICE.uid(), User.STRANGERS),
            new Standing("group", 3, User.BOB.uid(), User.ALICE.gid()),
            new Standing("supplementary-group", 3, User.BOB.uid(), User.TEAM),
            new Standing("other", 0, User.BOB.uid(), User.STRANGERS));

    /** What may be done to {@code f}, or in directory {@code d}, with which bits. */
    private record Deed(String name, String on, int bits, Operation.Call call) {}

    private static final List<Deed> DEEDS = List.of(
            new Deed("open-to-read", "f", R_OK, name -> Fds.open(name, O_RDONLY)),
            new Deed("open-to-write", "f", W_OK, name -> Fds.open(name, O_WRONLY)),
            new Deed("open-to-read-and-write", "f", R_OK | W_OK, name -> Fds.open(name, O_RDWR)),
            new Deed("open-to-truncate", "f", W_OK, name -> Fds.open(name, O_WRONLY | O_TRUNC)),
            new Deed("truncate", "f", W_OK, name -> truncate(name, 1)),
            new Deed("access-read", "f", R_OK, name -> access(name, R_OK)),
            new Deed("access-write", "f", W_OK, name -> access(name, W_OK)),
            new Deed("access-execute", "f", X_OK, name -> access(name, X_OK)),
            new Deed("execute", "f", R_OK | X_OK, Child::run),
            new Deed("list", "d", R_OK, name -> Directory.names(name)),
            new Deed("enter", "d", X_OK, Names::chdir),
            new Deed("look-up", "d", X_OK, name -> Stat.of(name + "/in")),
            new Deed("create", "d", W_OK | X_OK, name -> touch(name + "/new")),
            new Deed("make-directory", "d", W_OK | X_OK, name -> mkdir(name + "/new")),
            new Deed("make-symlink", "d", W_OK | X_OK, name -> symlink("t", name + "/new")),
            new Deed("remove", "d", W_OK | X_OK, name -> unlink(name + "/in")),
            new Deed("remove-directory", "d", W_OK | X_OK, name -> rmdir(name + "/sub")),
            new Deed("rename-inside", "d", W_OK | X_OK, name -> rename(name + "/in", name + "/new")),
            new Deed("rename-out", "d", W_OK | X_OK, name -> rename(name + "/in", "free/new")),
            new Deed("rename-in", "d", W_OK | X_OK, name -> rename("free/mine", name + "/new")),
            new Deed("link-in", "d", W_OK | X_OK, name -> link("free/mine", name + "/new")));

    static void list(Catalogue list) {
        Chapter chapter = list.chapter("permission");
        for (Standing standing : STANDINGS) {
            for (Deed deed : DEEDS) {
                int bits = deed.bits() << standing.shift();
                matrix(chapter, standing, deed, "allowed", bits, true);
                matrix(chapter, standing, deed, "EACCES", 0777 & ~bits, false);
            }
        }
        single(chapter);
        root(chapter);
        ordinary(chapter);
    }

    private static void matrix(
            Chapter chapter, Standing standing, Deed deed, String end, int mode, boolean allowed) {
        chapter.test(
                standing.name() + "-" + deed.name() + "-" + end,
                site -> {
                    prepare(deed.on());
                    chown(deed.on(), standing.uid(), standing.gid());
                    chmod(deed.on(), mode);
                    site.as(User.ALICE, () -> {
                        if (allowed) {
                            deed.call().on(deed.on());
                        } else {
                            fails(EACCES, () -> deed.call().on(deed.on()));
                        }
                    });
                },
                Need.ROOT);
    }

    private static void prepare(String name) throws Exception {
        mkdir("free", 0777);
        touch("free/mine", 0666);
        chown("free/mine", User.ALICE.uid(), User.ALICE.gid());
        if (name.equals("f")) {
            file("f", "#!/bin/sh\nexit 0\n");
        } else {
            mkdir("d");
            touch("d/in", 0666);
            chown("d/in", User.ALICE.uid(), User.ALICE.gid());
            mkdir("d/sub");
        }
    }

    private static void single(Chapter chapter) {
        chapter.test(
                "one-bit-of-two-is-not-enough-EACCES",
                site -> {
                    prepare("d");
                    for (int mode : new int[] {0001, 0002, 0004, 0005, 0006}) {
                        chmod("d", mode);
                        site.as(User.BOB, () -> fails(EACCES, () -> touch("d/new")));
                    }
                },
                Need.ROOT);
        chapter.test(
                "checked-when-opened-and-not-later",
                site -> {
                    file("f", "abc");
                    chmod("f", 0666);
                    site.as(User.BOB, () -> {
                        int fd = Fds.open("f", O_RDWR);
                        Steward.call(() -> {
                            chmod(site.directory() + "/f", 0);
                            return null;
                        });
                        same("abc", Fds.text(fd, 3, 0), "content");
                        Fds.pwrite(fd, "x", 0);
                        Fds.ftruncate(fd, 1);
                        fails(EACCES, () -> Fds.open("f", O_RDONLY));
                    });
                },
                Need.ROOT);
        chapter.test(
                "a-change-of-mode-counts-at-once",
                site -> {
                    touch("f");
                    for (int i = 0; i < 20; i++) {
                        chmod("f", 0644);
                        site.as(User.BOB, () -> Fds.open("f", O_RDONLY));
                        chmod("f", 0600);
                        site.as(User.BOB, () -> fails(EACCES, () -> Fds.open("f", O_RDONLY)));
                    }
                },
                Need.ROOT);
        chapter.test(
                "a-closed-prefix-counts-at-once",
                site -> {
                    mkdir("d");
                    touch("d/f");
                    for (int i = 0; i < 20; i++) {
                        chmod("d", 0711);
                        site.as(User.BOB, () -> Stat.of("d/f"));
                        chmod("d", 0700);
                        site.as(User.BOB, () -> fails(EACCES, () -> Stat.of("d/f")));
                    }
                },
                Need.ROOT);
        chapter.test(
                "group-by-supplementary-membership",
                site -> {
                    touch("f", 0640);
                    chown("f", User.ALICE.uid(), User.ALICE.gid());
                    site.as(User.CAROL, () -> Fds.open("f", O_RDONLY));
                    site.as(User.DAVE, () -> Fds.open("f", O_RDONLY));
                    site.as(User.BOB, () -> fails(EACCES, () -> Fds.open("f", O_RDONLY)));
                },
                Need.ROOT);
        chapter.test(
                "group-beyond-the-32nd",
                site -> {
                    int[] many = new int[40];
                    for (int i = 0; i < many.length; i++) {
                        many[i] = 71000 + i;
                    }
                    touch("f", 0640);
                    chown("f", 0, 71039);
                    site.as(new User(70005, 70005, many), () -> Fds.open("f", O_RDONLY));
                },
                Need.ROOT);
    }

    private static void root(Chapter chapter) {
        chapter.test(
                "root-reads-and-writes-mode-0",
                site -> {
                    touch("f", 0);
                    chown("f", User.BOB.uid(), User.BOB.gid());
                    Fds.open("f", O_RDWR);
                    access("f", R_OK | W_OK);
                },
                Need.ROOT);
        chapter.test(
                "root-needs-one-x-to-execute-EACCES",
                site -> {
                    file("f", "#!/bin/sh\nexit 0\n");
                    chmod("f", 0666);
                    fails(EACCES, () -> access("f", X_OK));
                    fails(EACCES, () -> Child.run("./f"));
                    chmod("f", 0610);
                    access("f", X_OK);
                    same(0, Child.run("./f"), "exit status");
                },
                Need.ROOT);
        chapter.test(
                "root-enters-mode-0",
                site -> {
                    mkdir("d");
                    touch("d/f");
                    chmod("d", 0);
                    chown("d", User.BOB.uid(), User.BOB.gid());
                    same(1, Directory.names("d").size(), "names");
                    touch("d/g");
                    unlink("d/f");
                },
                Need.ROOT);
    }

    private static void ordinary(Chapter chapter) {
        for (int mode : new int[] {0000, 0077, 0300, 0500, 0477}) {
            chapter.test(
                    "own-directory-of-mode-" + Integer.toOctalString(01000 | mode).substring(1),
                    site -> site.ordinary(() -> {
                        mkdir("d");
                        touch("d/f");
                        chmod("d", mode);
                        expect((mode & 0400) != 0, () -> Directory.names("d"));
                        expect((mode & 0100) != 0, () -> Stat.of("d/f"));
                        expect((mode & 0300) == 0300, () -> touch("d/g"));
                        chmod("d", 0700);
                    }));
        }
        for (int mode : new int[] {0000, 0077, 0200, 0400, 0600}) {
            chapter.test(
                    "own-file-of-mode-" + Integer.toOctalString(01000 | mode).substring(1),
                    site -> site.ordinary(() -> {
                        touch("f");
                        chmod("f", mode);
                        expect((mode & 0400) != 0, () -> Fds.open("f", O_RDONLY));
                        expect((mode & 0200) != 0, () -> Fds.open("f", O_WRONLY));
                        expect((mode & 0600) == 0600, () -> Fds.open("f", O_RDWR));
                        expect((mode & 0200) != 0, () -> truncate("f", 0));
                    }));
        }
        chapter.test("created-with-mode-0-is-open-all-the-same", site -> site.ordinary(() -> {
            int fd = Fds.open("f", O_RDWR | O_CREAT | O_EXCL, 0);
            Fds.write(fd, "abc");
            same("abc", Fds.text(fd, 3, 0), "content");
            fails(EACCES, () -> Fds.open("f", O_RDONLY));
        }));
        chapter.test("created-read-only-is-writable-by-its-creator", site -> site.ordinary(() -> {
            int fd = Fds.open("f", O_WRONLY | O_CREAT, 0444);
            same(3, Fds.write(fd, "abc"), "written");
            fails(EACCES, () -> Fds.open("f", O_WRONLY));
        }));
    }

    private static void expect(boolean allowed, Action action) throws Exception {
        if (allowed) {
            action.run();
        } else {
            fails(EACCES, action);
        }
    }
}
