package org.froggr.namespace.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NumbersTest {
    private final Numbers numbers = new Numbers(KeptNumbers.open(-1, message -> {}));

    @Test
    void theFirstDeviceKeepsItsNumbers() {
        assertEquals(4711, numbers.of(77, 4711));
        assertEquals(1L << 48 | 4711, numbers.of(78, 4711));
        assertEquals(4711, numbers.of(77, 4711));
        assertEquals(2L << 48 | 1, numbers.of(-1, 1));
    }

    @Test
    void whatDoesNotFitIsHashed() {
        long large = numbers.of(77, 1L << 60);
        assertTrue(large >>> 62 == 1, Long.toHexString(large));
        assertEquals(large, numbers.of(77, 1L << 60));
        Set<Long> all = new HashSet<>();
        for (int device = 0; device < 20_000; device++) {
            long number = numbers.of(device, 5);
            assertTrue(number > 0);
            all.add(number);
        }
        assertEquals(20_000, all.size());
    }

    @Test
    void thatOfAPathDependsOnAllOfIt() {
        Set<Long> all = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            all.add(Numbers.ofPath(1, Integer.toString(i).getBytes(StandardCharsets.UTF_8)));
            all.add(Numbers.ofPath(i + 2, new byte[] {'a'}));
        }
        assertEquals(20_000, all.size());
        assertEquals(Numbers.ofPath(1, new byte[] {'a'}), Numbers.ofPath(1, new byte[] {'a'}));
    }
}
