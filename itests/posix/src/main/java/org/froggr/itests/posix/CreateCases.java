package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Making names: over what exists, with a slash at the end, in directories that may not be written. */
final class CreateCases {
    private CreateCases() {}

    @FunctionalInterface
    private interface Maker {
        void make(String name) throws Exception;
    }

    private static final List<Operation> MAKERS = List.of(
            new Operation("mkdir", "", Operation.Target.ABSENT, false, Names::mkdir),
            new Operation("mkfifo", "", Operation.Target.ABSENT, false, Names::mkfifo),
            new Operation("mknod", "", Operation.Target.ABSENT, false, name -> mknod(name, S_IFREG | 0644, 0)),
            new Operation("symlink", "", Operation.Target.ABSENT, false, name -> symlink("t", name)),
            new Operation("link", "to-", Operation.Target.ABSENT, false, name -> link("source", name)),
            new Operation("open", "exclusive-", Operation.Target.ABSENT, false, name -> Fds.open(
                    name, O_WRONLY | O_CREAT | O_EXCL, 0644)),
            new Operation("socket", "bind-", Operation.Target.ABSENT, false, Sockets::listen));

    private static Map<String, Maker> existing() {
        Map<String, Maker> kinds = new TreeMap<>();
        kinds.put("file", Names::touch);
        kinds.put("directory", Names::mkdir);
        kinds.put("fifo", Names::mkfifo);
        kinds.put("socket", Sockets::listen);
        kinds.put("symlink", name -> symlink("source", name));
        kinds.put("dangling-symlink", name -> symlink("absent", name));
        return kinds;
    }

    static void list(Catalogue list) {
        for (Operation op : MAKERS) {
            Chapter chapter = list.chapter(op.category());
            var error = op.category().equals("socket") ? EADDRINUSE : EEXIST;
            existing().forEach((kind, maker) -> chapter.test(op.label() + "over-" + kind + "-" + error, site -> {
                touch("source");
                maker.make("x");
                Stat before = Stat.ofLink("x");
                fails(error, () -> op.call().on("x"));
                that(Stat.ofLink("x").sameFile(before), "what was there is still there");
            }));
            chapter.test(op.label() + "dot-" + error, site -> {
                touch("source");
                fails(error, () -> op.call().on("."));
            });
            chapter.test(op.label() + "parent-not-writable-EACCES", site -> site.ordinary(() -> {
                touch("source");
                mkdir("d", 0555);
                fails(EACCES, () -> op.call().on("d/x"));
                chmod("d", 0755);
                op.call().on("d/x");
            }));
            chapter.test(op.label() + "in-removed-directory-ENOENT", site -> {
                String source = site.directory() + "/source";
                touch(source);
                mkdir("d");
                chdir("d");
                rmdir("../d");
                boolean links = op.category().equals("link");
                fails(ENOENT, () -> {
                    if (links) {
                        link(source, "x");
                    } else {
                        op.call().on("x");
                    }
                });
            });
            chapter.test(op.label() + "is-listed-and-found", site -> {
                touch("source");
                mkdir("d");
                op.call().on("d/x");
                same(java.util.Set.of("x"), Directory.names("d"), "names");
                Stat.ofLink("d/x");
            });
            owner(chapter, op);
        }
        slashes(list);
    }

    private static void owner(Chapter chapter, Operation op) {
        if (op.category().equals("link")) {
            return;
        }
        chapter.test(
                op.label() + "owner-is-who-made-it",
                site -> {
                    mkdir("d", 0777);
                    site.as(User.ALICE, () -> op.call().on("d/x"));
                    Stat made = Stat.ofLink("d/x");
                    same(User.ALICE.uid(), made.uid(), "owner");
                    same(User.ALICE.gid(), made.gid(), "group");
                },
                Need.ROOT);
    }

    private static void slashes(Catalogue list) {
        list.chapter("mkdir").test("with-slash", site -> {
            mkdir("x/");
            mkdir("y//");
            same(S_IFDIR, Stat.of("x").type() & Stat.of("y").type(), "type");
        });
        list.chapter("open").test("create-with-slash-EISDIR", site -> fails(EISDIR, () -> touch("x/")));
        list.chapter("symlink").test("with-slash-ENOENT", site -> fails(ENOENT, () -> symlink("t", "x/")));
        list.chapter("mkfifo").test("with-slash-ENOENT", site -> fails(ENOENT, () -> mkfifo("x/")));
        list.chapter("link").test("to-with-slash-ENOENT", site -> {
            touch("a");
            fails(ENOENT, () -> link("a", "x/"));
        });
        list.chapter("rename").test("file-to-name-with-slash-ENOTDIR", site -> {
            touch("a");
            fails(ENOTDIR, () -> rename("a", "x/"));
        });
        list.chapter("rename").test("directory-with-slashes", site -> {
            mkdir("a");
            rename("a/", "x/");
            that(exists("x") && !exists("a"), "it has the new name");
        });
        list.chapter("mkdir").test("dangling-symlink-with-slash", site -> {
            symlink("absent", "s");
            fails(() -> mkdir("s/"), EEXIST, ENOENT);
        });
    }
}
