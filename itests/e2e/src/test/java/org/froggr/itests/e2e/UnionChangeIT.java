package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;

/** Rules 7 to 12 of unions: what is created, written, removed and renamed, and in whose directory. */
final class UnionChangeIT {
    private static final String EVERYTHING = "find A B T S -printf '%p %y %m %u %s\\n' | sort";

    @FrgTest({ROOT, USER})
    void rule7TheFirstMemberBoundWithCreateTakesNewFiles(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg)
                .bind("-bc", "S")
                .bind("-b", "A")
                .does("echo >new && mkdir dir && ln -s x link && mkfifo fifo && cp t copy");
        frg.run("session", "-k", trees.session()).ok();
        trees.outside("ls S", "copy\ndir\nfifo\nlink\nnew").outside("ls A T", "A:\nd\nx\n\nT:\nt");
    }

    @FrgTest({ROOT, USER})
    void rule7OtherwiseTheOriginalDoes(Froggr frg) {
        UnionTrees trees =
                UnionTrees.of(frg).bind("-b", "A").bind("-a", "B").does("echo new >new && mkdir dir && echo 3 >d/3");
        trees.outside("cd A && find . | sort", ".\n./d\n./d/1\n./x").outside("ls B B/d", "B:\nd\nx\ny\n\nB/d:\n2");
        frg.run("session", "-k", trees.session()).ok();
        trees.outside("cd T && find . | sort", ".\n./d\n./d/3\n./dir\n./new\n./t");
    }

    @FrgTest({ROOT, USER})
    void rule7TheReceivingMembersErrorIsTheAnswer(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg).bind("-o", "ro", "-bc", "S").bind("-a", "A");
        trees.fails("echo >new", "Read-only file system").fails("mkdir new", "Read-only file system");
        frg.run("session", "-k", trees.session()).ok();
        trees.outside("find A T S -name new", "");
    }

    @FrgTest(USER)
    void rule7AlsoWhenItIsTheUserWhoMayNot(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg);
        frg.sh("chmod 555 S").ok();
        trees.bind("-bc", "S").fails("echo >new", "Permission denied").does("echo >>t");
        frg.sh("chmod 755 S").ok();
    }

    @FrgTest(ROOT)
    void rule7AlsoWhenItIsFull(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg);
        frg.rootly("mount -t tmpfs -o size=64k,nr_inodes=4 tmpfs S");
        try {
            trees.bind("-bc", "S").does("touch 1 2 3").fails("touch 4", "No space left");
            trees.fails("dd if=/dev/zero of=1 bs=4k count=100", "No space left");
            trees.outside("ls S", "1\n2\n3");
            frg.run("session", "-k", trees.session()).ok();
        } finally {
            frg.rootly("umount S");
        }
        trees.outside("ls T", "t");
    }

    @FrgTest({ROOT, USER})
    void rule7Plan9NeedsAMemberForIt(Froggr frg) {
        UnionTrees.of(frg)
                .bind("-o", "plan9", "-b", "A")
                .fails("echo >new", "Operation not permitted")
                .fails("mkdir new", "Operation not permitted")
                .does("echo >>t")
                .bind("-o", "plan9", "-ac", "S")
                .does("echo new >new")
                .outside("cat S/new", "new");
    }

    @FrgTest({ROOT, USER})
    void rule8ParentsAreMadeLikeTheirModels(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg);
        frg.sh("mkdir -p A/p/q && chmod 2750 A/p && chmod 1711 A/p/q").ok();
        if (frg.world().isPrivileged()) {
            frg.sh("chown 1234:4321 A/p/q").ok();
        }
        trees.bind("-b", "A").bind("-bc", "S").does("echo >p/q/new");
        assertEquals(
                frg.sh("cd A && stat -c '%n %a %u %g' p p/q").ok().out(),
                frg.sh("cd S && stat -c '%n %a %u %g' p p/q").ok().out());
        trees.outside("find S -type f", "S/p/q/new");
    }

    @FrgTest({ROOT, USER})
    void rule9ExistingFilesAreWrittenInPlace(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg);
        String before = frg.sh("find A B S -printf '%p %i\\n' | sort").ok().out();
        trees.bind("-b", "B")
                .bind("-bc", "S")
                .bind("-a", "A")
                .does("printf more >>y && printf over >x && truncate -s 3 d/2 && chmod 600 d/1 && touch d/1");
        trees.outside("cat B/y B/x A/x", "ymoreovera")
                .outside("stat -c %s B/d/2", "3")
                .outside("stat -c %a A/d/1", "600");
        assertEquals(before, frg.sh("find A B S -printf '%p %i\\n' | sort").ok().out(), "no copy, no litter");
    }

    @FrgTest({ROOT, USER})
    void rule10RemovalLetsTheNextAppear(Froggr frg) {
        UnionTrees.of(frg)
                .bind("-b", "B")
                .bind("-b", "A")
                .does("cat x && rm x")
                .sees("cat x", "b")
                .does("rm x")
                .fails("cat x", "No such file")
                .outside("ls A B", "A:\nd\n\nB:\nd\ny");
    }

    @FrgTest({ROOT, USER})
    void rule10ADirectoryMayAppearBehindAFile(Froggr frg) {
        frg.file("A/n", "file");
        frg.file("B/n/below", "below");
        UnionTrees.of(frg)
                .bind("-b", "B")
                .bind("-b", "A")
                .sees("cat n", "file")
                .does("rm n")
                .sees("cat n/below", "below");
    }

    @FrgTest({ROOT, USER})
    void rule10AMergedDirectoryGoesFromEveryMember(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg).bind("-b", "B").bind("-b", "A");
        trees.fails("rmdir d", "not empty")
                .does("rm d/1")
                .fails("rmdir d", "not empty")
                .does("rm d/2 && rmdir d")
                .fails("ls d", "No such file")
                .outside("find A B -name d", "")
                .does("mkdir d && rmdir d");
    }

    /** The second member refuses: the first one's directory must be as it was. */
    @FrgTest(USER)
    void rule10OrFromNone(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg);
        frg.sh("mkdir A/e B/e && chmod 1750 A/e && touch -d 2001-02-03 A/e && chmod 555 B")
                .ok();
        String before = frg.sh("stat -c '%a %u %g %Y' A/e").ok().out();
        trees.bind("-b", "B")
                .bind("-b", "A")
                .fails("rmdir e", "Permission denied")
                .sees("ls e", "");
        assertEquals(before, frg.sh("stat -c '%a %u %g %Y' A/e").ok().out());
        frg.sh("chmod 755 B").ok();
        trees.does("rmdir e").outside("find A B -name e", "");
    }

    @FrgTest({ROOT, USER})
    void rule11RenameStaysInItsMemberAndTheNextAppears(Froggr frg) {
        UnionTrees.of(frg)
                .bind("-b", "B")
                .bind("-b", "A")
                .does("mv x z")
                .sees("cat z x", "ab")
                .outside("cat A/z B/x", "ab")
                .outside("find A B -name z", "A/z");
    }

    @FrgTest({ROOT, USER})
    void rule11RenameMakesMissingParents(Froggr frg) {
        frg.directory("A/only/here");
        frg.sh("chmod 2711 A/only/here").ok();
        UnionTrees.of(frg)
                .bind("-b", "B")
                .bind("-b", "A")
                .does("mv y only/here/y")
                .sees("cat only/here/y", "y")
                .outside("cat B/only/here/y && stat -c %a B/only/here", "y2711");
    }

    @FrgTest({ROOT, USER})
    void rule11TheNewNameShowsTheRenamedFile(Froggr frg) {
        frg.file("A/n", "in front");
        UnionTrees.of(frg)
                .bind("-b", "B")
                .bind("-b", "A")
                .does("mv y n")
                .sees("cat n", "y")
                .fails("cat y", "No such file")
                .outside("find A B -name n", "B/n");
    }

    @FrgTest({ROOT, USER})
    void rule11WhatIsBehindTheNewNameStaysShadowed(Froggr frg) {
        frg.file("B/n", "behind");
        UnionTrees.of(frg)
                .bind("-b", "B")
                .bind("-b", "A")
                .does("mv x n")
                .sees("cat n", "a")
                .outside("cat A/n B/n", "abehind")
                .does("rm n")
                .sees("cat n", "behind");
    }

    @FrgTest({ROOT, USER})
    void rule11AMergedDirectoryIsRenamedInEachMember(Froggr frg) {
        UnionTrees.of(frg)
                .bind("-b", "B")
                .bind("-b", "A")
                .does("mv d e")
                .sees("cat e/1 e/2", "12")
                .fails("ls d", "No such file")
                .outside("find A B -name e", "A/e\nB/e")
                .outside("find A B -name d", "");
    }

    @FrgTest({ROOT, USER})
    void rule11NoReplaceAndExclusiveCreationTestTheMergedView(Froggr frg) {
        String exclusive = "perl -MFcntl -e 'sysopen(my $f, $ARGV[0], O_CREAT | O_EXCL | O_WRONLY) or die \"$!\\n\"' ";
        String before = "find A B S | sort";
        UnionTrees trees = UnionTrees.of(frg).bind("-b", "B").bind("-bc", "S");
        String was = frg.sh(before).ok().out();
        trees.fails(exclusive + "y", "File exists")
                .fails("mkdir d", "File exists")
                .fails("ln -s a y", "File exists")
                .fails(UnionTrees.rename(1, "t", "y"), "File exists")
                .fails(UnionTrees.rename(1, "y", "t"), "File exists");
        assertEquals(was, frg.sh(before).ok().out());
        trees.does(UnionTrees.rename(1, "y", "free")).sees("cat free", "y");
    }

    @FrgTest({ROOT, USER})
    void rule11ExchangeWithinAMemberOnly(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg).bind("-b", "B").bind("-b", "A");
        String was = frg.sh(EVERYTHING).ok().out();
        trees.fails(UnionTrees.rename(2, "x", "y"), "cross-device");
        assertEquals(was, frg.sh(EVERYTHING).ok().out(), "nothing was changed before");
        trees.does("rm x").does(UnionTrees.rename(2, "x", "y")).sees("cat x y", "yb");
    }

    @FrgTest({ROOT, USER})
    void rule12HardLinksStayLinks(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg);
        frg.sh("ln A/x A/h").ok();
        trees.bind("-b", "B").bind("-b", "A").sees("stat -c %h x h", "2\n2").sees("stat -c %i x h | uniq | wc -l", "1");
        trees.does("ln y new-link")
                .sees("stat -c %h y", "2")
                .sees("stat -c %i y new-link | uniq | wc -l", "1")
                .outside("ls B", "d\nnew-link\nx\ny")
                .does("printf more >>new-link")
                .sees("cat y", "ymore");
    }

    @FrgTest({ROOT, USER})
    void rule12InodeNumbersStayAndAreOnesOwn(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg).bind("-b", "B").bind("-b", "A");
        trees.sees("find . -printf '%i\\n' | sort | uniq -d", "");
        trees.sees("find . -exec stat -c %d {} + | sort -u | wc -l", "1");
        String before = trees.in("find . -printf '%p %i\\n' | sort").ok().out();
        trees.does("printf more >>x && chmod 600 y && touch d/1")
                .sees("find . -printf '%p %i\\n' | sort", before.strip());
        String directory = trees.in("stat -c %i d").ok().out();
        trees.unmount("A").sees("stat -c %i d", directory.strip());
    }
}
