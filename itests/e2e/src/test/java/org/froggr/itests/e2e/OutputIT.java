package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.USER;

import org.froggr.api.Fault;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Need;

/** What every verb has in common. */
final class OutputIT {
    private static final String[] VERBS = {
        "mount", "bind", "reorder", "unmount", "umount", "ns", "session", "exec", "enter", "shell", "gogo", "platform", "doctor"
    };

    @FrgTest({ROOT, USER})
    void helpOfEveryVerb(Froggr frg) {
        frg.run("-h").ok().shows("mount").shows("platform");
        frg.run("--help").ok();
        frg.run().fails(Fault.USAGE).hinting("frg --help");
        for (String verb : VERBS) {
            frg.run(verb, "-h")
                    .ok()
                    .shows("Usage: frg " + (verb.equals("umount") ? "" : verb))
                    .shows("--json");
            frg.run(verb, "--help").ok();
        }
        frg.run("session", "new", "-h").ok().shows("--private");
    }

    @FrgTest({ROOT, USER})
    void versionEverywhere(Froggr frg) {
        frg.run("--version").ok().shows("0.1.0");
        for (String verb : VERBS) {
            frg.run(verb, "--version").ok().shows("0.1.0");
        }
    }

    @FrgTest({ROOT, USER})
    void jsonEverywhere(Froggr frg) {
        frg.directory("s", "t");
        frg.run(frg.withMode("mount", "--json", frg.path("s"), frg.path("t")))
                .ok()
                .json();
        frg.run("session", "-l", "--json").ok().json();
        frg.run("--json", "session", "-l").ok().json();
        String known = frg.sessions().get(0).path("id").asText();
        frg.run("session", known, "--json").ok().json();
        frg.run("ns", known, "--json").ok().json();
        frg.run("platform", "status", "--json").ok().json();
        frg.run("unmount", "--json", frg.path("t")).ok().json();
        frg.run("session", "new", "--private", "--json").ok().json();
        frg.run("session", "-p", "--json").ok().json();
        frg.run("nosuch", "--json").status(64).jsonError();
    }

    @FrgTest({ROOT, USER})
    void quietAndVerbose(Froggr frg) {
        frg.directory("s", "t");
        frg.mount(frg.path("s"), frg.path("t"));
        var again = frg.run(frg.withMode("mount", "-q", frg.path("s"), frg.path("t")))
                .ok();
        again.require(again.err().isEmpty(), "silence");
        frg.run("unmount", "-v", frg.path("t")).ok();
        var missing = frg.run(frg.withMode("mount", "-q", frg.path("none"), frg.path("t")));
        missing.fails(Fault.SOURCE_MISSING);
    }

    @FrgTest({ROOT, USER})
    void colourOnlyOnATerminalAndNotWithNoColor(Froggr frg) {
        Need.program("script");
        frg.run("session", "new", "--private").session();
        var plain = frg.run("session", "-l").ok();
        plain.require(!plain.out().contains("\u001b["), "no colour");
        frg.sh("TERM=xterm-256color script -qec '\"$FRG\" session -l' /dev/null </dev/null")
                .ok()
                .shows("\u001b[");
        var asked = frg.sh("NO_COLOR=1 TERM=xterm-256color script -qec '\"$FRG\" session -l' /dev/null </dev/null")
                .ok();
        asked.require(!asked.out().contains("\u001b["), "no colour");
        var dumb = frg.sh("TERM=dumb script -qec '\"$FRG\" session -l' /dev/null </dev/null")
                .ok();
        dumb.require(!dumb.out().contains("\u001b["), "no colour");
    }

    @FrgTest({ROOT, USER})
    void controlCharactersInNamesNeverReachATerminal(Froggr frg) {
        String name = "\u001b[31mred\u0007\n";
        frg.mount(frg.directory("s"), frg.directory(name));
        var list = frg.sh("script -qec 'NO_COLOR=1 \"$FRG\" session -l' /dev/null </dev/null")
                .ok();
        list.require(!list.out().contains("\u001b[31mred") && !list.out().contains("\u0007"), "no escape sequence");
    }
}
