package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

/** The flags of renameat2(2). */
final class RenameFlagCases {
    private RenameFlagCases() {}

    static void list(Catalogue list) {
        noReplace(list.chapter("rename-noreplace"));
        exchange(list.chapter("rename-exchange"));
        whiteout(list.chapter("rename-whiteout"));
    }

    private static void noReplace(Chapter chapter) {
        chapter.test("to-a-new-name", site -> {
            touch("f");
            rename("f", "g", RENAME_NOREPLACE);
            that(exists("g") && !exists("f"), "it has the new name");
        });
        for (String kind : RenameCases.KINDS) {
            chapter.test("over-" + kind + "-EEXIST", site -> {
                file("f", "abc");
                RenameCases.make(kind, "x");
                fails(EEXIST, () -> rename("f", "x", RENAME_NOREPLACE));
                same("abc", content("f"), "content");
            });
        }
        chapter.test("directory-over-empty-directory-EEXIST", site -> {
            mkdir("a");
            mkdir("b");
            fails(EEXIST, () -> rename("a", "b", RENAME_NOREPLACE));
        });
        chapter.test("over-a-dangling-symlink-EEXIST", site -> {
            touch("f");
            symlink("absent", "s");
            fails(EEXIST, () -> rename("f", "s", RENAME_NOREPLACE));
        });
        chapter.test("over-a-link-of-itself-EEXIST", site -> {
            touch("f");
            link("f", "g");
            fails(EEXIST, () -> rename("f", "g", RENAME_NOREPLACE));
        });
        chapter.test("by-many-one-wins", site -> {
            java.util.concurrent.atomic.AtomicInteger won = new java.util.concurrent.atomic.AtomicInteger();
            Worker[] workers = new Worker[4];
            for (int i = 0; i < workers.length; i++) {
                touch("f" + i);
                byte[] from = Call.name("f" + i);
                workers[i] = site.start(() -> {
                    if (Sys.renameat2(AT_FDCWD, from, AT_FDCWD, Call.name("x"), RENAME_NOREPLACE) == 0) {
                        won.incrementAndGet();
                    } else if (!Call.failedWith(EEXIST)) {
                        throw Call.failed("renameat2", "x");
                    }
                });
            }
            for (Worker worker : workers) {
                worker.finish();
            }
            same(1, won.get(), "winners");
        });
    }

    private static void exchange(Chapter chapter) {
        for (String a : RenameCases.KINDS) {
            for (String b : new String[] {"file", "full-directory"}) {
                chapter.test(
                        a + "-with-" + b,
                        site -> {
                            mkdir("d");
                            RenameCases.make(a, "x");
                            RenameCases.make(b, "d/y");
                            Stat x = Stat.ofLink("x");
                            Stat y = Stat.ofLink("d/y");
                            rename("x", "d/y", RENAME_EXCHANGE);
                            that(Stat.ofLink("x").sameFile(y) && Stat.ofLink("d/y").sameFile(x), "they are exchanged");
                        },
                        Need.EXCHANGE);
            }
        }
        chapter.test(
                "with-an-absent-one-ENOENT",
                site -> {
                    touch("f");
                    fails(ENOENT, () -> rename("f", "absent", RENAME_EXCHANGE));
                    fails(ENOENT, () -> rename("absent", "f", RENAME_EXCHANGE));
                },
                Need.EXCHANGE);
        chapter.test(
                "with-its-own-child-EINVAL",
                site -> {
                    mkdirs("d/e");
                    fails(EINVAL, () -> rename("d", "d/e", RENAME_EXCHANGE));
                    fails(() -> rename("d/e", "d", RENAME_EXCHANGE), EINVAL, ENOTEMPTY);
                },
                Need.EXCHANGE);
        chapter.test(
                "with-itself",
                site -> {
                    touch("f");
                    rename("f", "f", RENAME_EXCHANGE);
                    that(exists("f"), "it is there");
                },
                Need.EXCHANGE);
        chapter.test(
                "content-is-seen-at-once",
                site -> {
                    file("a", "A");
                    file("b", "B");
                    for (int i = 0; i < 20; i++) {
                        rename("a", "b", RENAME_EXCHANGE);
                        same(i % 2 == 0 ? "B" : "A", content("a"), "content of a");
                        same(i % 2 == 0 ? "A" : "B", content("b"), "content of b");
                    }
                },
                Need.EXCHANGE);
        chapter.test(
                "directory-links-of-both-parents",
                site -> {
                    mkdirs("a/d");
                    mkdir("b");
                    touch("b/f");
                    rename("a/d", "b/f", RENAME_EXCHANGE);
                    same(2, Stat.of("a").links(), "links of the first parent");
                    same(3, Stat.of("b").links(), "links of the second parent");
                },
                Need.EXCHANGE,
                Need.DIRECTORY_LINKS);
    }

    private static void whiteout(Chapter chapter) {
        chapter.test(
                "leaves-device-0-0-or-is-refused",
                site -> {
                    touch("f");
                    try {
                        rename("f", "g", RENAME_WHITEOUT);
                    } catch (org.froggr.api.ErrnoException e) {
                        that(e.is(EINVAL), "refused with EINVAL, not " + name(e.number()));
                        that(exists("f") && !exists("g"), "nothing has changed");
                        return;
                    }
                    Stat left = Stat.ofLink("f");
                    same(S_IFCHR, left.type(), "type of what is left");
                    same(0, left.rdevMajor() + left.rdevMinor(), "device of what is left");
                },
                Need.ROOT,
                Need.WHITEOUT);
    }
}
