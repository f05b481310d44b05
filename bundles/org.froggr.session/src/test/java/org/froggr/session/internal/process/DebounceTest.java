package org.froggr.session.internal.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DebounceTest {
    private static final long MILLI = 1_000_000;

    private long now = Long.MAX_VALUE - 50 * MILLI;
    private int calls;
    private final Debounce debounce = new Debounce(Duration.ofMillis(100), () -> now);

    private void pass(int millis) {
        now += millis * MILLI;
        debounce.end();
    }

    @Test
    void callsAtOnceThenOnceAnIntervalAndOnceAfterTheLast() {
        Runnable request = debounce.of(1, () -> calls++);
        assertEquals(-1, debounce.millis());
        request.run();
        assertEquals(0, debounce.millis());
        pass(0);
        assertEquals(1, calls);

        for (int i = 0; i < 9; i++) {
            request.run();
            pass(10);
        }
        assertEquals(1, calls);
        assertEquals(10, debounce.millis());
        pass(10);
        assertEquals(2, calls);
        assertEquals(-1, debounce.millis());
        pass(1000);
        assertEquals(2, calls);
    }

    @Test
    void whatTakesLongComesLessOften() {
        Runnable request = debounce.of(1, () -> {
            calls++;
            now += 50 * MILLI;
        });
        request.run();
        pass(0);
        request.run();
        assertEquals(450, debounce.millis());
        pass(449);
        assertEquals(1, calls);
        pass(1);
        assertEquals(2, calls);
    }

    @Test
    void keepsThemApartAndForgets() {
        debounce.of(1, () -> calls++).run();
        Runnable other = debounce.of(2, () -> calls += 10);
        pass(0);
        assertEquals(1, calls);
        other.run();
        debounce.forget(2);
        other.run();
        pass(1000);
        assertEquals(1, calls);
        assertEquals(-1, debounce.millis());
    }
}
