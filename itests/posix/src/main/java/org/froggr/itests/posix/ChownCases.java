package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

/** chown(2). */
final class ChownCases {
    private static final int A = User.ALICE.uid();
    private static final int B = User.BOB.uid();

    private ChownCases() {}

    static void list(Catalogue list) {
        Chapter chapter = list.chapter("chown");
        root(chapter);
        owner(chapter);
    }

    private static void owned(String name, int uid, int gid) throws Exception {
        Stat stat = Stat.ofLink(name);
        same(uid, stat.uid(), "owner of " + name);
        same(gid, stat.gid(), "group of " + name);
    }

    private static void root(Chapter chapter) {
        for (String kind : new String[] {"file", "directory", "fifo", "socket"}) {
            chapter.test(
                    kind,
                    site -> {
                        switch (kind) {
                            case "file" -> touch("x");
                            case "directory" -> mkdir("x");
                            case "fifo" -> mkfifo("x");
                            default -> Sockets.listen("x");
                        }
                        chown("x", A, B);
                        owned("x", A, B);
                    },
                    Need.ROOT);
        }
        chapter.test(
                "minus-one-leaves-as-it-is",
                site -> {
                    touch("f");
                    chown("f", A, B);
                    chown("f", -1, 77);
                    owned("f", A, 77);
                    chown("f", 78, -1);
                    owned("f", 78, 77);
                    chown("f", -1, -1);
                    owned("f", 78, 77);
                },
                Need.ROOT);
        chapter.test(
                "follows-symlink",
                site -> {
                    touch("f");
                    symlink("f", "s");
                    chown("s", A, A);
                    owned("f", A, A);
                    owned("s", 0, 0);
                },
                Need.ROOT);
        chapter.test(
                "lchown-of-symlink",
                site -> {
                    touch("f");
                    symlink("f", "s");
                    lchown("s", A, B);
                    owned("s", A, B);
                    owned("f", 0, 0);
                },
                Need.ROOT);
        chapter.test(
                "lchown-of-dangling-symlink",
                site -> {
                    symlink("absent", "s");
                    lchown("s", A, B);
                    owned("s", A, B);
                },
                Need.ROOT);
        chapter.test(
                "fchown",
                site -> {
                    touch("f");
                    int fd = Fds.open("f", O_RDONLY);
                    Fds.fchown(fd, A, B);
                    owned("f", A, B);
                },
                Need.ROOT);
        chapter.test(
                "largest-ids",
                site -> {
                    touch("f");
                    chown("f", -2, -3);
                    owned("f", -2, -3);
                },
                Need.ROOT);
        chapter.test(
                "moves-ctime-only",
                site -> {
                    touch("f");
                    utimens("f", Clock.OLD, Clock.OLD);
                    Stat before = Clock.settled("f");
                    chown("f", A, A);
                    Stat after = Stat.of("f");
                    that(after.changed() > before.changed(), "ctime moves");
                    same(before.modified(), after.modified(), "mtime");
                },
                Need.ROOT);
        chapter.test(
                "is-seen-through-other-links",
                site -> {
                    touch("f");
                    link("f", "g");
                    chown("f", A, B);
                    owned("g", A, B);
                },
                Need.ROOT);
    }

    private static void owner(Chapter chapter) {
        chapter.test(
                "owner-gives-away-EPERM",
                site -> {
                    touch("f");
                    chown("f", A, A);
                    site.as(User.ALICE, () -> fails(EPERM, () -> chown("f", B, -1)));
                },
                Need.ROOT);
        chapter.test(
                "another-one-takes-EPERM",
                site -> {
                    touch("f", 0666);
                    site.as(User.ALICE, () -> {
                        fails(EPERM, () -> chown("f", A, -1));
                        fails(EPERM, () -> chown("f", -1, A));
                        fails(EPERM, () -> lchown("f", A, A));
                    });
                },
                Need.ROOT);
        chapter.test(
                "owner-to-his-group",
                site -> {
                    touch("f");
                    chown("f", A, User.STRANGERS);
                    site.as(User.ALICE, () -> chown("f", -1, A));
                    owned("f", A, A);
                },
                Need.ROOT);
        chapter.test(
                "owner-to-his-supplementary-group",
                site -> {
                    touch("f");
                    chown("f", A, A);
                    site.as(User.ALICE, () -> chown("f", A, User.TEAM));
                    owned("f", A, User.TEAM);
                },
                Need.ROOT);
        chapter.test(
                "owner-to-foreign-group-EPERM",
                site -> {
                    touch("f");
                    chown("f", A, A);
                    site.as(User.ALICE, () -> fails(EPERM, () -> chown("f", -1, User.STRANGERS)));
                },
                Need.ROOT);
        chapter.test("owner-to-what-it-is", site -> site.ordinary(() -> {
            touch("f");
            Stat stat = Stat.of("f");
            chown("f", stat.uid(), stat.gid());
            chown("f", -1, -1);
        }));
        chapter.test("ordinary-user-to-root-EPERM", site -> site.ordinary(() -> {
            touch("f");
            fails(EPERM, () -> chown("f", 0, -1));
            fails(EPERM, () -> chown("f", -1, 0));
        }));
        chapter.test(
                "of-a-symlink-by-another-one-EPERM",
                site -> {
                    symlink("t", "s");
                    site.as(User.ALICE, () -> fails(EPERM, () -> lchown("s", A, A)));
                },
                Need.ROOT);
    }
}
