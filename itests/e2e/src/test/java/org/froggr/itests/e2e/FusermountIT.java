package org.froggr.itests.e2e;

import static org.froggr.api.Fault.BUSY;
import static org.froggr.api.Fault.NO_PRIVILEGE;
import static org.froggr.api.Fault.RECURSION;
import static org.froggr.itests.harness.World.USER;
import static org.froggr.itests.harness.World.USER_SHARED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Need;
import org.froggr.itests.harness.Processes;
import org.froggr.itests.harness.Running;
import org.froggr.itests.harness.Wait;

/** Shared sessions of users without privilege: one target a session, mounted by fusermount3. */
final class FusermountIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    /** Of directory trees a/{x,d/1}, b/{x,y,d/2}, t/{t}. */
    private static void trees(Froggr frg) {
        Need.program("fusermount3");
        frg.sh("mkdir -p a/d b/d t; echo a >a/x; echo b >b/x; echo y >b/y; echo t >t/t; touch a/d/1 b/d/2").ok();
    }

    private static String union(Froggr frg) {
        trees(frg);
        String id = frg.run("bind", "-b", frg.path("a"), frg.path("t")).session();
        assertEquals(id, frg.run("bind", "-a", frg.path("b"), frg.path("t")).session());
        return id;
    }

    @FrgTest({USER, USER_SHARED})
    void aServedTreeIsSeenByAllOfTheUsersProcesses(Froggr frg) {
        trees(frg);
        String id = frg.run("mount", "-t", "served", frg.path("a"), frg.path("t")).session();
        frg.sh("cat t/x").prints("a");
        assertEquals("shared", frg.session(id).path("mode").asText());
        frg.sh("echo new >t/d/new; chmod 640 t/d/new; stat -c %a a/d/new").prints("640");
        frg.run("unmount", frg.path("t")).ok();
        frg.sh("ls t").prints("t");
    }

    /** What root would get as a bind of the kernel's. */
    @FrgTest({USER, USER_SHARED})
    void aMountWithoutATypeIsServed(Froggr frg) {
        trees(frg);
        String id = frg.run("mount", frg.path("a"), frg.path("t")).session();
        assertEquals(id, frg.run("mount", frg.path("a"), frg.path("t")).session());
        frg.sh("cat t/x").prints("a");
        String lines = frg.run("ns", id).ok().out();
        assertTrue(lines.contains("-t served"), lines);
        frg.run("unmount", frg.path("t")).ok();
        frg.sh(lines.strip().replaceFirst("^mount", "\"\\$FRG\" mount")).session();
        frg.sh("cat t/x").prints("a");
        frg.file("one", "1");
        frg.file("other", "2");
        frg.run("bind", "-r", frg.path("one"), frg.path("other")).session();
        frg.sh("cat other").prints("1");
        frg.crashPlatform();
        frg.sh("printf 3 >other; cat one").prints("3");
    }

    @FrgTest({USER, USER_SHARED})
    void aUnionWithItsOriginal(Froggr frg) {
        union(frg);
        frg.sh("ls t; ls t/d; cat t/x").prints("d\nt\nx\ny\n1\n2\na");
        frg.sh("echo n >t/new; cat t/new").prints("n");
        frg.run("unmount", frg.path("a"), frg.path("t")).ok();
        frg.sh("cat t/x; ls t").prints("b\nd\nnew\nt\nx\ny");
        frg.run("unmount", frg.path("t")).ok();
        frg.sh("ls t").prints("new\nt");
    }

    @FrgTest(USER)
    void othersAreDenied(Froggr frg) {
        Need.that(frg.canBecomeOthers(), "root, to act for another user");
        union(frg);
        frg.rootly("! setpriv --reuid=65534 --clear-groups ls t 2>/dev/null");
        frg.rootly("! ls t 2>/dev/null");
    }

    @FrgTest({USER, USER_SHARED})
    void thePlatformIsKilledUnderAProgram(Froggr frg) {
        String id = union(frg);
        try (HandOverProgram program = HandOverProgram.in(frg, id, frg.path("t"))) {
            program.does("f = open('f', 'wb', 0)", "f.write(b'one ')", "g = open('t', 'rb', 0)");
            for (int kill = 0; kill < 3; kill++) {
                frg.crashPlatform();
                program.does("f.write(b'two ')", "os.mkdir('m')", "os.rmdir('m')").sees("b't\\n'", "g.read()");
                program.does("g.seek(0)").sees("b'y\\n'", "open('y', 'rb').read()");
            }
            program.sees("b'one two two two '", "open('f', 'rb').read()");
        }
        String shown = frg.run("session", id).ok().out();
        assertTrue(shown.contains("taken over after"), shown);
        frg.run("unmount", frg.path("t")).ok();
        frg.sh("ls t").prints("f\nt");
    }

    @FrgTest({USER, USER_SHARED})
    void theAnchorIsKilledUnderAProgram(Froggr frg) {
        String id = union(frg);
        try (HandOverProgram program = HandOverProgram.in(frg, id, frg.path("t"))) {
            program.does("f = open('f', 'wb', 0)", "f.write(b'one ')");
            killAnchor(frg, id);
            program.does("f.write(b'two ')", "os.mkdir('m')");
            frg.crashPlatform();
            program.does("f.write(b'three')", "os.rmdir('m')").sees("b'one two three'", "open('f', 'rb').read()");
            program.sees("['d', 'f', 't', 'x', 'y']", "sorted(os.listdir('.'))");
        }
    }

    /** Nobody holds the device then; the target is cleared, and its own directory is a part of the union again. */
    @FrgTest({USER, USER_SHARED})
    void platformAndAnchorAreKilled(Froggr frg) {
        String id = union(frg);
        long anchor = frg.anchor(id);
        frg.crashAll();
        Processes.signal("KILL", anchor);
        frg.run("session", "-l").ok();
        Wait.until("the union is there again", SOON, () -> frg.sh("ls t").out().equals("d\nt\nx\ny\n"));
        Wait.until("it has recovered", SOON, () -> frg.state(id).equals("ACTIVE"));
        assertEquals(1, mounts(frg));
    }

    @FrgTest({USER, USER_SHARED})
    void theDeviceIsSentWhereItMayNotBeTaken(Froggr frg) {
        Need.program("fusermount3");
        frg.sh("mkdir -p -m 700 \"$FROGGR_HOME/etc\" && "
                        + "echo descriptorsBySocket=true >\"$FROGGR_HOME/etc/org.froggr.session.cfg\"")
                .ok();
        try {
            String id = union(frg);
            try (HandOverProgram program = HandOverProgram.in(frg, id, frg.path("t"))) {
                program.does("f = open('f', 'wb', 0)");
                frg.crashPlatform();
                program.does("f.write(b'two')", "os.mkdir('m')").sees("b't\\n'", "open('t', 'rb').read()");
            }
        } finally {
            frg.sh("rm \"$FROGGR_HOME/etc/org.froggr.session.cfg\"").ok();
        }
    }

    @FrgTest(USER)
    void whatIsInUse(Froggr frg) {
        String id = union(frg);
        try (Running user = frg.startScript("cd t && echo here && read end")) {
            Wait.until("it is inside", SOON, () -> user.outSoFar().contains("here"));
            frg.run("unmount", frg.path("t")).fails(BUSY);
            frg.sh("cat t/x").prints("a");
            frg.run("session", "-k", id).fails(BUSY);
            frg.run("unmount", "--lazy", frg.path("t")).ok();
            frg.sh("ls t").prints("t");
            user.type("\n").end(SOON);
        }
        assertEquals(0, frg.sessions().size());
        String killed = union(frg);
        try (Running user = frg.startScript("cd t && echo here && read end")) {
            Wait.until("it is inside", SOON, () -> user.outSoFar().contains("here"));
            frg.run("session", "-k", "--force", killed).ok();
            user.type("\n").end(SOON);
        }
        assertEquals(0, mounts(frg));
    }

    /** A permanent session goes on; each of its targets in turn. */
    @FrgTest(USER)
    void oneTargetASession(Froggr frg) {
        trees(frg);
        frg.directory("u");
        String id = frg.run("session", "new", "--name", "one").session();
        frg.run("bind", "-s", "one", "-b", frg.path("a"), frg.path("t")).ok();
        frg.refuses(NO_PRIVILEGE, "bind", "-s", "one", "-b", frg.path("b"), frg.path("u"))
                .naming(frg.path("t"))
                .hinting("-s");
        frg.refuses(NO_PRIVILEGE, "mount", frg.path("b"), frg.path("t")).hinting("unmount");
        assertNotEquals(id, frg.run("bind", "-b", frg.path("b"), frg.path("u")).session());
        frg.run("unmount", "--lazy", frg.path("t")).ok();
        frg.run("bind", "-s", id, "-b", frg.path("b"), frg.path("t")).ok();
        frg.sh("cat t/x u/x").prints("b\nb");
        frg.crashPlatform();
        frg.sh("cat t/x u/x t/t").prints("b\nb\nt");
    }

    /** The tree of a union of ours is taken directly, also across a kill. */
    @FrgTest({USER, USER_SHARED})
    void aUnionOfAUnion(Froggr frg) {
        union(frg);
        frg.file("c/d/3", "3");
        frg.directory("u");
        frg.run("bind", "-b", frg.path("t/d"), frg.path("u")).session();
        frg.run("bind", "-a", frg.path("c/d"), frg.path("u")).session();
        frg.sh("ls u").prints("1\n2\n3");
        frg.crashPlatform();
        frg.sh("ls u; echo f >u/f; cat u/f").prints("1\n2\n3\nf");
        frg.refuses(NO_PRIVILEGE, "bind", "-b", frg.path("c"), frg.path("t/d")).hinting("FUSE").hinting("--private");
    }

    @FrgTest(USER)
    void aSourceAroundTheTarget(Froggr frg) {
        trees(frg);
        frg.refuses(RECURSION, "bind", "-b", frg.work(), frg.path("t"));
    }

    @FrgTest({USER, USER_SHARED})
    void whatFusermountRefuses(Froggr frg) {
        Need.that(frg.canBecomeOthers(), "root, to make a directory that is not the user's");
        trees(frg);
        frg.rootly("mkdir -m 755 theirs; mkdir -m 1777 sticky");
        frg.refuses(NO_PRIVILEGE, "mount", frg.path("a"), frg.path("theirs"))
                .naming(frg.path("theirs"))
                .says("write access")
                .hinting("--private");
        frg.refuses(NO_PRIVILEGE, "bind", "-b", frg.path("a"), frg.path("sticky")).says("owned").hinting("--private");
        frg.refuses(NO_PRIVILEGE, "mount", "-t", "kernel", frg.path("a"), frg.path("t")).hinting("-t served");
    }

    /** As where fuse3 is not installed. */
    @FrgTest(USER)
    void withoutFusermount(Froggr frg) {
        Need.that(frg.canBecomeOthers(), "root, to hide a program");
        trees(frg);
        frg.rootly("mount --bind /dev/null \"$(readlink -f /usr/bin/fusermount3)\"");
        try {
            frg.refuses(NO_PRIVILEGE, "mount", frg.path("a"), frg.path("t")).hinting("fuse3").hinting("--private");
            frg.refuses(NO_PRIVILEGE, "mount", "-c", frg.path("a"), frg.path("made")).hinting("--private");
        } finally {
            frg.rootly("umount \"$(readlink -f /usr/bin/fusermount3)\"");
        }
    }

    @FrgTest(USER)
    void aTargetThatIsMade(Froggr frg) {
        trees(frg);
        frg.run("bind", "-b", "-c", frg.path("a"), frg.path("new/target")).session();
        frg.sh("cat new/target/x; echo n >new/target/n; ls a").prints("a\nd\nn\nx");
        frg.run("unmount", frg.path("new/target")).ok();
        frg.sh("test ! -e new").ok();
    }

    @FrgTest(USER)
    void undoneByOthers(Froggr frg) {
        String id = union(frg);
        frg.sh("fusermount3 -u t").ok();
        Wait.until("it is noticed", SOON, () -> frg.run("session", id).out().contains("MOUNT_LOST"));
        frg.run("bind", "-b", frg.path("b"), frg.path("t")).session();
        frg.sh("cat t/x t/t").prints("b\nt");
    }

    /** What of a session is left whose files are gone is unmounted by the sweep. */
    @FrgTest(value = USER, fresh = true)
    void whatIsLeftOfASession(Froggr frg) {
        Need.program("fusermount3");
        frg.sh("mkdir -p -m 700 \"$FROGGR_HOME/etc\" && "
                        + "echo sweepSeconds=1 >\"$FROGGR_HOME/etc/org.froggr.session.cfg\"")
                .ok();
        String id = union(frg);
        long anchor = frg.anchor(id);
        frg.crashAll();
        Processes.signal("KILL", anchor);
        Wait.until("it has died", SOON, () -> !Processes.isAlive(anchor));
        frg.rootly("rm -r \"$FROGGR_HOME/sessions/" + id + "\"");
        assertEquals(1, mounts(frg));
        frg.run("session", "-l").ok();
        Wait.until("it is unmounted", SOON, () -> mounts(frg) == 0);
        frg.sh("ls t").prints("t");
        assertFalse(frg.mountTable().contains(id));
    }

    @FrgTest({USER, USER_SHARED})
    void theEndIsAnOrdinaryOne(Froggr frg) {
        String before = frg.mountTable();
        union(frg);
        frg.crashPlatform();
        frg.sh("ls t").ok();
        frg.run("unmount", frg.path("t")).ok();
        assertEquals(before, frg.mountTable());
        union(frg);
        frg.crashPlatform();
        frg.run("session", "-p").ok();
        assertEquals(before, frg.mountTable());
        frg.sh("test -z \"$(ls -A $FROGGR_HOME/sessions)\"").ok();
    }

    private static long mounts(Froggr frg) {
        return frg.mountTable().lines().filter(line -> line.contains("fuse.froggr") && line.contains(frg.work())).count();
    }

    private static void killAnchor(Froggr frg, String id) {
        long dead = frg.anchor(id);
        Processes.signal("KILL", dead);
        Wait.until("another process", SOON, () -> frg.state(id).equals("ACTIVE") && frg.anchor(id) != dead);
    }
}
