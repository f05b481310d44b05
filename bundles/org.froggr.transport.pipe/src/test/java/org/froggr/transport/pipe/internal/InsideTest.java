package org.froggr.transport.pipe.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.froggr.linux.Ids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that the client becomes. */
class InsideTest {
    @Test
    void theCommandGetsItsExactArgumentsDirectoryAndVariables() throws Exception {
        try (Platform platform = new Platform(OutputWay.FETCH)) {
            Script script = platform.run("mkdir \"$1\" && cd / && \"$FRG\" exec \"$2/work/$1\" - sh -c "
                            + "'printf \"<%s>\" \"$@\" \"$PWD\" \"$ADDED\" \"$FROGGR_SESSION\"' sh 'a  b' '' \"$(printf 'x\\ny')\" '*'",
                    "odd ' \"\\\n name\n", platform.home.path().toString());
            assertEquals("<a  b><><x\ny><*><" + platform.home.path() + "/work/odd ' \"\\\n name\n><a b\nc\n><"
                    + TestVerbs.SESSION + ">", script.out(), script.err());
        }
    }

    @Test
    void theStatusIsTheCommandsOwn() throws Exception {
        try (Platform platform = new Platform(OutputWay.FETCH)) {
            String script = "\"$FRG\" exec / - sh -c 'exit 3'; printf '%s ' $?; \"$FRG\" exec / - sh -c 'kill -TERM $$'; printf '%s ' $?; "
                    + "\"$FRG\" exec / - /nonexistent; printf '%s ' $?; \"$FRG\" exec / - /etc/passwd; printf '%s ' $?; "
                    + "\"$FRG\" exec /nonexistent - true; printf '%s ' $?";
            assertEquals("3 143 127 126 125 ", platform.run(script).out());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "m"})
    void whatCannotRunIsSaidInOneLine(String namespaces) throws Exception {
        assumeTrue(Ids.euid() == 0 || namespaces.equals("-"), "entering a mount namespace needs root");
        try (Platform platform = new Platform(OutputWay.FETCH)) {
            String script = "echo 'echo script' >plain; echo 'echo script' >runs; chmod +x runs; mkdir folder; "
                    + "for name in nonexist /etc/passwd ./plain ./folder ./none frg_quote export; do "
                    + "\"$FRG\" exec \"$PWD\" \"$1\" \"$name\" a; echo $?; done 2>&1; "
                    + "for name in ./runs runs echo; do PATH=:$PATH \"$FRG\" exec \"$PWD\" \"$1\" \"$name\"; done; "
                    + "PATH=$PWD:$PATH \"$FRG\" exec / \"$1\" plain 2>&1; echo $?";
            assertEquals("""
                    frg: exec: nonexist: command not found
                    127
                    frg: exec: /etc/passwd: permission denied
                    126
                    frg: exec: ./plain: permission denied
                    126
                    frg: exec: ./folder: permission denied
                    126
                    frg: exec: ./none: command not found
                    127
                    frg: exec: frg_quote: command not found
                    127
                    frg: exec: export: command not found
                    127
                    script
                    script

                    frg: exec: plain: permission denied
                    126
                    """, platform.run(script, namespaces).out());
        }
    }

    @Test
    void insideAMountNamespace() throws Exception {
        assumeTrue(Ids.euid() == 0, "entering a mount namespace needs root");
        try (Platform platform = new Platform(OutputWay.FETCH)) {
            String script = "\"$FRG\" exec /usr m sh -c 'pwd; printf \"<%s>\" \"$@\"; exit 3' sh 'a b' -x; echo $?; "
                    + "\"$FRG\" exec /nonexistent m true; echo $?; \"$FRG\" exec / m nonexistent-command; echo $?";
            Script done = platform.run(script);
            assertEquals("/usr\n<a b><-x>3\n125\n127\n", done.out(), done.err());
        }
    }

    @Test
    void withoutACommandItIsTheUsersShell() throws Exception {
        try (Platform platform = new Platform(OutputWay.FETCH)) {
            assertEquals("/usr /bin/sh\n", platform.run("printf 'echo $PWD $0' | SHELL=/bin/sh \"$FRG\" exec /usr -").out());
            assertEquals("in\n", platform.run("printf 'echo in' | SHELL=/nonexistent \"$FRG\" exec /usr -").out());
        }
    }

    @Test
    void nothingOfTheLaunchersIsLeftToTheCommand() throws Exception {
        try (Platform platform = new Platform(OutputWay.FETCH)) {
            Script script = platform.run("exec 8>eight; \"$FRG\" exec / - sh -c 'ls /proc/$$/fd; env | grep -c ^frg_; set -o | grep noclobber'");
            assertTrue(script.out().startsWith("0\n1\n2\n8\n"), script.out());
            assertTrue(script.out().matches("(?s).*\n0\nnoclobber +off\n"), script.out());
        }
    }

    @Test
    void theSlotIsFreeWhileTheCommandRuns() throws Exception {
        try (Platform platform = new Platform(OutputWay.FETCH);
                Script script = platform.start("exec \"$FRG\" exec / - sh -c 'echo started; exec sleep 600'")) {
            Await.until("it runs", () -> script.out().equals("started\n"));
            Await.until("its slot is free", () -> platform.slotFiles(".req").isEmpty());
        }
    }
}
