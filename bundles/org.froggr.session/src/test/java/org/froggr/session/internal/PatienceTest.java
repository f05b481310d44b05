package org.froggr.session.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.session.internal.process.Holder;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final Holder OURS = new Holder(1, "java", BytePath.of("/t"), "open file");
    private static final Holder THEIRS = new Holder(2, "sh", BytePath.of("/t"), "working directory");

    private List<Holder> holders = List.of();
    private long pausedNanos;
    private int looks;
    private int looksBeforeTry;

    private final Patience patience = new Patience(this::look, OURS::equals, nanos -> pausedNanos += nanos);

    private List<Holder> look() {
        looks++;
        return holders;
    }

    /** Tries until the patience ends, and returns how often. */
    private int tries() {
        int tries = 1;
        while (patience.lasts()) {
            tries++;
            looksBeforeTry = looks;
        }
        return tries;
    }

    @Test
    void whoElseIsSeenEndsItAfterOneMoreTry() {
        holders = List.of(OURS, THEIRS);
        assertEquals(5, tries());
        assertEquals(1, looks);
        assertEquals(looks, looksBeforeTry);
        assertEquals(holders, patience.seen());
    }

    @Test
    void nobodyIsWaitedForASecond() {
        tries();
        assertTrue(pausedNanos >= Duration.ofSeconds(1).toNanos());
        assertTrue(pausedNanos < Duration.ofMillis(1100).toNanos());
        assertEquals(looks, looksBeforeTry);
    }

    @Test
    void ourselvesAreWaitedForLonger() {
        holders = List.of(OURS);
        tries();
        assertTrue(pausedNanos >= Duration.ofSeconds(5).toNanos());
        assertEquals(looks, looksBeforeTry);
    }

    @Test
    void whoComesLaterEndsItToo() {
        holders = List.of(OURS);
        while (looks < 3) {
            assertTrue(patience.lasts());
        }
        holders = List.of(THEIRS);
        tries();
        assertEquals(4, looks);
    }

    @Test
    void mostMomentsEndBeforeAnybodyIsLookedFor() {
        for (int tries = 1; tries < 4; tries++) {
            assertTrue(patience.lasts());
        }
        assertEquals(0, looks);
        assertEquals(List.of(), patience.seen());
    }

    @Test
    void anInterruptEndsIt() {
        Thread.currentThread().interrupt();
        assertFalse(patience.lasts());
        assertTrue(Thread.interrupted());
    }
}
