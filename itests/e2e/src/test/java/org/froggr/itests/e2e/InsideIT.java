package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.froggr.api.ByteText;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Need;
import org.froggr.itests.harness.Tmux;

/** Programs in a session, in the caller's own terminal. */
final class InsideIT {
    @FrgTest
    void exitStatuses(Froggr frg) {
        String id = dev(frg);
        frg.run("exec", "dev", "--", "true").status(0);
        frg.run("exec", "dev", "--", "sh", "-c", "exit 42").status(42);
        frg.run("exec", "dev", "--", "sh", "-c", "kill -TERM $$").status(128 + 15);
        frg.run("exec", id, "--", "/no/such/program").status(127);
        frg.run("exec", id, "--", frg.file("not-executable", "")).status(126);
        frg.run("exec", "nosuch", "--", "true").status(125);
    }

    @FrgTest
    void argumentsAndStreamsAreExact(Froggr frg) {
        dev(frg);
        String odd = "a 'b' \"c\"\n\t\\" + ByteText.decode(new byte[] {(byte) 0xff}) + " $x ";
        frg.run("exec", "dev", "--", "printf", "%s|", odd, "", "-l", "--json").prints(odd + "||-l|--json|");
        frg.sh("printf 'a\\000\\377b' | \"$FRG\" exec dev -- cat | od -An -tx1").prints(" 61 00 ff 62");
        frg.sh("\"$FRG\" exec dev -- sh -c 'echo out; echo err >&2' 2>/dev/null")
                .prints("out");
    }

    @FrgTest
    void itIsTheSameUserInside(Froggr frg) {
        dev(frg);
        frg.run("exec", "dev", "--", "id", "-u").prints(frg.sh("id -u").out());
        frg.run("exec", "dev", "--", "id", "-G").prints(frg.sh("id -G").out());
    }

    @FrgTest
    void frgActsOnTheSessionItRunsIn(Froggr frg) {
        String id = dev(frg);
        frg.directory("s", "t");
        frg.run("exec", "dev", "--", "sh", "-c", "echo $FROGGR_SESSION").prints(id);
        frg.run("exec", "dev", "--", frg.program(), "bind", "-r", frg.path("s"), frg.path("t"))
                .prints(id);
        assertEquals(1, frg.session(id).path("binds").asInt());
        frg.run("exec", "dev", "--", frg.program(), "unmount", frg.path("t")).ok();
        assertEquals(0, frg.session(id).path("binds").asInt());
    }

    @FrgTest({ROOT})
    void aSharedSessionStartsInItsRoot(Froggr frg) {
        String root = frg.directory("root");
        String id = frg.run("session", "new", "--root", root).session();
        frg.run("exec", id, "--", "pwd").prints(root);
    }

    @FrgTest({ROOT, USER})
    void theTerminalIsTheCallers(Froggr frg) {
        Need.program("script");
        dev(frg);
        frg.file("ask", "test -t 0 && test -t 1 && echo a terminal");
        frg.sh("script -qec '\"$FRG\" exec dev -- sh " + frg.path("ask") + "' /dev/null </dev/null")
                .ok()
                .shows("a terminal");
    }

    @FrgTest({ROOT, USER})
    void jobControlWorksInside(Froggr frg) {
        dev(frg);
        try (Tmux tmux = Tmux.open(frg)) {
            tmux.line("\"$FRG\" exec dev -- sleep 300").key("C-z").expect("Stopped");
            tmux.line("kill %1; fg; echo status $?").expect("status 143");
            tmux.clear()
                    .line("\"$FRG\" exec dev -- sleep 300")
                    .key("C-c")
                    .line("echo ended $?")
                    .expect("ended 130");
        }
    }

    @FrgTest({ROOT, USER})
    void enterGivesAShell(Froggr frg) {
        String id = dev(frg);
        frg.file("s/only-inside", "");
        frg.run("bind", "-s", "dev", "-r", frg.path("s"), frg.directory("t")).ok();
        try (Tmux tmux = Tmux.open(frg)) {
            tmux.line("\"$FRG\" enter dev")
                    .line("test -t 0 && ls " + frg.path("t"))
                    .expect("only-inside");
            tmux.line("\"$FRG\" unmount " + frg.path("t") + "; ls -A " + frg.path("t") + " | wc -l")
                    .expect("0");
            tmux.line("exit 9").line("echo left $?").expect("left 9");
        }
        assertEquals(0, frg.session(id).path("binds").asInt());
    }

    private static String dev(Froggr frg) {
        return frg.run("session", "new", "--name", "dev", "--private").session();
    }
}
