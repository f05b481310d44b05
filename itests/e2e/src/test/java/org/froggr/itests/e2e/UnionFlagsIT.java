package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.ROOT_SHARED;
import static org.froggr.itests.harness.World.USER;

import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Result;

/** Rule 18 of unions: what members may not do the union may not either, and nobody gains a privilege by it. */
final class UnionFlagsIT {
    /** Runs a command as a user who is neither root nor the tests' ordinary one. */
    private static final String STRANGER = "setpriv --reuid=65534 --regid=65534 --clear-groups ";

    @FrgTest({ROOT, USER})
    void rule18AReadOnlyMemberStaysSo(Froggr frg) {
        UnionTrees.of(frg)
                .bind("-o", "ro", "-b", "A")
                .fails("echo >>x", "Read-only file system")
                .fails("rm x", "Read-only file system")
                .fails("chmod 600 x", "Read-only file system")
                .fails("mv x z", "Read-only file system")
                .fails("truncate -s 0 x", "Read-only file system")
                .does("echo >>t && echo >new && rm new")
                .sees("cat x", "a");
    }

    @FrgTest({ROOT, USER})
    void rule18TheWholeUnionCannotBeWrittenIfNoMemberCan(Froggr frg) {
        frg.file("tree/f", "f");
        String id = frg.mount("-t", "served", "-o", "ro", frg.path("tree"), frg.directory("x"));
        Result result = frg.inside(id, "sh", "-c", "echo >\"$1\"/new", "sh", frg.path("x"));
        result.require(result.status() != 0, "a failure").says("Read-only file system");
    }

    @FrgTest({ROOT, ROOT_SHARED})
    void rule18ASourceOnAReadOnlyMount(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg);
        frg.rootly("mount --bind B B && mount -o remount,bind,ro B");
        try {
            trees.bind("-b", "B").fails("echo >>y", "Read-only file system").does("echo >>t");
            frg.run("session", "-k", trees.session()).ok();
        } finally {
            frg.rootly("umount B");
        }
    }

    @FrgTest(ROOT)
    void rule18AMemberWithoutExecution(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg);
        frg.rootly("mount -t tmpfs -o noexec tmpfs A && cp /bin/true A/no && cp /bin/true B/yes");
        try {
            trees.bind("-b", "B")
                    .bind("-b", "A")
                    .does("./yes")
                    .fails("./no", "Permission denied")
                    .does("cat no >/dev/null");
            frg.run("session", "-k", trees.session()).ok();
        } finally {
            frg.rootly("umount A");
        }
    }

    @FrgTest(ROOT)
    void rule18NobodyGainsAPrivilege(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg);
        frg.sh("cp /usr/bin/id A/id && chmod 4755 A/id && mknod -m 666 A/zero c 1 5")
                .ok();
        trees.bind("-b", "A").sees(STRANGER + "./id -u", "65534").fails("head -c 1 zero", "Permission denied");
        frg.sh("findmnt -n -o OPTIONS T").ok().shows("nosuid").shows("nodev");
    }

    @FrgTest(ROOT)
    void rule18UnlessRootSaysSo(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg);
        frg.sh("cp /usr/bin/id A/id && chmod 4755 A/id && mknod -m 666 A/zero c 1 5")
                .ok();
        trees.bind("-o", "suid,dev", "-b", "A")
                .sees(STRANGER + "./id -u", "0")
                .sees(STRANGER + "head -c 1 zero | wc -c", "1");
    }

    /** The member on a nosuid mount must not become more than it was. */
    @FrgTest(ROOT)
    void rule18UnlessEveryMemberHasIt(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg);
        frg.rootly("mount -t tmpfs -o nosuid,nodev tmpfs A && cp /usr/bin/id A/id && chmod 4755 A/id && "
                + "mknod -m 666 A/zero c 1 5");
        try {
            Result result = trees.tryBind("-o", "suid,dev", "-b", "A");
            if (result.status() == 0) {
                frg.sh("cd T && " + STRANGER + "./id -u").ok().prints("65534");
                Result read = frg.sh("head -c 1 T/zero");
                read.require(read.status() != 0, "a failure").says("Permission denied");
                frg.run("session", "-k", result.session()).ok();
            }
        } finally {
            frg.rootly("umount A");
        }
    }

    @FrgTest(USER)
    void rule18NotForOthersEver(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg);
        Result result = trees.tryBind("-o", "suid,dev", "-b", "A");
        if (result.status() == 0) {
            frg.inside(result.session(), "findmnt", "-n", "-o", "OPTIONS", trees.target())
                    .ok()
                    .shows("nosuid")
                    .shows("nodev");
        }
    }

    @FrgTest({ROOT, ROOT_SHARED})
    void rule18RootsUnionIsForEverybodyByTheFilesPermissions(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg);
        frg.sh(
                        """
                        printf secret >A/secret && chmod 600 A/secret && mkdir -m 700 A/closed && echo >A/closed/f &&
                        printf group >A/group && chgrp 4242 A/group && chmod 640 A/group && mkdir -m 1777 B/tmp &&
                        printf old >A/other && chmod 646 A/other
                        """)
                .ok();
        trees.bind("-b", "B").bind("-b", "A");
        trees.sees(STRANGER + "cat x t", "at")
                .fails(STRANGER + "cat secret", "Permission denied")
                .fails(STRANGER + "cat closed/f", "Permission denied")
                .fails(STRANGER + "ls closed", "Permission denied")
                .fails(STRANGER + "touch new", "Permission denied")
                .fails(STRANGER + "rm x", "Permission denied")
                .fails(STRANGER + "mv x z", "Permission denied")
                .fails(STRANGER + "chmod 777 x", "Operation not permitted")
                .fails(STRANGER + "cat group", "Permission denied")
                .sees("setpriv --reuid=65534 --regid=65534 --groups=4242 cat group", "group")
                .does(STRANGER + "sh -c 'printf new >>other'")
                .does(STRANGER + "sh -c 'umask 027; echo mine >tmp/mine; mkdir tmp/dir'")
                .sees("stat -c '%u %g %a' tmp/mine tmp/dir", "65534 65534 640\n65534 65534 750")
                .fails(STRANGER + "chown 0 tmp/mine", "Operation not permitted");
    }

    @FrgTest(ROOT)
    void rule18WritingByOthersDropsTheBits(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg);
        frg.sh("for f in p q r; do echo x >A/$f; chmod 6777 A/$f; done").ok();
        trees.bind("-b", "A")
                .does(STRANGER + "sh -c 'echo more >>p; truncate -s 0 q'")
                .does("chown 65534 r")
                .sees("stat -c %a p q r", "777\n777\n777")
                .outside("stat -c %a A/p A/q A/r", "777\n777\n777");
    }
}
