package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

import java.util.List;

/** Directories with the sticky bit and with the set-group-ID bit (inode(7)). */
final class StickyCases {
    private StickyCases() {}

    /** Who owns what, seen from Alice. */
    private record Owners(String name, User directory, User entry, boolean allowed) {}

    private static final User ROOT = new User(0, 0);

    private static final List<Owners> OWNERS = List.of(
            new Owners("own-entry", ROOT, User.ALICE, true),
            new Owners("own-directory", User.ALICE, User.BOB, true),
            new Owners("own-both", User.ALICE, User.ALICE, true),
            new Owners("neither", ROOT, User.BOB, false));

    static void list(Catalogue list) {
        Chapter chapter = list.chapter("sticky");
        for (Owners owners : OWNERS) {
            for (String kind : new String[] {"file", "directory", "symlink", "fifo"}) {
                removal(chapter, owners, kind);
                renaming(chapter, owners, kind);
                replacing(chapter, owners, kind);
            }
        }
        chapter.test(
                "root-may",
                site -> {
                    sticky(User.ALICE);
                    entry("file", User.BOB);
                    unlink("d/x");
                },
                Need.ROOT);
        chapter.test(
                "without-it-everybody-may",
                site -> {
                    sticky(ROOT);
                    chmod("d", 0777);
                    entry("file", User.BOB);
                    site.as(User.ALICE, () -> unlink("d/x"));
                },
                Need.ROOT);
        chapter.test(
                "exchange-with-another-ones-EPERM",
                site -> {
                    sticky(ROOT);
                    entry("file", User.BOB);
                    touch("d/mine");
                    chown("d/mine", User.ALICE.uid(), User.ALICE.gid());
                    site.as(User.ALICE, () -> fails(EPERM, () -> rename("d/mine", "d/x", RENAME_EXCHANGE)));
                },
                Need.ROOT,
                Need.EXCHANGE);
        chapter.test(
                "everybody-may-create",
                site -> {
                    sticky(ROOT);
                    site.as(User.ALICE, () -> touch("d/a"));
                    site.as(User.BOB, () -> mkdir("d/b"));
                },
                Need.ROOT);
        setGroup(list.chapter("setgid-directory"));
    }

    private static void sticky(User owner) throws Exception {
        mkdir("d");
        chown("d", owner.uid(), owner.gid());
        chmod("d", 01777);
        mkdir("free");
        chmod("free", 0777);
    }

    private static void entry(String kind, User owner) throws Exception {
        switch (kind) {
            case "file" -> touch("d/x", 0666);
            case "directory" -> mkdir("d/x", 0777);
            case "symlink" -> symlink("t", "d/x");
            default -> mkfifo("d/x");
        }
        lchown("d/x", owner.uid(), owner.gid());
    }

    private static void check(Owners owners, Site site, Action action) throws Exception {
        site.as(User.ALICE, () -> {
            if (owners.allowed()) {
                action.run();
            } else {
                fails(() -> action.run(), EPERM, EACCES);
            }
        });
    }

    private static String end(Owners owners) {
        return owners.name() + (owners.allowed() ? "" : "-EPERM");
    }

    private static void removal(Chapter chapter, Owners owners, String kind) {
        chapter.test(
                "remove-" + kind + "-" + end(owners),
                site -> {
                    sticky(owners.directory());
                    entry(kind, owners.entry());
                    check(owners, site, () -> unlinkat(AT_FDCWD, "d/x", kind.equals("directory") ? AT_REMOVEDIR : 0));
                    same(!owners.allowed(), exists("d/x"), "it is still there");
                },
                Need.ROOT);
    }

    private static void renaming(Chapter chapter, Owners owners, String kind) {
        chapter.test(
                "rename-" + kind + "-" + end(owners),
                site -> {
                    sticky(owners.directory());
                    entry(kind, owners.entry());
                    check(owners, site, () -> rename("d/x", "d/y"));
                    same(!owners.allowed(), exists("d/x"), "it has its old name");
                },
                Need.ROOT);
    }

    private static void replacing(Chapter chapter, Owners owners, String kind) {
        chapter.test(
                "rename-over-" + kind + "-" + end(owners),
                site -> {
                    sticky(owners.directory());
                    entry(kind, owners.entry());
                    site.as(User.ALICE, () -> {
                        if (kind.equals("directory")) {
                            mkdir("free/new");
                        } else {
                            touch("free/new");
                        }
                    });
                    check(owners, site, () -> rename("free/new", "d/x"));
                    same(!owners.allowed(), exists("free/new"), "it has its old name");
                },
                Need.ROOT);
    }

    private static void setGroup(Chapter chapter) {
        for (String kind : new String[] {"file", "fifo", "symlink", "socket", "node"}) {
            chapter.test(
                    kind + "-inherits-the-group",
                    site -> {
                        shared();
                        site.as(User.ALICE, () -> {
                            switch (kind) {
                                case "file" -> touch("d/x");
                                case "fifo" -> mkfifo("d/x");
                                case "symlink" -> symlink("t", "d/x");
                                case "socket" -> Sockets.listen("d/x");
                                default -> mknod("d/x", S_IFREG | 0644, 0);
                            }
                        });
                        same(User.STRANGERS, Stat.ofLink("d/x").gid(), "group");
                        same(User.ALICE.uid(), Stat.ofLink("d/x").uid(), "owner");
                    },
                    Need.ROOT);
        }
        chapter.test(
                "directory-inherits-group-and-bit",
                site -> {
                    shared();
                    site.as(User.ALICE, () -> mkdir("d/x", 0755));
                    same(User.STRANGERS, Stat.of("d/x").gid(), "group");
                    sameOctal(02755, Stat.of("d/x").permissions(), "mode");
                },
                Need.ROOT);
        chapter.test(
                "temporary-file-inherits-the-group",
                site -> {
                    shared();
                    site.as(User.ALICE, () -> same(
                            User.STRANGERS, Stat.of(Fds.open("d", O_TMPFILE | O_RDWR, 0600)).gid(), "group"));
                },
                Need.ROOT,
                Need.TMPFILE);
        chapter.test(
                "setgid-file-by-a-stranger-to-the-group-loses-the-bit",
                site -> {
                    shared();
                    site.as(User.ALICE, () -> touch("d/x", 02775));
                    sameOctal(0775, Stat.of("d/x").permissions(), "mode");
                },
                Need.ROOT);
        chapter.test(
                "setgid-file-by-a-member-keeps-the-bit",
                site -> {
                    shared();
                    chown("d", 0, User.TEAM);
                    chmod("d", 02777);
                    site.as(User.ALICE, () -> touch("d/x", 02775));
                    sameOctal(02775, Stat.of("d/x").permissions(), "mode");
                },
                Need.ROOT);
        chapter.test(
                "renamed-into-it-keeps-its-group",
                site -> {
                    shared();
                    touch("f");
                    chown("f", User.BOB.uid(), User.BOB.gid());
                    rename("f", "d/f");
                    same(User.BOB.gid(), Stat.of("d/f").gid(), "group");
                },
                Need.ROOT);
        chapter.test("of-ones-own-is-inherited", site -> site.ordinary(() -> {
            mkdir("d");
            chmod("d", 02755);
            mkdir("d/e");
            touch("d/f");
            sameOctal(02755, Stat.of("d/e").permissions(), "mode of the directory");
            sameOctal(0644, Stat.of("d/f").permissions(), "mode of the file");
        }));
    }

    private static void shared() throws Exception {
        mkdir("d");
        chown("d", 0, User.STRANGERS);
        chmod("d", 02777);
    }
}
