package org.froggr.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BytePathTest {
    private static BytePath path(String text) {
        return BytePath.of(text);
    }

    @Test
    void everyByteStringSurvivesAsText() {
        RandomBytes.forEach(5_000, b -> {
            BytePath path = BytePath.of(b);
            assertArrayEquals(b, path.bytes());
            assertEquals(path, BytePath.of(path.toString()));
            assertEquals(path.hashCode(), BytePath.of(path.toString()).hashCode());
        });
    }

    @Test
    void parentAndFileNameMakeThePathAgain() {
        RandomBytes.forEach(5_000, b -> {
            BytePath path = BytePath.ROOT.resolve(BytePath.of(b)).withoutTrailingSlashes();
            BytePath again = path.parent().resolve(path.fileName());
            assertEquals(squeezed(path), squeezed(again), path::quoted);
        });
    }

    private static String squeezed(BytePath path) {
        return path.toString().replaceAll("/+", "/");
    }

    @Test
    void nulIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> BytePath.of(new byte[] {'a', 0}));
    }

    @Test
    void changingAnArrayDoesNotChangeThePath() {
        byte[] bytes = {'a', 'b'};
        BytePath path = BytePath.of(bytes);
        bytes[0] = 'x';
        path.bytes()[1] = 'x';
        assertEquals("ab", path.toString());
    }

    @Test
    void aCStringEndsWithNul() {
        assertArrayEquals(new byte[] {'a', 0}, path("a").cString());
    }

    @ParameterizedTest
    @CsvSource({"/a,b,/a/b", "/a/,b,/a/b", "/a,/b,/b", "/,b,/b", "a,b/c,a/b/c", "'',b,b", "/a,'',/a", "/a,..,/a/.."})
    void resolves(String base, String other, String expected) {
        assertEquals(expected, path(base).resolve(other).toString());
    }

    @ParameterizedTest
    @CsvSource({"/a/b,/a,b", "/a,/,a", "/,/,''", "a,.,a", "a/b//,a,b", "//a,/,a", "/a//b,/a,b"})
    void splits(String path, String parent, String name) {
        assertEquals(parent, path(path).parent().toString());
        assertEquals(name, path(path).fileName().toString());
    }

    @ParameterizedTest
    @CsvSource({"/a/,/a", "/,/", "///,/", "a,a", "'',''"})
    void slashesAtTheEndGo(String path, String expected) {
        assertEquals(expected, path(path).withoutTrailingSlashes().toString());
    }

    @ParameterizedTest
    @CsvSource({"/a/b,/a,true", "/ab,/a,false", "/a,/a/,true", "/a,/,true", "a,/,false", "/a,/a/b,false"})
    void ancestorsAreJudgedByComponents(String path, String ancestor, boolean expected) {
        assertEquals(expected, path(path).startsWith(path(ancestor)));
    }

    @Test
    void ordersByUnsignedBytes() {
        BytePath high = BytePath.of(new byte[] {(byte) 0xff});
        assertTrue(path("a").compareTo(high) < 0);
        List<BytePath> sorted = Stream.of(high, path("a/b"), path("a")).sorted().toList();
        assertEquals(List.of(path("a"), path("a/b"), high), sorted);
    }

    @Test
    void equalOnlyToTheSameBytes() {
        assertEquals(path("a"), path("a"));
        assertNotEquals(path("a"), path("a/"));
        assertFalse(path("a").equals(null));
    }
}
