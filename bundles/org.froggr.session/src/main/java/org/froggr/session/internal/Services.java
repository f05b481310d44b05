package org.froggr.session.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Services of one kind by key, which come and go while they are used. A service that goes is first
 * drained: {@link #remove} waits for the calls in flight, and new calls wait for a replacement.
 *
 * @param <T> the service
 */
final class Services<T> {
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);

    private final String keyProperty;
    private final Duration replacementLimit;
    private final List<Held<T>> held = new ArrayList<>();
    private final Map<String, Long> goneAtNanos = new HashMap<>();

    /**
     * @param keyProperty service property whose value, String or String[], is the key
     * @param replacementLimit how long after a service went a call waits for another
     */
    Services(String keyProperty, Duration replacementLimit) {
        this.keyProperty = keyProperty;
        this.replacementLimit = replacementLimit;
    }

    private static final class Held<T> {
        final T service;
        final Map<String, ?> properties;
        final List<String> keys;
        final int ranking;
        int calls;

        Held(T service, Map<String, ?> properties, String keyProperty) {
            this.service = service;
            this.properties = properties;
            this.keys = keys(properties.get(keyProperty));
            this.ranking = properties.get("service.ranking") instanceof Integer number ? number : 0;
        }
    }

    /** One use of a service; it stays until this is closed. */
    final class Lease implements AutoCloseable {
        private final Held<T> of;

        private Lease(Held<T> of) {
            this.of = of;
        }

        T service() {
            return of.service;
        }

        @Override
        public void close() {
            synchronized (held) {
                of.calls--;
                held.notifyAll();
            }
        }
    }

    void add(T service, Map<String, ?> properties) {
        synchronized (held) {
            held.add(new Held<>(service, properties, keyProperty));
            held.sort(Comparator.comparingInt(h -> -h.ranking));
            held.notifyAll();
        }
    }

    static List<String> keys(Object value) {
        if (value instanceof String[] several) {
            return List.of(several);
        }
        return value == null ? List.of() : List.of(value.toString());
    }

    /** Takes a service out and waits, for a few seconds at most, until nobody is in it. */
    void remove(T service) {
        synchronized (held) {
            Optional<Held<T>> found = held.stream().filter(h -> h.service == service).findFirst();
            if (found.isPresent()) {
                held.remove(found.get());
                found.get().keys.forEach(key -> goneAtNanos.put(key, System.nanoTime()));
                await(DRAIN_LIMIT, () -> found.get().calls == 0);
            }
        }
    }

    /** The highest ranked service of that key; waits for a replacement if one has just gone. */
    Optional<Lease> lease(String key) {
        return lease(key, timeLeftFor(key));
    }

    private Duration timeLeftFor(String key) {
        synchronized (held) {
            Long gone = goneAtNanos.get(key);
            return gone == null ? Duration.ZERO : replacementLimit.minusNanos(System.nanoTime() - gone);
        }
    }

    /** The highest ranked service of that key, waited for as long as {@code limit} says; empty if none comes. */
    Optional<Lease> lease(String key, Duration limit) {
        synchronized (held) {
            await(limit, () -> find(key).isPresent());
            return find(key).map(found -> {
                found.calls++;
                return new Lease(found);
            });
        }
    }

    /** Calls {@code action} with each service and its properties. */
    void forEach(BiConsumer<T, Map<String, ?>> action) {
        List<Held<T>> now;
        synchronized (held) {
            now = List.copyOf(held);
        }
        now.forEach(h -> action.accept(h.service, h.properties));
    }

    /** All keys there are now. */
    List<String> keys() {
        synchronized (held) {
            return held.stream().flatMap(h -> h.keys.stream()).distinct().sorted().toList();
        }
    }

    private Optional<Held<T>> find(String key) {
        return held.stream().filter(h -> h.keys.contains(key)).findFirst();
    }

    private interface Condition {
        boolean holds();
    }

    /** Waits under the lock; an interrupt ends the wait and stays set. */
    private void await(Duration limit, Condition condition) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            for (long left = limit.toNanos(); left > 0 && !condition.holds(); left = end - System.nanoTime()) {
                held.wait(left / 1_000_000, (int) (left % 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
