package org.froggr.session.internal.served;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The unions of one session by their numbers. Any thread. */
final class Heads {
    private final Map<Integer, Head> byNumber = new TreeMap<>();

    synchronized Optional<Head> find(int number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    /** In the order of their numbers. */
    synchronized List<Head> all() {
        return new ArrayList<>(byNumber.values());
    }

    synchronized void put(Head head) {
        byNumber.put(head.number(), head);
    }

    synchronized void remove(int number) {
        byNumber.remove(number);
    }

    /** Takes out all but these. */
    synchronized List<Head> takeAllBut(Set<Integer> numbers) {
        List<Head> taken = new ArrayList<>();
        byNumber.values().removeIf(head -> !numbers.contains(head.number()) && taken.add(head));
        return taken;
    }
}
