package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Need;
import org.froggr.itests.harness.Result;

/** Real programs at work in a union: what they read is in a lower member, what they write lands in another. */
final class UnionProgramsIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final String PROJECT =
            """
            mkdir -p B/project && cd B/project && mkdir src include && for i in $(seq 30); do
                printf '#include "all.h"\\nint f%d(int x) { return x + %d; }\\n' $i $i >src/f$i.c
                printf 'int f%d(int);\\n' $i >>include/all.h
            done
            { printf '%s\\n' '#include "all.h"' '#include <stdio.h>' 'int main(void) { int x = 0;'
              printf 'x = f%d(x);\\n' $(seq 30); printf '%s\\n' 'printf("%d\\n", x); return 0; }'; } >src/main.c
            printf '%s\\n' 'O = $(patsubst src/%.c,out/%.o,$(wildcard src/*.c))' 'out/program: $(O)' \
                '\t$(CC) -o $@ $(O)' 'out/%.o: src/%.c include/all.h' '\t@mkdir -p out' \
                '\t$(CC) -Iinclude -c -o $@ $<' 'clean:' '\trm -rf out' >Makefile""";

    private static UnionTrees union(Froggr frg) {
        return UnionTrees.of(frg).bind("-b", "B").bind("-bc", "S");
    }

    private static Result work(UnionTrees trees, String script) {
        return trees.start("set -e; " + script).end(LIMIT).ok();
    }

    /** Makes a repository in a directory; returns what a script that uses git begins with. */
    private static String repository(Froggr frg, String member) {
        Need.program("git");
        frg.sh(PROJECT).ok();
        String person = "export GIT_CONFIG_GLOBAL=" + frg.path("gitconfig") + "; ";
        frg.file("gitconfig", "[user]\nname = x\nemail = x\n[safe]\ndirectory = *\n");
        String init = "cd B/project && git init -q && git add . && git commit -qm first && git branch side && cd ../..";
        String move = member.equals("B") ? "" : " && mkdir -p " + member + " && mv B/project " + member;
        frg.sh(person + init + move).ok();
        return person;
    }

    @FrgTest({ROOT, USER})
    void gitWithScratchInFront(Froggr frg) {
        String git = repository(frg, "B");
        UnionTrees trees = union(frg);
        work(trees, git + "git clone -q project clone && cd clone && test -z \"$(git status --porcelain)\"")
                .prints("");
        work(
                        trees,
                        git + "cd project && test -z \"$(git status --porcelain)\" && echo >>src/main.c && "
                                + "git status --porcelain")
                .prints(" M src/main.c");
        work(
                        trees,
                        git
                                + """
                        cd project && for i in 1 2 3 4 5; do echo "/* $i */" >>src/f1.c; git commit -qam change$i; done
                        git checkout -q side && echo side >side && git add side && git commit -qm side &&
                        git checkout -q - && git merge -q -m merged side && git mv side moved && git commit -qm moved &&
                        git fsck --strict && git log --oneline | wc -l && git status --porcelain
                        """)
                .prints("9");
        work(
                        trees,
                        git
                                + "cd clone && git pull -q --no-rebase && ls moved && git gc -q --prune=now && git"
                                + " fsck --strict && test -z \"$(git status --porcelain)\"")
                .prints("moved");
        frg.sh(git + "cd B/project && test -z \"$(find . -name '*.lock' -o -name '*tmp*')\" && "
                        + "test -z \"$(git status -s src/f2.c)\"")
                .ok();
    }

    /**
     * In the last member, which receives what is new. A repository behind the receiving member could not be
     * packed: git removes what it has packed, and then the older file behind it appears (rule 10).
     */
    @FrgTest({ROOT, USER})
    void gitInTheLastMember(Froggr frg) {
        String git = repository(frg, "T");
        UnionTrees trees = UnionTrees.of(frg).bind("-b", "B").bind("-b", "A");
        work(
                        trees,
                        git
                                + """
                        cd project && for i in 1 2 3 4 5; do echo "/* $i */" >>src/f1.c; git commit -qam change$i; done
                        git checkout -q side && echo side >side && git add side && git commit -qm side &&
                        git checkout -q - && git merge -q -m merged side && git mv side moved && git commit -qm moved &&
                        git gc -q --prune=now && git fsck --strict && git log --oneline | wc -l &&
                        git rebase -q HEAD~3 && git stash list && git repack -qad && git pack-refs --all &&
                        git log --oneline | wc -l && git status --porcelain
                        """)
                .prints("9\n8");
        work(
                        trees,
                        git + "git clone -q project clone && cd clone && git fsck --no-dangling && git gc -q && "
                                + "git status --porcelain")
                .prints("");
        frg.run("session", "-k", trees.session()).ok();
        frg.sh(git + "cd T/project && git fsck --strict --no-dangling && git status --porcelain")
                .prints("");
        frg.sh("ls A B").prints("A:\nd\nx\n\nB:\nd\nx\ny");
    }

    @FrgTest({ROOT, USER})
    void compilerAndMake(Froggr frg) {
        Need.program("make");
        Need.program("cc");
        frg.sh(PROJECT).ok();
        UnionTrees trees = union(frg);
        work(trees, "cd project && make -s -j2 && out/program").shows("465");
        trees.outside("ls -d S/project/out && test ! -e B/project/out", "S/project/out");
        work(trees, "cd project && make -q && touch include/all.h && ! make -q && make -s -j2 && out/program")
                .shows("465");
        work(trees, "cd project && make -s clean && test ! -e out");
    }

    @FrgTest({ROOT, USER})
    void rsync(Froggr frg) {
        Need.program("rsync");
        frg.sh(PROJECT + " && ln src/f1.c hard && ln -s src soft && mkfifo pipe && touch -d 2001-02-03 src/f2.c")
                .ok();
        UnionTrees trees = union(frg);
        String same = "test -z \"$(rsync -aHnic --delete %s/ %s/)\"";
        work(trees, "rsync -aH project/ copy/ && " + same.formatted("project", "copy"));
        work(
                trees,
                "rm copy/src/f3.c && echo more >>copy/src/f4.c && touch copy/new && "
                        + "rsync -aHc --delete project/ copy/ && " + same.formatted("project", "copy"));
        work(trees, "rsync -aH --inplace --append-verify copy/ project/ && " + same.formatted("copy", "project"));
    }

    @FrgTest({ROOT, USER})
    void tar(Froggr frg) {
        frg.sh(PROJECT + " && ln src/f1.c hard && ln -s src soft && mkfifo pipe && chmod 2750 src && "
                        + "truncate -s 10M hole")
                .ok();
        UnionTrees trees = union(frg);
        work(
                        trees,
                        """
                tar -cSf all.tar project && mkdir out && tar -xpSf all.tar -C out && tar -df all.tar &&
                tar -df all.tar -C out && tar -cSf - project | tar -df - -C out && cd out/project && stat -c %h hard &&
                tar -C .. -uf ../../all.tar project && rm -rf ../../out
                """)
                .prints("2");
    }

    @FrgTest({ROOT, USER})
    void databaseWithWriteAheadLog(Froggr frg) {
        Need.program("sqlite3");
        frg.sh("mkdir -p B && sqlite3 B/base 'pragma journal_mode=wal; create table t(n integer primary key, w text); "
                        + "insert into t(w) values(1);' >/dev/null")
                .ok();
        UnionTrees trees = union(frg);
        work(
                        trees,
                        """
                        write() { for i in $(seq 60); do echo "insert into t(w) values('$1-$i');"; done |
                            sqlite3 -cmd '.timeout 60000' base; }
                        read_all() { i=0; last=0; while [ $i -lt 15 ]; do i=$((i + 1))
                            n=$(sqlite3 -cmd '.timeout 60000' base 'select count(*) from t')
                            [ "$n" -ge $last ] || { echo "$n after $last"; exit 1; }; last=$n; done; }
                        write a & a=$!; write b & b=$!; read_all; wait $a; wait $b
                        sqlite3 base 'pragma integrity_check; select count(*), count(distinct w) from t; vacuum;
                            pragma wal_checkpoint(truncate);' && sqlite3 base 'select count(*) from t'
                        """)
                .prints("ok\n121|121\n0|0|0\n121");
    }

    @FrgTest(ROOT)
    void packages(Froggr frg) {
        Need.program("apt-get");
        String download = "apt-get -q -o APT::Sandbox::User=root download hostname >apt.out 2>&1";
        Result plain = frg.sh(
                "mkdir plain && cd plain && { " + download + " || { apt-get -qq update && " + download + "; }; }");
        assumeTrue(plain.status() == 0, "needs a package mirror: offline");
        UnionTrees trees = union(frg);
        work(
                trees,
                download + " && dpkg -x hostname_*.deb root && dpkg -c hostname_*.deb | grep -c . >listed && "
                        + "find root | grep -c . | cmp - listed && root/bin/hostname >/dev/null");
        trees.outside("cmp plain/*.deb S/*.deb && ls B", "d\nx\ny");
    }

    private static final String POM =
            """
            <project><modelVersion>4.0.0</modelVersion>
              <groupId>x</groupId><artifactId>x</artifactId><version>1</version>
              <properties><maven.compiler.release>17</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding></properties>
              <build><pluginManagement><plugins>
                <plugin><artifactId>maven-resources-plugin</artifactId><version>%s</version></plugin>
                <plugin><artifactId>maven-compiler-plugin</artifactId><version>%s</version></plugin>
                <plugin><artifactId>maven-surefire-plugin</artifactId><version>%s</version></plugin>
                <plugin><artifactId>maven-jar-plugin</artifactId><version>%s</version></plugin>
              </plugins></pluginManagement></build>
            </project>
            """;

    /** With the plugins of Froggr's own build, which are there. */
    @FrgTest(ROOT)
    void maven(Froggr frg) {
        Need.program("mvn");
        String repository = System.getProperty("maven.repo.local", System.getProperty("user.home") + "/.m2/repository");
        frg.file(
                "B/project/pom.xml",
                POM.formatted(
                        version(frg, "resources"),
                        version(frg, "compiler"),
                        version(frg, "surefire"),
                        version(frg, "jar")));
        frg.file(
                "B/project/src/main/java/X.java",
                "public class X { public static void main(String[] a) { System.out.print(\"built\"); } }\n");
        frg.file("B/project/src/main/resources/x.txt", "x");
        UnionTrees trees = union(frg);
        String mvn = "cd project && mvn -o -q -B -Dstyle.color=never -Dmaven.test.skip=true -Dmaven.repo.local="
                + repository + " package >&2 && \"$JAVA_HOME/bin/java\" -cp target/x-1.jar X";
        work(trees, mvn).prints("built");
        trees.outside("ls B/project S/project", "B/project:\npom.xml\nsrc\n\nS/project:\ntarget");
    }

    /** The version in Froggr's own pom, which may be that of a property. */
    private static String version(Froggr frg, String plugin) {
        String find =
                """
                v=$(sed -n '/maven-'"$2"'-plugin/{n;s,.*<version>\\(.*\\)</version>.*,\\1,p;}' "$1" | head -n 1)
                case $v in '${'*) p=${v#??}; sed -n "s,.*<${p%?}>\\(.*\\)</${p%?}>.*,\\1,p" "$1" ;; *) echo "$v" ;; esac
                """;
        return frg.sh(find, project() + "/pom.xml", plugin).ok().out().strip();
    }

    private static String project() {
        return Path.of(System.getProperty("froggr.project"))
                .toAbsolutePath()
                .normalize()
                .toString();
    }

    /** Minutes long, and so only with {@code -Dfroggr.build=true}: Froggr itself is built in a union. */
    @FrgTest(ROOT)
    void froggr(Froggr frg) {
        assumeTrue(Boolean.getBoolean("froggr.build"), "only with -Dfroggr.build=true");
        frg.sh(
                        "mkdir -p B/froggr && cd \"$1\" && git ls-files -co --exclude-standard -z | "
                                + "tar --null -T - -c | tar -x -C \"$OLDPWD/B/froggr\"",
                        project())
                .ok();
        UnionTrees trees = union(frg);
        trees.start("cd froggr && mvn -o -q -B package && ls launcher/target/froggr-*/bin/frg")
                .end(Duration.ofMinutes(30))
                .ok();
    }
}
