package org.froggr.itests.posix;

import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

import java.util.List;

/** Which of a file's times each call marks, as its page in POSIX says: a table. */
final class StampCases {
    private StampCases() {}

    /**
     * A call on the open file {@code f}.
     *
     * @param marked letters of the times that must move: {@code m} and {@code c}; those not named must not
     */
    private record Row(String name, String marked, Deed deed, Need... needs) {}

    @FunctionalInterface
    private interface Deed {
        void on(int fd) throws Exception;
    }

    private static final List<Row> ROWS = List.of(
            new Row("write", "mc", fd -> Fds.write(fd, "x")),
            new Row("pwrite", "mc", fd -> Fds.pwrite(fd, "x", 100)),
            new Row("write-of-nothing", "", fd -> Fds.write(fd, "")),
            new Row("read", "", fd -> Fds.read(fd, 3)),
            new Row("ftruncate-shorter", "mc", fd -> Fds.ftruncate(fd, 1)),
            new Row("ftruncate-longer", "mc", fd -> Fds.ftruncate(fd, 100)),
            new Row("open-with-trunc", "mc", fd -> Fds.open("f", O_WRONLY | O_TRUNC)),
            new Row("open-and-close", "", fd -> Fds.close(Fds.open("f", O_RDWR))),
            new Row("chmod", "c", fd -> chmod("f", 0600)),
            new Row("fchmod", "c", fd -> Fds.fchmod(fd, 0600)),
            new Row("link", "c", fd -> link("f", "g")),
            new Row("stat", "", fd -> Stat.of("f")),
            new Row("fsync", "", Fds::fsync),
            new Row("rename-leaves-mtime", "m0", fd -> rename("f", "g")),
            new Row("setxattr", "c", fd -> Xattrs.set("f", "user.a", "v"), Need.XATTR),
            new Row("fallocate", "mc", fd -> Fds.fallocate(fd, 0, 0, 8192), Need.ALLOCATE));

    static void list(Chapter chapter) {
        ROWS.forEach(row -> row(chapter, row));
        chapter.test("new-file-has-the-time-of-its-making", site -> {
            long before = Clock.coarse();
            touch("f");
            long after = Clock.now();
            Stat f = Stat.of("f");
            for (long stamp : new long[] {f.accessed(), f.modified(), f.changed()}) {
                that(stamp >= before && stamp <= after, "the time is that of its making");
            }
        });
        chapter.test("new-directory-symlink-fifo-have-the-time-of-their-making", site -> {
            long before = Clock.coarse();
            mkdir("d");
            symlink("t", "s");
            mkfifo("p");
            long after = Clock.now();
            for (String name : new String[] {"d", "s", "p"}) {
                Stat stat = Stat.ofLink(name);
                that(stat.modified() >= before && stat.modified() <= after, "mtime of " + name);
                that(stat.changed() >= before && stat.changed() <= after, "ctime of " + name);
            }
        });
        chapter.test(
                "read-marks-an-old-atime",
                site -> {
                    file("f", "abc");
                    utimens("f", Clock.OLD, Clock.OLD + 5);
                    content("f");
                    that(Stat.of("f").accessed() > Clock.OLD, "atime moves");
                    same(Clock.OLD + 5, Stat.of("f").modified(), "mtime");
                },
                Need.ATIME);
        chapter.test(
                "listing-marks-an-old-atime",
                site -> {
                    mkdir("d");
                    touch("d/f");
                    utimens("d", Clock.OLD, Clock.OLD + 5);
                    Directory.names("d");
                    that(Stat.of("d").accessed() > Clock.OLD, "atime moves");
                },
                Need.ATIME);
        chapter.test(
                "read-with-noatime-marks-nothing",
                site -> {
                    file("f", "abc");
                    utimens("f", Clock.OLD, Clock.OLD + 5);
                    Fds.rest(Fds.open("f", O_RDONLY | O_NOATIME));
                    same(Clock.OLD, Stat.of("f").accessed(), "atime");
                },
                Need.ATIME);
        chapter.test(
                "readlink-marks-an-old-atime",
                site -> {
                    symlink("t", "s");
                    utimensat("s", times(Clock.OLD, Clock.OLD + 5), AT_SYMLINK_NOFOLLOW);
                    readlink("s");
                    that(Stat.ofLink("s").accessed() > Clock.OLD, "atime moves");
                },
                Need.ATIME);
        chapter.test("creat-of-existing-marks-nothing", site -> {
            mkdir("d");
            file("d/f", "abc");
            Stat before = Clock.settled("d/f");
            Stat parent = Clock.settled("d");
            touch("d/f");
            same(before.modified(), Stat.of("d/f").modified(), "mtime");
            same(before.changed(), Stat.of("d/f").changed(), "ctime");
            same(parent.modified(), Stat.of("d").modified(), "mtime of the parent");
        });
        chapter.test("truncating-an-empty-file-marks-it", site -> {
            touch("f");
            utimens("f", Clock.OLD, Clock.OLD);
            Fds.open("f", O_WRONLY | O_TRUNC);
            that(Stat.of("f").modified() > Clock.OLD, "mtime moves");
        });
        chapter.test("creation-marks-the-parent", site -> NodeCases.marksParent("p", () -> touch("p/f")));
        chapter.test("writing-a-file-leaves-its-parent-alone", site -> {
            mkdir("p");
            touch("p/f");
            Stat before = Clock.settled("p");
            file("p/f", "abc");
            same(before.modified(), Stat.of("p").modified(), "mtime of the parent");
        });
        chapter.test("stamps-never-go-back", site -> {
            int fd = Fds.open("f", O_RDWR | O_CREAT, 0644);
            long last = 0;
            for (int i = 0; i < 200; i++) {
                Fds.write(fd, "x");
                long modified = Stat.of("f").modified();
                that(modified >= last, "mtime does not go back");
                last = modified;
            }
        });
        chapter.test("fstat-and-stat-agree-while-writing", site -> {
            int fd = Fds.open("f", O_RDWR | O_CREAT, 0644);
            for (int i = 0; i < 50; i++) {
                Fds.write(fd, "x".repeat(100));
                same(Stat.of(fd).modified(), Stat.of("f").modified(), "mtime");
                same(Stat.of(fd).size(), Stat.of("f").size(), "size");
            }
        });
    }

    private static void row(Chapter chapter, Row row) {
        chapter.test(
                row.name() + (row.marked().isEmpty() ? "-marks-nothing" : ""),
                site -> {
                    file("f", "abcdef");
                    int fd = Fds.open("f", O_RDWR);
                    utimens("f", Clock.OLD, Clock.OLD);
                    Stat before = Clock.settled("f");
                    row.deed().on(fd);
                    Stat after = Stat.of(fd);
                    if (row.marked().equals("m0")) {
                        same(before.modified(), after.modified(), "mtime");
                        return;
                    }
                    same(row.marked().contains("m"), after.modified() > before.modified(), "mtime moves");
                    same(row.marked().contains("c"), after.changed() > before.changed(), "ctime moves");
                },
                row.needs());
    }
}
