package org.froggr.session.internal.pipes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineBufferTest {
    private final List<String> lines = new ArrayList<>();
    private final LineBuffer buffer =
            new LineBuffer(line -> lines.add(new String(line, StandardCharsets.US_ASCII)), () -> lines.add("too long"));

    private void feed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        buffer.feed(bytes, bytes.length);
    }

    @Test
    void linesAreMadeOfAnyPieces() {
        feed("a");
        feed("b\nc\n\n\nd");
        feed("");
        feed("\n");
        assertEquals(List.of("ab", "c", "d"), lines);
    }

    @Test
    void theLongestLineFitsAndOneByteMoreDoesNot() {
        String longest = "x".repeat(LineBuffer.MOST_BYTES);
        feed(longest);
        feed("\n");
        feed(longest);
        feed("x");
        feed("more and more");
        feed("end\nnext\n");
        assertEquals(List.of(longest, "too long", "next"), lines);
    }
}
