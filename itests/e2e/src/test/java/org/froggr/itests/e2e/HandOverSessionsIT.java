package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.ROOT_SHARED;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.regex.Pattern;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Processes;
import org.froggr.itests.harness.Wait;

/** Which processes may die, in which order, and what is built of what. */
final class HandOverSessionsIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @FrgTest({ROOT, ROOT_SHARED})
    void theAnchorDies(Froggr frg) {
        String id = union(frg, "a", "t");
        try (HandOverProgram program = HandOverProgram.in(frg, id, frg.path("t"))) {
            program.does("f = open('f', 'wb', 0)", "f.write(b'one ')");
            killAnchor(frg, id);
            program.does("f.write(b'two')", "os.mkdir('d')").sees("b'one two'", "open('f', 'rb').read()");
        }
    }

    /** The second death shows whether the new anchor has the device. */
    @FrgTest({ROOT, ROOT_SHARED})
    void theAnchorDiesAndThenThePlatform(Froggr frg) {
        String id = union(frg, "a", "t");
        try (HandOverProgram program = HandOverProgram.in(frg, id, frg.path("t"))) {
            program.does("f = open('f', 'wb', 0)", "f.write(b'one ')");
            killAnchor(frg, id);
            frg.crashPlatform();
            program.does("f.write(b'two')", "os.mkdir('d')").sees("b'one two'", "open('f', 'rb').read()");
            killAnchor(frg, id);
            program.does("f.write(b' three')", "os.rmdir('d')").sees("b'one two three'", "open('f', 'rb').read()");
        }
    }

    @FrgTest({ROOT, USER})
    void thePlatformDiesTwiceInARow(Froggr frg) {
        String id = union(frg, "a", "t");
        try (HandOverProgram program = HandOverProgram.in(frg, id, frg.path("t"))) {
            program.does("f = open('f', 'wb', 0)", "f.write(b'one ')");
            long first = frg.crashPlatform();
            program.begin("f.write(b'two'); os.mkdir('d'); os.rename('f', 'd/f')");
            Wait.until("another starts", SOON, () -> frg.platform() != 0 && frg.platform() != first);
            frg.crashPlatform();
            program.ends("writing");
            program.sees("b'one two'", "open('d/f', 'rb').read()");
        }
    }

    @FrgTest({ROOT, USER})
    void aUnionOfUnions(Froggr frg) {
        frg.file("a/d/a", "a");
        frg.file("b/d/b", "b");
        String id = union(frg, "a", "t");
        frg.run(frg.withMode("bind", "-s", id, "-b", frg.path("b"), frg.directory("u"))).ok();
        frg.run(frg.withMode("bind", "-s", id, "-a", frg.path("t"), frg.path("u"))).ok();
        try (HandOverProgram program = HandOverProgram.in(frg, id, frg.path("u"))) {
            program.does("a = open('d/a', 'rb', 0)", "b = open('d/b', 'r+b', 0)");
            frg.crashPlatform();
            program.sees("b'a'", "a.read()")
                    .does("b.write(b'new')", "os.unlink('d/a')")
                    .sees("['b']", "os.listdir('d')")
                    .sees("b'new'", "open('d/b', 'rb').read()");
        }
    }

    /** The upper session's source is a place that the lower one serves. */
    @FrgTest(ROOT)
    void aSessionOnASession(Froggr frg) {
        frg.file("a/d/f", "f");
        String lower = union(frg, "a", "t");
        String upper = frg.mount("-t", "served", frg.path("t/d"), frg.directory("u"));
        assertTrue(!lower.equals(upper), "two sessions");
        try (HandOverProgram program = HandOverProgram.in(frg, upper, frg.path("u"))) {
            program.does("f = open('f', 'r+b', 0)");
            for (int kill = 0; kill < 2; kill++) {
                frg.crashPlatform();
                program.does("f.seek(0)", "f.write(b'new')", "os.mkdir('made')", "os.rmdir('made')")
                        .sees("b'new'", "open('f', 'rb').read()");
            }
        }
        frg.inside(lower, "cat", frg.path("t/d/f")).prints("new");
        frg.run("unmount", frg.path("u")).ok();
    }

    @FrgTest({ROOT, USER})
    void theSessionTellsOfThePause(Froggr frg) {
        String id = union(frg, "a", "t");
        long dead = frg.crashPlatform();
        Pattern told = Pattern.compile(
                "platform " + dead + " was killed.*taken over after [0-9]+ ms", Pattern.DOTALL);
        String shown = frg.run("session", id).ok().out();
        assertTrue(told.matcher(shown).find(), shown);
        assertEquals("ACTIVE", frg.state(id));
    }

    /** Programs inside a private session keep its namespace; the platform goes on to serve it. */
    @FrgTest(ROOT)
    void theAnchorOfAPrivateSessionDiesUnderAProgram(Froggr frg) {
        frg.file("a/f", "f");
        String id = frg.run("mount", "--private", "-t", "served", frg.path("a"), frg.directory("t"))
                .session();
        try (HandOverProgram program = HandOverProgram.inside(frg, id, frg.path("t"))) {
            program.does("f = open('f', 'r+b', 0)");
            killAnchor(frg, id);
            program.does("f.write(b'g')", "os.mkdir('d')").sees("b'g'", "open('f', 'rb').read()");
        }
        frg.run("exec", id, "--", "ls", frg.path("t")).prints("d\nf");
    }

    /** As where the kernel forbids to take descriptors of processes that are no children. */
    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void theDeviceIsSentOverASocket(Froggr frg) {
        frg.sh("mkdir -p -m 700 \"$FROGGR_HOME/etc\" && "
                        + "echo descriptorsBySocket=true >\"$FROGGR_HOME/etc/org.froggr.session.cfg\"")
                .ok();
        String id = union(frg, "a", "t");
        try (HandOverProgram program = HandOverProgram.in(frg, id, frg.path("t"))) {
            program.does("f = open('f', 'wb', 0)", "f.write(b'one ')");
            frg.crashPlatform();
            program.does("f.write(b'two')", "os.mkdir('d')").sees("b'one two'", "open('f', 'rb').read()");
        }
        frg.sh("test ! -e \"$FROGGR_HOME/sessions/$1/recovery/device.sock\"", id).ok();
    }

    /** After all that, an unmount leaves nothing, as after a quiet life. */
    @FrgTest({ROOT, USER})
    void theEndIsAnOrdinaryOne(Froggr frg) {
        String before = frg.mountTable();
        String id = union(frg, "a", "t");
        frg.crashPlatform();
        frg.inside(id, "mkdir", frg.path("t/d")).ok();
        frg.crashPlatform();
        frg.inside(id, "rmdir", frg.path("t/d")).ok();
        frg.run("unmount", frg.path("t")).ok();
        assertEquals(before, frg.mountTable());
        assertEquals(0, frg.sessions().size());
        frg.sh("test -z \"$(ls -A $FROGGR_HOME/sessions)\"").ok();
    }

    private static String union(Froggr frg, String member, String target) {
        frg.directory(member, target);
        return frg.bind("-b", frg.path(member), frg.path(target));
    }

    private static void killAnchor(Froggr frg, String id) {
        long dead = frg.anchor(id);
        Processes.signal("KILL", dead);
        Wait.until("another process", SOON, () -> frg.state(id).equals("ACTIVE") && frg.anchor(id) != dead);
    }
}
