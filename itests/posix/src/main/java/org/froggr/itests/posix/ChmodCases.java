package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

/** chmod(2), fchmod(2), umask(2). */
final class ChmodCases {
    private ChmodCases() {}

    static void list(Catalogue list) {
        Chapter chapter = list.chapter("chmod");
        for (int mode : new int[] {0000, 0001, 0010, 0100, 0400, 0777, 01755, 02755, 04755, 07777}) {
            String octal = Integer.toOctalString(010000 | mode).substring(1);
            chapter.test("file-" + octal, site -> {
                touch("f");
                chmod("f", mode);
                sameOctal(mode, Stat.of("f").permissions(), "mode");
            });
            chapter.test("directory-" + octal, site -> {
                mkdir("d");
                chmod("d", mode);
                sameOctal(mode, Stat.of("d").permissions(), "mode");
            });
        }
        chapter.test("keeps-the-type", site -> {
            mkfifo("f");
            chmod("f", 0600);
            same(S_IFIFO, Stat.of("f").type(), "type");
        });
        chapter.test("through-symlink-changes-its-target", site -> {
            touch("f", 0600);
            symlink("f", "s");
            chmod("s", 0640);
            sameOctal(0640, Stat.of("f").permissions(), "mode of the file");
            sameOctal(0777, Stat.ofLink("s").permissions(), "mode of the symlink");
        });
        chapter.test("fchmod", site -> {
            touch("f");
            int fd = Fds.open("f", O_RDONLY);
            Fds.fchmod(fd, 0711);
            sameOctal(0711, Stat.of("f").permissions(), "by name");
            sameOctal(0711, Stat.of(fd).permissions(), "by descriptor");
        });
        chapter.test("is-seen-through-other-links", site -> {
            touch("f");
            link("f", "g");
            chmod("f", 0600);
            sameOctal(0600, Stat.of("g").permissions(), "mode of the other name");
        });
        chapter.test("is-seen-by-other-processes", site -> {
            touch("f");
            Peer peer = site.peer();
            peer.call(() -> Stat.of("f").mode());
            chmod("f", 0600);
            same(0600, peer.call(() -> Stat.of("f").permissions()), "mode seen by the other process");
        });
        chapter.test("moves-ctime-only", site -> {
            touch("f");
            utimens("f", Clock.OLD, Clock.OLD);
            Stat before = Clock.settled("f");
            chmod("f", 0600);
            Stat after = Stat.of("f");
            that(after.changed() > before.changed(), "ctime moves");
            same(before.modified(), after.modified(), "mtime");
            same(before.accessed(), after.accessed(), "atime");
        });
        chapter.test(
                "of-another-ones-file-EPERM",
                site -> {
                    touch("f", 0666);
                    site.as(User.ALICE, () -> fails(EPERM, () -> chmod("f", 0600)));
                    sameOctal(0666, Stat.of("f").permissions(), "mode");
                },
                Need.ROOT);
        chapter.test(
                "by-owner",
                site -> {
                    touch("f");
                    chown("f", User.ALICE.uid(), User.ALICE.gid());
                    site.as(User.ALICE, () -> chmod("f", 04711));
                    sameOctal(04711, Stat.of("f").permissions(), "mode");
                },
                Need.ROOT);
        chapter.test(
                "setgid-of-a-file-in-a-foreign-group-is-dropped",
                site -> {
                    touch("f");
                    chown("f", User.ALICE.uid(), User.STRANGERS);
                    site.as(User.ALICE, () -> chmod("f", 02755));
                    sameOctal(0755, Stat.of("f").permissions(), "mode");
                },
                Need.ROOT);
        chapter.test(
                "setgid-of-a-file-in-a-supplementary-group-is-kept",
                site -> {
                    touch("f");
                    chown("f", User.ALICE.uid(), User.TEAM);
                    site.as(User.ALICE, () -> chmod("f", 02755));
                    sameOctal(02755, Stat.of("f").permissions(), "mode");
                },
                Need.ROOT);
        umask(list.chapter("umask"));
    }

    private static void umask(Chapter chapter) {
        for (int mask : new int[] {0000, 0002, 0022, 0027, 0077, 0777}) {
            String octal = Integer.toOctalString(01000 | mask).substring(1);
            chapter.test(octal + "-of-file-directory-fifo-socket", site -> {
                Names.umask(mask);
                touch("f", 0777);
                mkdir("d", 0777);
                mknod("p", S_IFIFO | 0777, 0);
                Sockets.listen("s");
                Names.umask(0);
                for (String name : new String[] {"f", "d", "p", "s"}) {
                    sameOctal(0777 & ~mask, Stat.of(name).permissions(), "mode of " + name);
                }
            });
        }
        chapter.test("does-not-count-for-chmod", site -> {
            touch("f");
            Names.umask(077);
            chmod("f", 0777);
            sameOctal(0777, Stat.of("f").permissions(), "mode");
        });
        chapter.test("of-each-process-its-own", site -> {
            Names.umask(077);
            Peer peer = site.peer();
            touch("mine", 0666);
            peer.run(() -> touch("his", 0666));
            sameOctal(0600, Stat.of("mine").permissions(), "mode of mine");
            sameOctal(0666, Stat.of("his").permissions(), "mode of his");
        });
        chapter.test("symlinks-have-mode-777-whatever-it-is", site -> {
            Names.umask(077);
            symlink("t", "s");
            sameOctal(0777, Stat.ofLink("s").permissions(), "mode");
        });
    }
}
