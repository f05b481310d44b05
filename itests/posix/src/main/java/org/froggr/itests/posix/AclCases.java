package org.froggr.itests.posix;

import static org.froggr.api.Errno.*;
import static org.froggr.itests.posix.Acl.*;
import static org.froggr.itests.posix.Check.*;
import static org.froggr.itests.posix.Linux.*;
import static org.froggr.itests.posix.Names.*;

/** POSIX access control lists, acl(5). */
final class AclCases {
    private static final int ALICE = User.ALICE.uid();

    private AclCases() {}

    static void list(Catalogue list) {
        Chapter chapter = list.chapter("acl");
        modes(chapter);
        access(chapter);
        defaults(chapter);
        setGroup(chapter);
        errors(chapter);
    }

    private static void modes(Chapter chapter) {
        chapter.test(
                "mask-shows-as-the-group-bits",
                site -> {
                    touch("f", 0640);
                    set("f", ACCESS, named(6, 7, 6));
                    sameOctal(0660, Stat.of("f").permissions(), "mode");
                },
                Need.ACL);
        chapter.test(
                "chmod-changes-the-mask",
                site -> {
                    touch("f", 0640);
                    set("f", ACCESS, named(6, 7, 7));
                    chmod("f", 0610);
                    same(1, get("f", ACCESS, MASK, -1), "mask");
                    same(4, get("f", ACCESS, GROUP_OBJ, -1), "owning group");
                    same(7, get("f", ACCESS, USER, ALICE), "named user");
                },
                Need.ACL);
        chapter.test(
                "minimal-list-is-the-mode",
                site -> {
                    touch("f", 0600);
                    set("f", ACCESS, entry(USER_OBJ, 6), entry(GROUP_OBJ, 4), entry(OTHER, 4));
                    sameOctal(0644, Stat.of("f").permissions(), "mode");
                    fails(ENODATA, () -> Xattrs.size("f", ACCESS));
                },
                Need.ACL);
        chapter.test(
                "is-removed",
                site -> {
                    touch("f", 0600);
                    set("f", ACCESS, named(6, 7, 6));
                    Xattrs.remove("f", ACCESS);
                    fails(ENODATA, () -> Xattrs.size("f", ACCESS));
                },
                Need.ACL);
        chapter.test(
                "is-listed",
                site -> {
                    mkdir("d");
                    set("d", ACCESS, named(7, 7, 7));
                    set("d", DEFAULT, named(7, 5, 7));
                    same(java.util.Set.of(ACCESS, DEFAULT), Xattrs.list("d"), "names");
                },
                Need.ACL);
    }

    /** An ordinary list, with an entry for Alice: owner, Alice, owning group 4, mask, others nothing. */
    private static Entry[] named(int owner, int alice, int mask) {
        return new Entry[] {
            entry(USER_OBJ, owner), entry(USER, alice, ALICE), entry(GROUP_OBJ, 4), entry(MASK, mask), entry(OTHER, 0)
        };
    }

    private static void access(Chapter chapter) {
        chapter.test(
                "named-user-may",
                site -> {
                    touch("f", 0600);
                    set("f", ACCESS, named(6, 6, 6));
                    site.as(User.ALICE, () -> Fds.open("f", O_RDWR));
                    site.as(User.BOB, () -> fails(EACCES, () -> Fds.open("f", O_RDONLY)));
                },
                Need.ROOT,
                Need.ACL);
        chapter.test(
                "mask-limits-the-named-user-EACCES",
                site -> {
                    touch("f", 0600);
                    set("f", ACCESS, named(6, 6, 4));
                    site.as(User.ALICE, () -> {
                        Fds.open("f", O_RDONLY);
                        fails(EACCES, () -> Fds.open("f", O_WRONLY));
                    });
                },
                Need.ROOT,
                Need.ACL);
        chapter.test(
                "named-user-may-not-EACCES",
                site -> {
                    touch("f", 0644);
                    set(
                            "f",
                            ACCESS,
                            entry(USER_OBJ, 6),
                            entry(USER, 0, ALICE),
                            entry(GROUP_OBJ, 4),
                            entry(MASK, 6),
                            entry(OTHER, 4));
                    site.as(User.ALICE, () -> fails(EACCES, () -> Fds.open("f", O_RDONLY)));
                    site.as(User.BOB, () -> Fds.open("f", O_RDONLY));
                },
                Need.ROOT,
                Need.ACL);
        chapter.test(
                "named-group-may",
                site -> {
                    touch("f", 0600);
                    set(
                            "f",
                            ACCESS,
                            entry(USER_OBJ, 6),
                            entry(GROUP_OBJ, 0),
                            entry(GROUP, 6, User.TEAM),
                            entry(MASK, 6),
                            entry(OTHER, 0));
                    site.as(User.ALICE, () -> Fds.open("f", O_RDWR));
                    site.as(User.BOB, () -> fails(EACCES, () -> Fds.open("f", O_RDWR)));
                },
                Need.ROOT,
                Need.ACL);
        chapter.test(
                "search-of-a-directory",
                site -> {
                    mkdir("d");
                    touch("d/f");
                    chmod("d", 0700);
                    set("d", ACCESS, named(7, 1, 1));
                    site.as(User.ALICE, () -> {
                        Stat.of("d/f");
                        fails(EACCES, () -> Directory.names("d"));
                    });
                    site.as(User.BOB, () -> fails(EACCES, () -> Stat.of("d/f")));
                },
                Need.ROOT,
                Need.ACL);
        chapter.test(
                "change-counts-at-once",
                site -> {
                    touch("f", 0600);
                    for (int i = 0; i < 10; i++) {
                        set("f", ACCESS, named(6, 4, 4));
                        site.as(User.ALICE, () -> Fds.open("f", O_RDONLY));
                        set("f", ACCESS, named(6, 0, 4));
                        site.as(User.ALICE, () -> fails(EACCES, () -> Fds.open("f", O_RDONLY)));
                    }
                },
                Need.ROOT,
                Need.ACL);
    }

    private static void defaults(Chapter chapter) {
        chapter.test(
                "default-is-inherited-by-a-file",
                site -> {
                    mkdir("d");
                    set("d", DEFAULT, named(7, 6, 7));
                    touch("d/f", 0666);
                    same(6, get("d/f", ACCESS, USER, ALICE), "named user");
                    same(6, get("d/f", ACCESS, MASK, -1), "mask");
                    sameOctal(0660, Stat.of("d/f").permissions(), "mode");
                },
                Need.ACL);
        chapter.test(
                "default-is-inherited-by-a-directory-as-both",
                site -> {
                    mkdir("d");
                    set("d", DEFAULT, named(7, 6, 7));
                    mkdir("d/e", 0777);
                    same(6, get("d/e", ACCESS, USER, ALICE), "named user of the access list");
                    same(6, get("d/e", DEFAULT, USER, ALICE), "named user of the default list");
                },
                Need.ACL);
        chapter.test(
                "default-takes-the-place-of-the-umask",
                site -> {
                    mkdir("d");
                    set("d", DEFAULT, named(7, 6, 7));
                    umask(077);
                    touch("d/f", 0666);
                    touch("g", 0666);
                    sameOctal(0660, Stat.of("d/f").permissions(), "mode with a default list");
                    sameOctal(0600, Stat.of("g").permissions(), "mode without one");
                },
                Need.ACL);
        chapter.test(
                "default-says-nothing-of-the-directory-itself",
                site -> {
                    mkdir("d", 0700);
                    set("d", DEFAULT, named(7, 7, 7));
                    sameOctal(0700, Stat.of("d").permissions(), "mode");
                    site.as(User.ALICE, () -> fails(EACCES, () -> Directory.names("d")));
                },
                Need.ROOT,
                Need.ACL);
        chapter.test(
                "default-of-a-file-EACCES",
                site -> {
                    touch("f");
                    fails(() -> set("f", DEFAULT, named(7, 7, 7)), EACCES, EOPNOTSUPP, EINVAL);
                },
                Need.ACL);
    }

    private static void setGroup(Chapter chapter) {
        chapter.test(
                "setgid-goes-when-a-stranger-to-the-group-sets-a-list",
                site -> {
                    touch("f");
                    chown("f", ALICE, User.STRANGERS);
                    chmod("f", 02755);
                    site.as(User.ALICE, () -> set("f", ACCESS, named(7, 7, 7)));
                    sameOctal(0770, Stat.of("f").permissions(), "mode");
                },
                Need.ROOT,
                Need.ACL);
        chapter.test(
                "setgid-stays-when-a-member-sets-a-list",
                site -> {
                    touch("f");
                    chown("f", ALICE, User.TEAM);
                    chmod("f", 02755);
                    site.as(User.ALICE, () -> set("f", ACCESS, named(7, 7, 7)));
                    sameOctal(02770, Stat.of("f").permissions(), "mode");
                },
                Need.ROOT,
                Need.ACL);
        chapter.test(
                "setgid-directory-with-default-list-passes-both-on",
                site -> {
                    mkdir("d");
                    chown("d", 0, User.STRANGERS);
                    chmod("d", 02777);
                    set("d", DEFAULT, named(7, 6, 7));
                    site.as(User.ALICE, () -> mkdir("d/e", 0777));
                    same(User.STRANGERS, Stat.of("d/e").gid(), "group");
                    sameOctal(02770, Stat.of("d/e").permissions(), "mode");
                },
                Need.ROOT,
                Need.ACL);
    }

    private static void errors(Chapter chapter) {
        chapter.test(
                "named-entry-without-mask-EINVAL",
                site -> {
                    touch("f");
                    fails(
                            EINVAL,
                            () -> set(
                                    "f",
                                    ACCESS,
                                    entry(USER_OBJ, 6),
                                    entry(USER, 6, ALICE),
                                    entry(GROUP_OBJ, 4),
                                    entry(OTHER, 0)));
                },
                Need.ACL);
        chapter.test(
                "nonsense-EINVAL",
                site -> {
                    touch("f");
                    fails(() -> Xattrs.set("f", ACCESS, new byte[] {9, 9, 9, 9, 9}, 0), EINVAL, EOPNOTSUPP);
                },
                Need.ACL);
        chapter.test(
                "set-by-another-one-EPERM",
                site -> {
                    touch("f", 0666);
                    site.as(User.ALICE, () -> fails(EPERM, () -> set("f", ACCESS, named(6, 6, 6))));
                },
                Need.ROOT,
                Need.ACL);
    }
}
