package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.USER;

import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Tmux;

/** The Gogo shell, typed into and not. */
final class GogoIT {
    @FrgTest({ROOT, USER})
    void linesFromTheCommandLine(Froggr frg) {
        String id = frg.run("session", "new", "--name", "dev", "--private").session();
        frg.run("gogo", "froggr:session -l | grep dev").ok().shows(id.substring(0, 8));
        frg.run("gogo", "froggr:session -l | grep nosuchname | wc -l").ok();
        frg.run("gogo", "lb -s").ok().shows("org.froggr.session");
        frg.run("gogo", "froggr:session nosuch").says("NO_SESSION").status(66);
        frg.run("gogo", "no:such").says("no:such");
    }

    @FrgTest({ROOT, USER})
    void theInteractiveShell(Froggr frg) {
        String id = frg.run("session", "new", "--name", "dev", "--private")
                .session()
                .substring(0, 8);
        try (Tmux tmux = Tmux.open(frg)) {
            tmux.line("stty -a >before; \"$FRG\" shell").expect("froggr>");
            tmux.line("froggr:session -l").expect(id);
            tmux.key("C-l").type("froggr:sess").key("Tab").expect("froggr:session");
            tmux.type(" -l").key("Enter").expect(id);
            tmux.key("C-l").key("Up").expect(" -l").key("C-c");
            tmux.line("echo edXted")
                    .expect("edXted\nfroggr>")
                    .key("Up")
                    .key("Left")
                    .key("Left")
                    .key("Left")
                    .key("BSpace")
                    .type("i")
                    .key("Enter")
                    .expect("edited");
            tmux.resize(70, 20).line("echo still-here").expect("still-here");
            tmux.line("exit")
                    .expectPrompt()
                    .line("stty -a >after; cmp before after && echo restored")
                    .expect("restored");
        }
    }

    @FrgTest({ROOT, USER})
    void interruptingTheShellDoesNotEndThePlatform(Froggr frg) {
        long platform = frg.platform();
        try (Tmux tmux = Tmux.open(frg)) {
            tmux.line("\"$FRG\" shell").expect("froggr>");
            tmux.type("echo never").key("C-c").line("echo after").expect("after");
            tmux.key("C-d").expectPrompt().line("echo back in sh").expect("back in sh");
        }
        frg.run("session", "-l").ok();
        if (platform != 0) {
            org.junit.jupiter.api.Assertions.assertEquals(platform, frg.platform());
        }
    }

    @FrgTest({ROOT})
    void historyIsKept(Froggr frg) {
        try (Tmux tmux = Tmux.open(frg)) {
            tmux.line("\"$FRG\" shell")
                    .expect("froggr>")
                    .line("echo remembered")
                    .expect("remembered")
                    .line("exit")
                    .expectPrompt();
            tmux.clear()
                    .line("\"$FRG\" shell")
                    .expect("froggr>")
                    .key("Up")
                    .expect("echo remembered")
                    .key("C-c")
                    .line("exit");
        }
    }
}
