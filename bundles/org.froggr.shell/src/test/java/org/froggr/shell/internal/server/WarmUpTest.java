package org.froggr.shell.internal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.froggr.shell.internal.command.VerbOffer;
import org.froggr.shell.internal.testing.Frg;
import org.froggr.shell.internal.testing.RecordingExchange;
import org.froggr.spi.command.CommandContext;
import org.froggr.spi.command.Verb;
import org.froggr.spi.transport.ExchangeHandler;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class WarmUpTest {
    private final Frg frg = new Frg();
    private final List<List<String>> asked = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();

    private final ExchangeHandler handler = exchange -> {
        asked.add(exchange.arguments());
        frg.runner.handle(exchange);
    };

    /** Tells when it has begun, and ends when it is told to. */
    @Command(name = "wait")
    private record Waiting(CountDownLatch begun, CountDownLatch end) implements Verb {
        @Override
        public int run(CommandContext context) throws InterruptedException {
            begun.countDown();
            end.await();
            return 0;
        }
    }

    private WarmUp warmUp() {
        return new WarmUp(handler, frg.catalogue, frg.activity, () -> true, nanos::get);
    }

    @Test
    void itListsSessionsAsTextAndAsJsonAndDoesNothingElse() {
        frg.run("session", "-l");
        warmUp().run();
        assertEquals(200, asked.size());
        assertEquals(List.of("session", "-l"), asked.get(0));
        assertEquals(List.of("session", "-l", "--json"), asked.get(1));
        assertEquals(2, asked.stream().distinct().count());
        assertTrue(frg.manager.attached.isEmpty() && frg.manager.created.isEmpty() && frg.manager.killed.isEmpty());
    }

    @Test
    void itMakesTheModelOfEveryVerb() {
        frg.run("session", "-l");
        AtomicInteger made = new AtomicInteger();
        frg.catalogue.add(new VerbOffer(List.of("x"), 1, new VerbOffer.Rank(0, 99), () -> {
            made.incrementAndGet();
            return Optional.empty();
        }));
        warmUp().run();
        assertEquals(1, made.get());
    }

    @Test
    void withManySessionsItDoesLess() {
        frg.run("session", "-l");
        ExchangeHandler slow = exchange -> {
            asked.add(exchange.arguments());
            nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
        };
        new WarmUp(slow, frg.catalogue, frg.activity, () -> true, nanos::get).run();
        assertEquals(6, asked.size());
    }

    @Test
    void itEndsWithThePlatform() {
        frg.run("session", "-l");
        new WarmUp(handler, frg.catalogue, frg.activity, () -> asked.size() < 10, nanos::get).run();
        assertEquals(10, asked.size());
    }

    @Test
    void withoutAnyCallItBeginsAfterASecond() {
        AtomicInteger looks = new AtomicInteger();
        WarmUp warmUp = new WarmUp(handler, frg.catalogue, frg.activity, () -> true, () -> {
            boolean waits = asked.isEmpty();
            return waits ? looks.incrementAndGet() * TimeUnit.MILLISECONDS.toNanos(250) : 0;
        });
        warmUp.run();
        assertEquals(200, asked.size());
        assertTrue(looks.get() >= 5, looks + " looks at the clock");
    }

    @Test
    void itStepsAsideForARealCall() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        frg.run("session", "-l");
        frg.offer(() -> new Waiting(begun, end), 500, "wait");
        Thread call = new Thread(() -> frg.run(new RecordingExchange("wait")));
        call.start();
        begun.await();
        List<Integer> inFlight = new ArrayList<>();
        AtomicInteger looks = new AtomicInteger();
        Thread warming = new Thread(new WarmUp(
                exchange -> inFlight.add(frg.activity.inFlight()), frg.catalogue, frg.activity, () -> {
            if (looks.incrementAndGet() == 20) {
                end.countDown();
            }
            return true;
        }, nanos::get));
        warming.start();
        warming.join();
        call.join();
        assertEquals(List.of(0), inFlight.stream().distinct().toList());
    }
}
