package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.USER;

import java.time.Duration;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Running;
import org.froggr.itests.harness.Wait;

/** Rule 19 of unions, and what is unusually deep, wide, large or many. */
final class UnionExtremesIT {
    @FrgTest({ROOT, USER})
    void rule19NamesAreBytes(Froggr frg) {
        String[] names = UnionTrees.oddNames();
        UnionTrees trees = UnionTrees.of(frg);
        frg.sh("cd A && for n; do mkdir -p \"d/$n\" && printf %s \"$n\" >\"d/$n/f\"; done", names)
                .ok();
        frg.sh("cd B && for n; do mkdir -p \"d/$n\" && printf g >\"d/$n/g\"; done", names)
                .ok();
        trees.bind("-b", "B").bind("-bc", "A");
        String work =
                """
                n=$(find d -mindepth 1 -maxdepth 1 -type d -print0 | tr -cd '\\0' | wc -c)
                for name; do
                    printf %s "$name" | cmp - "d/$name/f" && test g = "$(cat "d/$name/g")" || exit 1
                    printf new >"d/$name/new" && mv "d/$name/new" "d/$name/$name" && ln "d/$name/$name" "./$name" &&
                    ln -s -- "$name" "d/$name/l" && test "$name." = "$(readlink -n "d/$name/l"; printf .)" || exit 2
                    rm "./$name" "d/$name/l" "d/$name/$name" && mkdir "./$name" && rmdir "./$name" || exit 3
                done
                echo $n
                """;
        trees.in(work, names).ok().prints(Integer.toString(names.length));
    }

    @FrgTest({ROOT, USER})
    void rule19EveryByteInAName(Froggr frg) {
        UnionTrees.of(frg)
                .bind("-b", "A")
                .sees(
                        """
                        perl -e '
                            for my $byte (1 .. 46, 48 .. 255) {
                                my $name = "d/n" . chr($byte) . "m";
                                open my $f, ">", $name or die "$byte: $!"; print $f $byte; close $f;
                                rename $name, "$name$byte" or die "$byte: $!";
                                open $f, "<", "$name$byte" or die "$byte: $!"; die $byte if <$f> != $byte;
                            }
                            opendir my $dir, "d"; my $count = grep /^n/s, readdir $dir; print $count;
                        '""",
                        "254");
    }

    @FrgTest({ROOT, USER})
    void rule19NamesOf256BytesAreTooLong(Froggr frg) {
        String longest = "n".repeat(255);
        UnionTrees.of(frg)
                .bind("-b", "A")
                .does("touch " + longest + " && mv " + longest + " d/" + longest + " && rm d/" + longest)
                .fails("touch " + longest + "n", "File name too long");
    }

    /** 200 levels in two members, the names so long that the path is many times 4,095 bytes. */
    @FrgTest({ROOT, USER})
    void twoHundredLevels(Froggr frg) {
        String make =
                """
                perl -e '
                    chdir shift; for (1 .. 200) { mkdir "l" x 200; chdir "l" x 200 or die $! }
                    open my $f, ">", shift or die $!; print $f "deep"'\s""";
        UnionTrees trees = UnionTrees.of(frg);
        frg.sh(make + "A one && " + make + "B two").ok();
        trees.bind("-b", "B").bind("-b", "A");
        trees.does(
                """
                perl -e '
                    sub text { open my $f, "<", shift or die "$!"; <$f> }
                    for (1 .. 200) { chdir "l" x 200 or die "level $_: $!" }
                    die unless text("one") eq "deep" and text("two") eq "deep";
                    open my $f, ">", "new" or die $!; close $f; mkdir "dir" or die $!;
                    rename "one", "dir/one" or die $!;
                    opendir my $dir, "."; my $names = join " ", sort readdir $dir;
                    die $names unless $names eq ". .. dir new two";
                    unlink "dir/one", "new", "two"; rmdir "dir" or die $!;
                    for (1 .. 200) { chdir ".." or die "back $_: $!" }
                    die $! unless -e "t"'
                """);
        trees.does("rm -rf lll* && test ! -e " + "l".repeat(200)).outside("ls A B", "A:\nd\nx\n\nB:\nd\nx\ny");
    }

    /** Half of them in each member, 1,000 in both. */
    @FrgTest({ROOT, USER})
    void twoHundredThousandEntries(Froggr frg) {
        String fill = "perl -e 'chdir shift; for ($ARGV[0] .. $ARGV[1]) { open my $f, \">\", \"w$_\" or die $! }' ";
        UnionTrees trees = UnionTrees.of(frg);
        frg.rootly("mount -t tmpfs -o mode=777 tmpfs A && mount -t tmpfs -o mode=777 tmpfs B");
        try {
            frg.sh("mkdir A/wide B/wide && { " + fill + "A/wide 1 101000 & " + fill + "B/wide 100001 200000; wait; }")
                    .ok();
            trees.bind("-b", "B").bind("-b", "A");
            trees.sees("ls -U wide | wc -l", "200000")
                    .sees("ls -U wide | sort | uniq -d | wc -l", "0")
                    .sees("stat -c %n wide/w1 wide/w100500 wide/w200000 | wc -l", "3")
                    .does("rm wide/w150000 wide/w100500")
                    .sees("ls -U wide | grep -x 'w150000\\|w100500'", "w100500");
            frg.run("session", "-k", trees.session()).ok();
        } finally {
            frg.rootly("umount A B");
        }
    }

    @FrgTest({ROOT, USER})
    void aSparseFileOfOneTebibyte(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg);
        frg.sh("truncate -s 1T A/sparse && "
                        + "printf end | dd of=A/sparse bs=1 seek=1099511627773 conv=notrunc status=none")
                .ok();
        trees.bind("-b", "A")
                .sees("stat -c %s sparse", "1099511627776")
                .sees("tail -c 3 sparse", "end")
                .sees("test $(stat -c %b sparse) -lt 100 && echo few", "few")
                .does("printf middle | dd of=sparse bs=1 seek=500000000000 conv=notrunc status=none")
                .sees("dd if=sparse bs=1 skip=500000000000 count=6 status=none", "middle")
                .sees(
                        "perl -e 'open $f, \"<\", \"sparse\"; print sysseek($f, 0, 3) > 4e11 ? \"hole\" : \"none\"'",
                        "hole")
                .does("cp --sparse=always sparse copy && cmp -n 1000000 sparse copy && truncate -s 5 sparse")
                .outside("stat -c %s A/sparse", "5");
    }

    @FrgTest({ROOT, USER})
    void tenThousandOpenFiles(Froggr frg) {
        UnionTrees trees = UnionTrees.of(frg);
        frg.sh("cd A && seq -f o%g 5000 | xargs touch && cd ../B && seq -f o%g 5001 10000 | xargs touch")
                .ok();
        trees.bind("-b", "B").bind("-b", "A");
        String open =
                """
                ulimit -n 10500 2>/dev/null || { echo limited; exit 0; }
                exec perl -e '
                    $| = 1; my @open;
                    for (1 .. 10000) { open my $f, "+<", "o$_" or die "o$_: $!"; push @open, $f }
                    for (@open) { syswrite $_, "x" or die $! }
                    print "all open\\n"; <STDIN>;
                    for (@open) {
                        sysseek $_, 0, 0; sysread $_, my $byte, 1; die unless $byte eq "x"; close $_ or die $!
                    }
                    print "all closed\\n"'
                """;
        try (Running holder = trees.start(open)) {
            Wait.until(
                    "10,000 files are open",
                    Duration.ofSeconds(60),
                    () -> !holder.isAlive() || holder.outSoFar().contains("all open"));
            trees.sees("cat t", "t");
            holder.type("\n").end(Froggr.LIMIT).ok().shows("all closed");
        }
        trees.sees("cat o1 o10000", "xx");
    }
}
