package org.froggr.shell.internal.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.froggr.spi.command.CommandContext;
import org.froggr.spi.command.Verb;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class VerbPoolTest {
    private final List<VerbCommand> made = new ArrayList<>();
    private final List<VerbCommand> givenBack = new ArrayList<>();

    /** Remembers its calls, as a verb that somebody else wrote may. */
    @Command(name = "plain")
    private static class Plain implements Verb {
        @Override
        public int run(CommandContext context) {
            return 0;
        }
    }

    @Command(name = "again")
    private static final class Again extends Plain implements Reusable {}

    private VerbPool pool(Class<? extends Verb> type) {
        return new VerbPool(() -> {
            VerbCommand command = new VerbCommand(type == Again.class ? new Again() : new Plain());
            made.add(command);
            return Optional.of(new VerbLease(command, () -> givenBack.add(command)));
        });
    }

    @Test
    void aReusableOneServesTheNextCall() {
        VerbPool pool = pool(Again.class);
        VerbLease first = pool.lease().orElseThrow();
        first.close();
        assertSame(first.command(), pool.lease().orElseThrow().command());
        assertEquals(1, made.size());
        assertTrue(givenBack.isEmpty());
    }

    @Test
    void callsAtOnceHaveOneEach() {
        VerbPool pool = pool(Again.class);
        VerbLease first = pool.lease().orElseThrow();
        VerbLease second = pool.lease().orElseThrow();
        assertNotSame(first.command(), second.command());
        first.close();
        assertSame(first.command(), pool.lease().orElseThrow().command());
    }

    @Test
    void anyOtherServesOneCallAndIsGivenBack() {
        VerbPool pool = pool(Plain.class);
        VerbLease first = pool.lease().orElseThrow();
        first.close();
        assertEquals(made, givenBack);
        assertNotSame(first.command(), pool.lease().orElseThrow().command());
    }

    @Test
    void noMoreThanAFewAreKept() {
        VerbPool pool = pool(Again.class);
        List<VerbLease> leases = new ArrayList<>();
        for (int i = 0; i < VerbPool.MOST_IDLE + 3; i++) {
            leases.add(pool.lease().orElseThrow());
        }
        leases.forEach(VerbLease::close);
        assertEquals(3, givenBack.size());
    }

    @Test
    void whenTheServiceGoesAllAreGivenBackThoseInUseAfterTheirCall() {
        VerbPool pool = pool(Again.class);
        VerbLease used = pool.lease().orElseThrow();
        VerbLease waiting = pool.lease().orElseThrow();
        waiting.close();
        pool.close();
        assertEquals(List.of(waiting.command()), givenBack);
        used.close();
        assertEquals(List.of(waiting.command(), used.command()), givenBack);
    }

    @Test
    void aBundleThatHasGoneOffersNone() {
        assertEquals(Optional.empty(), new VerbPool(Optional::empty).lease());
    }
}
