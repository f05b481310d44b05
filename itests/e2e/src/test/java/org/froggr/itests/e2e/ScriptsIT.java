package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.USER;

import java.nio.file.Path;
import org.froggr.itests.harness.Distribution;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Need;

/** The scripts of the distribution are plain POSIX sh. */
final class ScriptsIT {
    /** Where they are in the project; what they say of each other's places starts from its root. */
    private static final String SOURCES = "launcher/src/main/dist";

    @FrgTest(USER)
    void shellcheckFindsNothing(Froggr frg) {
        Need.program("shellcheck");
        frg.rootly("cd \"$1\" && shellcheck -s sh -x \"$2\"/bin/frg \"$2\"/lib/frg-*", project(), SOURCES)
                .prints("");
    }

    @FrgTest(USER)
    void programsBeginAsPlainShellScripts(Froggr frg) {
        String script =
                "for f in \"$1\"/bin/frg \"$1\"/lib/frg-*[!h]; do head -n 1 \"$f\"; sh -n \"$f\" || exit; done | sort -u";
        frg.rootly(script, Distribution.folder().toString()).prints("#!/bin/sh");
    }

    private static String project() {
        return Path.of(System.getProperty("froggr.project"))
                .toAbsolutePath()
                .normalize()
                .toString();
    }

    @FrgTest(USER)
    void noJvmStartsForACommand(Froggr frg) {
        Need.program("strace");
        frg.run("session", "-l").ok();
        frg.sh("strace -f -qq -e trace=execve -o trace \"$FRG\" session -l >list")
                .ok();
        frg.sh("grep execve trace | grep java").prints("");
    }
}
