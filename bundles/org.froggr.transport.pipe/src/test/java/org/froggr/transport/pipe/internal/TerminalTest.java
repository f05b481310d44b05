package org.froggr.transport.pipe.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Interactive programs, in a terminal that script(1) makes. */
class TerminalTest {
    private static final String IN_TERMINAL = "TERM=vt220 script -qec \"$1\" /dev/null <keys";

    private static Script inTerminal(Platform platform, String command) throws Exception {
        return platform.start("mkfifo keys; exec 3<>keys; " + IN_TERMINAL + "; echo status $?", command);
    }

    private static void type(Platform platform, String keys) throws Exception {
        assertEquals(0, platform.run("printf \"$1\" 1<>keys", keys).status());
    }

    @ParameterizedTest
    @EnumSource
    void keysOutputSizeAndRestoredModes(OutputWay way) throws Exception {
        try (Platform platform = new Platform(way);
                Script script = inTerminal(platform,
                        "stty rows 30 cols 90; stty -g >a; \"$FRG\" tty; s=$?; stty -g >b; cmp a b && echo same; exit $s")) {
            Await.until("it has begun", () -> script.out().contains("size 90x30 vt220"));
            type(platform, "ab");
            Await.until("keys arrive", () -> script.out().contains("98]"));
            type(platform, "\\003");
            Await.until("Ctrl-C is a key", () -> script.out().contains("[3]"));
            type(platform, "q");
            Await.until("the end", () -> script.out().contains("status"));
            assertTrue(script.out().contains("bye"), script.out());
            assertTrue(script.out().contains("same"), script.out());
            assertTrue(script.out().contains("status 5"), script.out());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theWindowChanges(OutputWay way) throws Exception {
        try (Platform platform = new Platform(way);
                Script script = inTerminal(platform, "tty >tty; \"$FRG\" tty")) {
            Await.until("it has begun", () -> script.out().contains("size "));
            platform.run("stty rows 11 cols 77 <\"$(cat tty)\"");
            Await.until("it is told", () -> script.out().contains("resized 77x11"));
            type(platform, "q");
            Await.until("the end", () -> script.out().contains("status 5"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theWidthOfOutput(OutputWay way) throws Exception {
        try (Platform platform = new Platform(way);
                Script script = inTerminal(platform, "stty cols 99; unset COLUMNS; \"$FRG\" size; COLUMNS=55 \"$FRG\" size")) {
            Await.until("the end", () -> script.out().contains("status 0"));
            assertTrue(script.out().contains("55 true"), script.out());
            assertTrue(script.out().contains(way == OutputWay.COPY ? "0 true" : "99 true"), script.out());
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutATerminalItSaysSo(OutputWay way) throws Exception {
        try (Platform platform = new Platform(way)) {
            assertEquals(69, platform.run("\"$FRG\" tty").status());
        }
    }
}
