package org.froggr.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.session.Entrance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandOffTest {
    private static final UUID SESSION = UUID.fromString("00000000-0000-0000-0000-000000000001");

    private record Place(boolean mountNamespace, boolean userNamespace, BytePath directory) implements Entrance {
        @Override
        public UUID session() {
            return SESSION;
        }

        @Override
        public long pid() {
            return 12;
        }

        @Override
        public long processStart() {
            return 345;
        }
    }

    @ParameterizedTest
    @CsvSource({"false,false,-", "true,false,m", "true,true,u"})
    void namespacesAreALetter(boolean mount, boolean user, String expected) {
        HandOff handOff = new HandOff(new Place(mount, user, BytePath.of("/")), 0, List.of());
        assertEquals("12 345 " + expected + " 0 " + SESSION + " /", handOff.words());
    }

    @Test
    void wordsHoldNoBlanksAndNothingButAscii() {
        BytePath directory = BytePath.of(new byte[] {'/', 'a', ' ', 'b', (byte) 0xff, '\n'});
        List<String> environment = List.of("A=b c", "D=\u00e9\\0", "P=/x:%+,@_.-");
        HandOff handOff = new HandOff(new Place(true, true, directory), 2, environment);
        assertEquals(
                "12 345 u 2 " + SESSION + " /a\\0040b\\0377\\0012 A=b\\0040c D=\\0303\\0251\\01340 P=/x:%+,@_.-",
                handOff.words());
    }

    @Test
    void printfUndoesTheEscapes() throws Exception {
        StringBuilder name = new StringBuilder("/");
        for (char b = 1; b < 0x100; b++) {
            // Followed by a digit, which must not become part of an escape.
            name.append(b).append('7');
        }
        byte[] bytes = name.toString().getBytes(StandardCharsets.ISO_8859_1);
        HandOff handOff = new HandOff(new Place(false, false, BytePath.of(bytes)), 0, List.of());
        String word = handOff.words().split(" ")[5];
        Process shell = new ProcessBuilder("/bin/sh", "-c", "printf %b \"$1\"", "sh", word).start();
        byte[] printed = shell.getInputStream().readAllBytes();
        assertEquals(0, shell.waitFor());
        assertEquals(ByteText.decode(bytes), ByteText.decode(printed));
    }
}
