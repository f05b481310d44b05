package org.froggr.transport.pipe.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What comes through, by each way for the output, with the real launcher as the client. */
class CarriageTest {
    @ParameterizedTest
    @EnumSource
    void argumentsAreExact(OutputWay way) throws Exception {
        try (Platform platform = new Platform(way)) {
            Script script = platform.run("exec \"$FRG\" echo 'a b' '' \"'q\\\"\" \"$(printf 'l1\\nl2')\" \"$(printf '\\377\\200')\" '*' '\\n' -x");
            assertEquals("a b\0\0'q\"\0l1\nl2\0\u00ff\u0080\0*\0\\n\0-x\0", script.out());
            assertEquals(0, script.status());
            assertEquals("", script.err());
        }
    }

    @ParameterizedTest
    @EnumSource
    void argumentsOf120000Bytes(OutputWay way) throws Exception {
        try (Platform platform = new Platform(way)) {
            Script script = platform.run("exec \"$FRG\" echo \"$(printf '%0120000d' 7)\"");
            assertEquals("0".repeat(119_999) + "7\0", script.out());
        }
    }

    @ParameterizedTest
    @EnumSource
    void streamsAreSeparateAndTheStatusIsTheVerbs(OutputWay way) throws Exception {
        try (Platform platform = new Platform(way)) {
            for (int status : new int[] {0, 3, 69, 255}) {
                Script script = platform.run("exec \"$FRG\" both " + status);
                assertEquals(status, script.status());
                assertEquals("to out\n", script.out());
                assertEquals("to err\n", script.err());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void threeMillionBytesThroughAPipe(OutputWay way) throws Exception {
        try (Platform platform = new Platform(way)) {
            Script script = platform.run("\"$FRG\" binary 3000000 | cat");
            assertArrayEquals(TestVerbs.pattern(3_000_000), script.bytes());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileKeepsItsPosition(OutputWay way) throws Exception {
        try (Platform platform = new Platform(way)) {
            Script script = platform.run("{ echo a; \"$FRG\" both 0; echo b; } >f 2>&1; \"$FRG\" both 0 >>f 2>/dev/null; echo c >>f; cat f");
            assertEquals("a\nto out\nto err\nb\nto out\nc\n", script.out());
        }
    }

    @ParameterizedTest
    @EnumSource
    void variablesAndTheWorkingDirectory(OutputWay way) throws Exception {
        try (Platform platform = new Platform(way)) {
            Script script = platform.run("FROGGR_SESSION='x y' NO_COLOR= TERM=dumb; export FROGGR_SESSION NO_COLOR TERM; unset COLUMNS; \"$FRG\" env");
            assertTrue(script.out().contains("FROGGR_SESSION=x y"), script.out());
            assertTrue(script.out().contains("NO_COLOR="), script.out());
            assertTrue(script.out().endsWith(" " + platform.home.path() + "/work\n"), script.out());
        }
    }

    @ParameterizedTest
    @EnumSource
    void closedOutputIsAnError(OutputWay way) throws Exception {
        try (Platform platform = new Platform(way)) {
            Script script = platform.run("\"$FRG\" both 0 >&-; printf %s $?");
            assertEquals("74", script.out(), script.err());
            assertEquals("0", platform.run("\"$FRG\" nothing <&- >&- 2>&-; printf %s $?").out());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReaderThatGoesAway(OutputWay way) throws Exception {
        try (Platform platform = new Platform(way)) {
            Script script = platform.run("{ \"$FRG\" binary 3000000; printf %s $? >status; } | head -c 10 | wc -c; cat status");
            assertEquals("10\n74", script.out());
        }
    }

    @ParameterizedTest
    @EnumSource
    void pipesOfOnePage(OutputWay way) throws Exception {
        try (Platform platform = new Platform(way)) {
            platform.shrinkPipes();
            String longPath = "/" + "./".repeat(1800);
            Script script = platform.run(
                    "\"$FRG\" binary 300000 | wc -c; \"$FRG\" exec \"$1\" - sh -c 'echo in'", longPath);
            assertEquals("300000\nin\n", script.out(), script.err());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHundredClientsAtOnce(OutputWay way) throws Exception {
        try (Platform platform = new Platform(way)) {
            Script script = platform.run("i=0; while [ $i -lt 100 ]; do { \"$FRG\" echo $i x >o.$i 2>&1 || echo $? >failed.$i; } & i=$((i+1)); done; wait; "
                    + "i=0; while [ $i -lt 100 ]; do printf '%s\\0x\\0' $i | cmp -s - o.$i || { echo bad $i; cat o.$i; }; i=$((i+1)); done; ls | grep failed");
            assertEquals("", script.out());
        }
    }
}
