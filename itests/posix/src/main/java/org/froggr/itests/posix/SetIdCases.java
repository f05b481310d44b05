package org.froggr.itests.posix;

import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

/** When set-user-ID and set-group-ID bits go, chown(2), write(2), truncate(2). */
final class SetIdCases {
    private static final int A = User.ALICE.uid();
    private static final int B = User.BOB.uid();

    private SetIdCases() {}

    static void list(Catalogue list) {
        bits(list.chapter("setid"));
        writing(list.chapter("setid"));
    }

    private static void bits(Chapter chapter) {
        chapter.test(
                "chown-by-owner-clears-both",
                site -> {
                    touch("f");
                    chown("f", A, A);
                    chmod("f", 06755);
                    site.as(User.ALICE, () -> chown("f", -1, User.TEAM));
                    sameOctal(0755, Stat.of("f").permissions(), "mode");
                },
                Need.ROOT);
        chapter.test(
                "chown-by-root-clears-both",
                site -> {
                    touch("f");
                    chmod("f", 06755);
                    chown("f", A, A);
                    sameOctal(0755, Stat.of("f").permissions(), "mode");
                },
                Need.ROOT);
        chapter.test(
                "chown-keeps-setgid-without-group-execute",
                site -> {
                    touch("f");
                    chmod("f", 02745);
                    chown("f", A, -1);
                    sameOctal(02745, Stat.of("f").permissions(), "mode");
                },
                Need.ROOT);
        chapter.test(
                "chown-of-directory-keeps-them",
                site -> {
                    mkdir("d");
                    chmod("d", 06755);
                    chown("d", A, A);
                    sameOctal(06755, Stat.of("d").permissions(), "mode");
                },
                Need.ROOT);
    }

    private static void writing(Chapter chapter) {
        chapter.test("write-by-ordinary-user-clears-both", site -> site.ordinary(() -> {
            touch("f");
            chmod("f", 06777);
            int fd = Fds.open("f", O_WRONLY);
            Fds.write(fd, "x");
            sameOctal(0777, Stat.of("f").permissions(), "mode by name");
            sameOctal(0777, Stat.of(fd).permissions(), "mode by descriptor");
        }));
        chapter.test("pwrite-by-ordinary-user-clears-both", site -> site.ordinary(() -> {
            touch("f");
            chmod("f", 06777);
            Fds.pwrite(Fds.open("f", O_WRONLY), "x", 5);
            sameOctal(0777, Stat.of("f").permissions(), "mode");
        }));
        chapter.test("truncate-by-ordinary-user-clears-both", site -> site.ordinary(() -> {
            file("f", "abc");
            chmod("f", 06777);
            truncate("f", 1);
            sameOctal(0777, Stat.of("f").permissions(), "mode");
        }));
        chapter.test("ftruncate-by-ordinary-user-clears-both", site -> site.ordinary(() -> {
            file("f", "abc");
            int fd = Fds.open("f", O_RDWR);
            chmod("f", 06777);
            Fds.ftruncate(fd, 1);
            sameOctal(0777, Stat.of("f").permissions(), "mode");
        }));
        chapter.test("open-with-trunc-by-ordinary-user-clears-both", site -> site.ordinary(() -> {
            file("f", "abc");
            chmod("f", 06777);
            Fds.open("f", O_WRONLY | O_TRUNC);
            sameOctal(0777, Stat.of("f").permissions(), "mode");
        }));
        chapter.test("write-keeps-setgid-without-group-execute", site -> site.ordinary(() -> {
            touch("f");
            chmod("f", 02767);
            Fds.write(Fds.open("f", O_WRONLY), "x");
            sameOctal(02767, Stat.of("f").permissions(), "mode");
        }));
        chapter.test("read-keeps-them", site -> site.ordinary(() -> {
            file("f", "abc");
            chmod("f", 06777);
            content("f");
            sameOctal(06777, Stat.of("f").permissions(), "mode");
        }));
        chapter.test(
                "write-by-root-keeps-them",
                site -> {
                    touch("f");
                    chmod("f", 06777);
                    Fds.write(Fds.open("f", O_WRONLY), "x");
                    sameOctal(06777, Stat.of("f").permissions(), "mode");
                },
                Need.ROOT);
        chapter.test(
                "write-by-another-one-clears-both",
                site -> {
                    touch("f");
                    chmod("f", 06777);
                    site.as(User.BOB, () -> Fds.write(Fds.open("f", O_WRONLY), "x"));
                    sameOctal(0777, Stat.of("f").permissions(), "mode");
                },
                Need.ROOT);
        chapter.test(
                "fallocate-by-ordinary-user-clears-both",
                site -> site.ordinary(() -> {
                    touch("f");
                    chmod("f", 06777);
                    Fds.fallocate(Fds.open("f", O_RDWR), 0, 0, 4096);
                    sameOctal(0777, Stat.of("f").permissions(), "mode");
                }),
                Need.ALLOCATE);
        chapter.test(
                "set-user-id-counts-as-the-mount-says",
                site -> {
                    java.nio.file.Files.copy(
                            java.nio.file.Path.of("/usr/bin/touch"), java.nio.file.Path.of(site.directory(), "touch"));
                    mkdir("d", 0777);
                    chown("touch", B, B);
                    chmod("touch", 04755);
                    site.as(User.ALICE, () -> same(0, Child.run("./touch", "d/made"), "exit status"));
                    same(site.mountHas(ST_NOSUID) ? A : B, Stat.of("d/made").uid(), "owner");
                },
                Need.ROOT);
    }
}
