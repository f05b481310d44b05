package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

/** Programs on the mount, execve(2), and inotify(7). */
final class ProgramCases {
    private ProgramCases() {}

    static void list(Catalogue list) {
        exec(list.chapter("exec"));
        inotify(list.chapter("inotify"));
    }

    private static void exec(Chapter chapter) {
        chapter.test("script", site -> {
            file("s", "#!/bin/sh\necho \"$1\" > out\nexit 7\n");
            chmod("s", 0755);
            same(7, Child.run("./s", "argument"), "exit status");
            same("argument\n", content("out"), "output");
        });
        chapter.test("program", site -> {
            java.nio.file.Files.copy(
                    java.nio.file.Path.of("/bin/cp"), java.nio.file.Path.of(site.directory(), "program"));
            chmod("program", 0755);
            file("a", "abc");
            same(0, Child.run("./program", "a", "b"), "exit status");
            same("abc", content("b"), "content of the copy");
        });
        chapter.test("script-with-an-interpreter-on-the-mount", site -> {
            java.nio.file.Files.copy(
                    java.nio.file.Path.of("/bin/sh"), java.nio.file.Path.of(site.directory(), "shell"));
            chmod("shell", 0755);
            file("s", "#!shell\nexit 9\n");
            chmod("s", 0755);
            same(9, Child.run("./s"), "exit status");
        });
        chapter.test("nonsense-ENOEXEC", site -> {
            file("s", "\1\2\3 no program");
            chmod("s", 0755);
            fails(ENOEXEC, () -> Child.run("./s"));
        });
        chapter.test("directory-EACCES", site -> {
            mkdir("d");
            fails(EACCES, () -> Child.run("./d"));
        });
        chapter.test("interpreter-absent-ENOENT", site -> {
            file("s", "#!/absent/interpreter\n");
            chmod("s", 0755);
            fails(ENOENT, () -> Child.run("./s"));
        });
        chapter.test("without-execute-permission-EACCES", site -> site.ordinary(() -> {
            file("s", "#!/bin/sh\n");
            fails(EACCES, () -> Child.run("./s"));
        }));
        chapter.test("unlinked-while-running", site -> {
            java.nio.file.Files.copy(
                    java.nio.file.Path.of("/bin/sleep"), java.nio.file.Path.of(site.directory(), "program"));
            chmod("program", 0755);
            Child child = Child.start("./program", "600");
            try {
                unlink("program");
                that(!exists("program"), "it is gone");
            } finally {
                child.kill();
            }
        });
    }

    private static void inotify(Chapter chapter) {
        chapter.test("create-move-delete-in-a-directory", site -> {
            mkdir("d");
            Inotify inotify = Inotify.open();
            inotify.watch("d", IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO);
            touch("d/f");
            that(inotify.saw(IN_CREATE, "f"), "creation");
            rename("d/f", "d/g");
            var moved = inotify.events();
            same(2, moved.size(), "events of a rename");
            that(moved.get(0).is(IN_MOVED_FROM, "f") && moved.get(1).is(IN_MOVED_TO, "g"), "from and to");
            same(moved.get(0).cookie(), moved.get(1).cookie(), "cookie");
            unlink("d/g");
            that(inotify.saw(IN_DELETE, "g"), "removal");
            mkdir("d/e");
            that(inotify.saw(IN_CREATE, "e"), "a directory's creation");
        });
        chapter.test("open-access-modify-close", site -> {
            file("f", "abc");
            Inotify inotify = Inotify.open();
            inotify.watch("f", IN_OPEN | IN_ACCESS | IN_MODIFY | IN_CLOSE_WRITE | IN_CLOSE_NOWRITE);
            int fd = Fds.open("f", O_RDWR);
            that(inotify.saw(IN_OPEN, ""), "opening");
            Fds.read(fd, 1);
            that(inotify.saw(IN_ACCESS, ""), "reading");
            Fds.write(fd, "x");
            that(inotify.saw(IN_MODIFY, ""), "writing");
            Fds.close(fd);
            that(inotify.saw(IN_CLOSE_WRITE, ""), "closing");
        });
        chapter.test("attributes", site -> {
            touch("f");
            Inotify inotify = Inotify.open();
            inotify.watch("f", IN_ATTRIB);
            chmod("f", 0600);
            that(inotify.saw(IN_ATTRIB, ""), "chmod");
            utimens("f", 0, 0);
            that(inotify.saw(IN_ATTRIB, ""), "utimensat");
            link("f", "g");
            that(inotify.saw(IN_ATTRIB, ""), "link");
        });
        chapter.test("truncate-is-a-change", site -> {
            file("f", "abc");
            Inotify inotify = Inotify.open();
            inotify.watch("f", IN_MODIFY);
            truncate("f", 1);
            that(inotify.saw(IN_MODIFY, ""), "truncate");
        });
        chapter.test("delete-self", site -> {
            touch("f");
            Inotify inotify = Inotify.open();
            inotify.watch("f", IN_DELETE_SELF);
            unlink("f");
            Wait.until("the file's end is told", () -> inotify.saw(IN_DELETE_SELF, ""));
        });
        chapter.test("move-self", site -> {
            touch("f");
            Inotify inotify = Inotify.open();
            inotify.watch("f", IN_MOVE_SELF);
            rename("f", "g");
            that(inotify.saw(IN_MOVE_SELF, ""), "move");
        });
        chapter.test("what-another-process-does", site -> {
            mkdir("d");
            Inotify inotify = Inotify.open();
            inotify.watch("d", IN_CREATE);
            site.peer().run(() -> touch("d/f"));
            that(inotify.saw(IN_CREATE, "f"), "creation");
        });
    }
}
