package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

/** stat(2), statvfs(3), access(2): what is told of files. */
final class StatCases {
    private StatCases() {}

    static void list(Catalogue list) {
        stat(list.chapter("stat"));
        inodes(list.chapter("inode"));
        statvfs(list.chapter("statvfs"));
        access(list.chapter("access"));
    }

    private static void stat(Chapter chapter) {
        chapter.test("of-a-new-file", site -> {
            file("f", "abc");
            Stat f = Stat.of("f");
            same(S_IFREG, f.type(), "type");
            same(3, f.size(), "size");
            same(1, f.links(), "links");
            that(f.blockSize() >= 512, "a block size");
            that(f.inode() != 0, "an inode number");
        });
        chapter.test("by-name-and-by-descriptor-agree", site -> {
            file("f", "abc");
            mkdir("d");
            same(Stat.of("f"), Stat.of(Fds.open("f", O_RDONLY)), "file");
            same(Stat.of("d"), Stat.of(Fds.open("d", O_RDONLY)), "directory");
        });
        chapter.test("blocks-grow-with-the-data", site -> {
            int fd = Fds.open("f", O_RDWR | O_CREAT, 0644);
            same(0, Stat.of(fd).blocks(), "blocks of an empty file");
            Fds.write(fd, "x".repeat(100_000));
            Fds.fsync(fd);
            that(Stat.of(fd).blocks() * 512 >= 100_000, "blocks of a full one");
            Fds.ftruncate(fd, 0);
            Fds.fsync(fd);
            same(0, Stat.of(fd).blocks(), "blocks of an emptied one");
        });
        chapter.test("size-is-seen-by-another-process-at-once", site -> {
            int fd = Fds.open("f", O_RDWR | O_CREAT, 0644);
            Peer peer = site.peer();
            for (int i = 1; i <= 20; i++) {
                Fds.write(fd, "x");
                same(i, peer.call(() -> Stat.of("f").size()), "size seen by the other process");
            }
        });
        chapter.test("one-device-in-the-whole-tree", site -> {
            mkdirs("a/b/c");
            touch("a/b/c/f");
            symlink("t", "a/s");
            long device = Stat.of(".").device();
            for (String name : new String[] {"a", "a/b", "a/b/c", "a/b/c/f", "a/s"}) {
                same(device, Stat.ofLink(name).device(), "device of " + name);
            }
        });
        chapter.test(
                "birth-is-when-it-was-made-and-stays",
                site -> {
                    long before = Clock.coarse();
                    touch("f");
                    long after = Clock.now();
                    long born = Stat.of("f").born();
                    that(born >= before && born <= after, "birth is now");
                    Clock.settled("f");
                    file("f", "abc");
                    chmod("f", 0600);
                    rename("f", "g");
                    same(born, Stat.of("g").born(), "birth");
                },
                Need.BIRTH);
        chapter.test("unknown-flags-EINVAL", site -> fails(EINVAL, () -> Stat.at(AT_FDCWD, ".", 1 << 30)));
        chapter.test("of-a-descriptor-that-is-none-EBADF", site -> fails(
                EBADF, () -> Stat.at(999_999, "", AT_EMPTY_PATH)));
        chapter.test("needs-no-permission-on-the-file", site -> site.ordinary(() -> {
            touch("f", 0);
            Stat.of("f");
        }));
    }

    private static void inodes(Chapter chapter) {
        chapter.test("stable-over-open-write-rename-chmod", site -> {
            touch("f");
            long inode = Stat.of("f").inode();
            file("f", "abc");
            chmod("f", 0600);
            rename("f", "g");
            mkdir("d");
            rename("g", "d/h");
            same(inode, Stat.of("d/h").inode(), "inode");
            same(inode, Stat.of(Fds.open("d/h", O_RDONLY)).inode(), "inode by descriptor");
        });
        chapter.test("distinct-for-distinct-files", site -> {
            java.util.Set<Long> seen = new java.util.HashSet<>();
            for (int i = 0; i < 200; i++) {
                touch("f" + i);
                that(seen.add(Stat.of("f" + i).inode()), "each has a number of its own");
            }
        });
        chapter.test("of-a-directory-is-that-of-its-dot", site -> {
            mkdirs("d/e");
            same(Stat.of("d").inode(), Stat.of("d/.").inode(), "inode of d/.");
            same(Stat.of("d").inode(), Stat.of("d/e/..").inode(), "inode of d/e/..");
        });
        chapter.test("the-same-for-every-process", site -> {
            touch("f");
            long inode = Stat.of("f").inode();
            same(inode, site.peer().call(() -> Stat.of("f").inode()), "inode seen by another process");
        });
        chapter.test("stable-while-many-others-are-looked-up", site -> {
            touch("f");
            long inode = Stat.of("f").inode();
            mkdir("d");
            for (int i = 0; i < 3000; i++) {
                touch("d/" + i);
            }
            same(inode, Stat.of("f").inode(), "inode");
        });
        chapter.test("of-the-open-file-is-not-given-to-a-new-one", site -> {
            touch("f");
            int fd = Fds.open("f", O_RDONLY);
            unlink("f");
            for (int i = 0; i < 100; i++) {
                touch("n" + i);
                that(Stat.of("n" + i).inode() != Stat.of(fd).inode(), "another number");
            }
        });
    }

    private static void statvfs(Chapter chapter) {
        chapter.test("makes-sense", site -> {
            Site.StatVfs fs = Site.StatVfs.of(".");
            that(fs.blockSize() > 0 && fs.fragment() > 0, "block sizes");
            that(fs.blocks() >= fs.free() && fs.free() >= fs.available(), "available <= free <= all");
            same(NAME_MAX, fs.nameMax(), "longest name");
        });
        chapter.test("by-descriptor-is-the-same", site -> {
            touch("f");
            Site.StatVfs byName = Site.StatVfs.of("f");
            Site.StatVfs byDescriptor = Site.StatVfs.of(Fds.open("f", O_RDONLY));
            same(byName.blocks(), byDescriptor.blocks(), "blocks");
            same(byName.flags(), byDescriptor.flags(), "flags");
        });
    }

    private static void access(Chapter chapter) {
        for (int mode : new int[] {0000, 0100, 0200, 0300, 0400, 0500, 0600, 0700}) {
            String octal = Integer.toOctalString(01000 | mode).substring(1);
            chapter.test("own-file-of-mode-" + octal, site -> site.ordinary(() -> {
                touch("f");
                chmod("f", mode);
                Names.access("f", F_OK);
                for (int wanted = 1; wanted <= 7; wanted++) {
                    int bits = wanted;
                    if ((mode >> 6 & bits) == bits) {
                        Names.access("f", bits);
                    } else {
                        fails(EACCES, () -> Names.access("f", bits));
                    }
                }
            }));
        }
        chapter.test("bad-mode-EINVAL", site -> fails(EINVAL, () -> Names.access(".", 8)));
        chapter.test("faccessat2-of-a-symlink-itself", site -> {
            symlink("absent", "s");
            fails(ENOENT, () -> Names.access("s", F_OK));
            faccessat2("s", F_OK, AT_SYMLINK_NOFOLLOW);
        });
        chapter.test("faccessat2-effective-ids", site -> site.ordinary(() -> {
            touch("f", 0400);
            faccessat2("f", R_OK, AT_EACCESS);
            fails(EACCES, () -> faccessat2("f", W_OK, AT_EACCESS));
        }));
        chapter.test("faccessat2-unknown-flags-EINVAL", site -> fails(EINVAL, () -> faccessat2(".", F_OK, 1 << 30)));
    }
}
