package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Fds.bytes;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

import java.util.Set;
import org.froggr.api.ErrnoException;

/** Extended attributes: xattr(7), setxattr(2), getxattr(2), listxattr(2), removexattr(2). */
final class XattrCases {
    private XattrCases() {}

    static void list(Catalogue list) {
        Chapter chapter = list.chapter("xattr");
        values(chapter);
        errors(chapter);
        listing(chapter);
        kinds(chapter);
        spaces(chapter);
    }

    private static void test(Chapter chapter, String what, Case.Body body) {
        chapter.test(what, body, Need.XATTR);
    }

    private static void values(Chapter chapter) {
        test(chapter, "set-and-get", site -> {
            touch("f");
            Xattrs.set("f", "user.a", "value");
            same("value", Xattrs.get("f", "user.a"), "value");
        });
        for (int length : new int[] {0, 1, 255, 1000, 2000}) {
            test(chapter, "value-of-" + length, site -> {
                touch("f");
                String value = "\0\u00ff".repeat(length).substring(0, length);
                Xattrs.set("f", "user.a", value);
                same(bytes(value), bytes(Xattrs.get("f", "user.a")), "value");
                same(length, Xattrs.size("f", "user.a"), "size");
            });
        }
        test(chapter, "is-replaced", site -> {
            touch("f");
            Xattrs.set("f", "user.a", "a long value");
            Xattrs.set("f", "user.a", "short");
            same("short", Xattrs.get("f", "user.a"), "value");
        });
        test(chapter, "XATTR_CREATE-of-new", site -> {
            touch("f");
            Xattrs.set("f", "user.a", bytes("v"), XATTR_CREATE);
        });
        test(chapter, "XATTR_CREATE-of-existing-EEXIST", site -> {
            touch("f");
            Xattrs.set("f", "user.a", "v");
            fails(EEXIST, () -> Xattrs.set("f", "user.a", bytes("w"), XATTR_CREATE));
            same("v", Xattrs.get("f", "user.a"), "value");
        });
        test(chapter, "XATTR_REPLACE-of-existing", site -> {
            touch("f");
            Xattrs.set("f", "user.a", "v");
            Xattrs.set("f", "user.a", bytes("w"), XATTR_REPLACE);
            same("w", Xattrs.get("f", "user.a"), "value");
        });
        test(chapter, "XATTR_REPLACE-of-absent-ENODATA", site -> {
            touch("f");
            fails(ENODATA, () -> Xattrs.set("f", "user.a", bytes("w"), XATTR_REPLACE));
        });
        test(chapter, "by-descriptor", site -> {
            touch("f");
            int fd = Fds.open("f", O_RDWR);
            Xattrs.set(fd, "user.a", "v");
            same("v", Xattrs.get(fd, "user.a"), "value by descriptor");
            same("v", Xattrs.get("f", "user.a"), "value by name");
            Xattrs.remove(fd, "user.a");
            fails(ENODATA, () -> Xattrs.get("f", "user.a"));
        });
        test(chapter, "stays-with-the-file", site -> {
            touch("f");
            Xattrs.set("f", "user.a", "v");
            link("f", "g");
            rename("f", "h");
            same("v", Xattrs.get("g", "user.a"), "value by the other name");
            same("v", Xattrs.get("h", "user.a"), "value by the new name");
            file("h", "abc");
            same("v", Xattrs.get("h", "user.a"), "value after writing");
        });
        test(chapter, "of-an-unlinked-open-file", site -> {
            touch("f");
            int fd = Fds.open("f", O_RDWR);
            unlink("f");
            Xattrs.set(fd, "user.a", "v");
            same("v", Xattrs.get(fd, "user.a"), "value");
        });
        test(chapter, "through-symlink", site -> {
            touch("f");
            symlink("f", "s");
            Xattrs.set("s", "user.a", "v");
            same("v", Xattrs.get("f", "user.a"), "value");
        });
        test(chapter, "set-by-another-process-is-seen-at-once", site -> {
            touch("f");
            Peer peer = site.peer();
            for (int i = 0; i < 10; i++) {
                String value = "v" + i;
                peer.run(() -> Xattrs.set("f", "user.a", value));
                same(value, Xattrs.get("f", "user.a"), "value");
            }
        });
    }

    private static void errors(Chapter chapter) {
        test(chapter, "get-absent-ENODATA", site -> {
            touch("f");
            fails(ENODATA, () -> Xattrs.get("f", "user.a"));
        });
        test(chapter, "remove", site -> {
            touch("f");
            Xattrs.set("f", "user.a", "v");
            Xattrs.remove("f", "user.a");
            fails(ENODATA, () -> Xattrs.get("f", "user.a"));
            fails(ENODATA, () -> Xattrs.remove("f", "user.a"));
        });
        test(chapter, "get-into-too-small-a-buffer-ERANGE", site -> {
            touch("f");
            Xattrs.set("f", "user.a", "value");
            fails(ERANGE, () -> Xattrs.getBytes("f", "user.a", 4));
            same(5, Xattrs.getBytes("f", "user.a", 5).length, "length");
        });
        test(chapter, "name-of-255", site -> {
            touch("f");
            String key = "user." + "k".repeat(250);
            Xattrs.set("f", key, "v");
            same(Set.of(key), Xattrs.list("f"), "names");
        });
        test(chapter, "name-of-256-ERANGE", site -> {
            touch("f");
            fails(ERANGE, () -> Xattrs.set("f", "user." + "k".repeat(251), "v"));
        });
        test(chapter, "empty-name-ERANGE", site -> {
            touch("f");
            fails(() -> Xattrs.set("f", "", "v"), ERANGE);
        });
        test(chapter, "prefix-alone-EINVAL", site -> {
            touch("f");
            fails(EINVAL, () -> Xattrs.set("f", "user.", "v"));
        });
        test(chapter, "unknown-prefix-EOPNOTSUPP", site -> {
            touch("f");
            fails(EOPNOTSUPP, () -> Xattrs.set("f", "nonsense.a", "v"));
            fails(EOPNOTSUPP, () -> Xattrs.get("f", "nonsense.a"));
        });
        test(chapter, "value-over-64-KiB-E2BIG", site -> {
            touch("f");
            fails(E2BIG, () -> Xattrs.set("f", "user.a", new byte[65537], 0));
        });
        test(chapter, "bad-flags-EINVAL", site -> {
            touch("f");
            fails(EINVAL, () -> Xattrs.set("f", "user.a", bytes("v"), 4));
        });
    }

    private static void listing(Chapter chapter) {
        test(chapter, "list-of-none", site -> {
            touch("f");
            same(Set.of(), Xattrs.list("f"), "names");
        });
        test(chapter, "list-of-many", site -> {
            touch("f");
            Set<String> keys = new java.util.TreeSet<>();
            for (int i = 0; i < 30; i++) {
                Xattrs.set("f", "user.key" + i, "v" + i);
                keys.add("user.key" + i);
            }
            same(keys, Xattrs.list("f"), "names");
        });
        test(chapter, "list-size-is-what-it-needs", site -> {
            touch("f");
            Xattrs.set("f", "user.a", "v");
            Xattrs.set("f", "user.bb", "v");
            long size = Xattrs.listSize("f");
            same(size, Xattrs.listBytes("f", (int) size).length, "length");
            fails(ERANGE, () -> Xattrs.listBytes("f", (int) size - 1));
        });
        test(chapter, "names-are-bytes", site -> {
            touch("f");
            String key = "user.\u00ff\n \u0001";
            int result = Sys.setxattr(Call.name("f"), java.util.Arrays.copyOf(bytes(key), 10), bytes("v"), 1, 0);
            Call.check(result, "setxattr");
            same(Set.of(key), Xattrs.list("f"), "names");
        });
    }

    private static void kinds(Chapter chapter) {
        test(chapter, "of-a-directory", site -> {
            mkdir("d");
            Xattrs.set("d", "user.a", "v");
            same("v", Xattrs.get("d", "user.a"), "value");
            same(Set.of("user.a"), Xattrs.list("d"), "names");
        });
        test(chapter, "user-of-a-symlink-EPERM", site -> {
            symlink("t", "s");
            fails(EPERM, () -> Xattrs.lset("s", "user.a", "v"));
        });
        test(chapter, "user-of-a-fifo-EPERM", site -> {
            mkfifo("p");
            fails(EPERM, () -> Xattrs.set("p", "user.a", "v"));
            fails(() -> Xattrs.get("p", "user.a"), ENODATA, EPERM);
        });
        test(chapter, "without-write-permission-EACCES", site -> site.ordinary(() -> {
            touch("f");
            Xattrs.set("f", "user.a", "v");
            chmod("f", 0444);
            fails(EACCES, () -> Xattrs.set("f", "user.a", "w"));
            fails(EACCES, () -> Xattrs.remove("f", "user.a"));
            same("v", Xattrs.get("f", "user.a"), "value");
        }));
        test(chapter, "without-read-permission-EACCES", site -> site.ordinary(() -> {
            touch("f");
            Xattrs.set("f", "user.a", "v");
            chmod("f", 0200);
            fails(EACCES, () -> Xattrs.get("f", "user.a"));
        }));
        chapter.test(
                "user-of-another-ones-sticky-directory-EPERM",
                site -> {
                    mkdir("d");
                    chmod("d", 01777);
                    site.as(User.ALICE, () -> fails(EPERM, () -> Xattrs.set("d", "user.a", "v")));
                },
                Need.ROOT,
                Need.XATTR);
    }

    private static void spaces(Chapter chapter) {
        chapter.test(
                "trusted-by-root",
                site -> {
                    touch("f");
                    symlink("f", "s");
                    Xattrs.set("f", "trusted.a", "v");
                    same("v", Xattrs.get("f", "trusted.a"), "value");
                    same(Set.of("trusted.a"), Xattrs.list("f"), "names");
                    Xattrs.lset("s", "trusted.a", "of the symlink");
                    same("of the symlink", Xattrs.lget("s", "trusted.a"), "value of the symlink");
                    same("v", Xattrs.get("s", "trusted.a"), "value of the file");
                },
                Need.ROOT,
                Need.XATTR);
        test(chapter, "trusted-by-ordinary-user-EPERM", site -> site.ordinary(() -> {
            touch("f");
            fails(EPERM, () -> Xattrs.set("f", "trusted.a", "v"));
            fails(ENODATA, () -> Xattrs.get("f", "trusted.a"));
        }));
        chapter.test(
                "trusted-is-hidden-from-ordinary-users",
                site -> {
                    touch("f", 0666);
                    Xattrs.set("f", "trusted.a", "v");
                    site.as(User.ALICE, () -> {
                        fails(ENODATA, () -> Xattrs.get("f", "trusted.a"));
                        same(Set.of(), Xattrs.list("f"), "names");
                    });
                },
                Need.ROOT,
                Need.XATTR);
        chapter.test(
                "security-by-root",
                site -> {
                    touch("f");
                    Xattrs.set("f", "security.froggr", "v");
                    same("v", Xattrs.get("f", "security.froggr"), "value");
                    Xattrs.remove("f", "security.froggr");
                },
                Need.ROOT,
                Need.XATTR);
        test(chapter, "security-by-ordinary-user-EPERM", site -> site.ordinary(() -> {
            touch("f");
            fails(EPERM, () -> Xattrs.set("f", "security.froggr", "v"));
        }));
        chapter.test(
                "capability-goes-when-written",
                site -> {
                    file("f", "abc");
                    try {
                        Xattrs.set("f", "security.capability", capability(), 0);
                    } catch (ErrnoException e) {
                        throw new Failure("setxattr security.capability: " + name(e.number()));
                    }
                    Xattrs.size("f", "security.capability");
                    Fds.write(Fds.open("f", O_WRONLY), "x");
                    fails(ENODATA, () -> Xattrs.size("f", "security.capability"));
                },
                Need.ROOT,
                Need.XATTR);
    }

    /** struct vfs_cap_data of revision 2 with CAP_NET_RAW (linux/capability.h). */
    private static byte[] capability() {
        byte[] data = new byte[20];
        Call.struct(data).putInt(0, 0x02000001).putInt(4, 1 << 13);
        return data;
    }
}
