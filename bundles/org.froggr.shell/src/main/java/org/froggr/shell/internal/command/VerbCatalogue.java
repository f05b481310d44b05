package org.froggr.shell.internal.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The verbs on offer at this moment. Readers see one consistent snapshot; they never wait. */
public final class VerbCatalogue {
    private final List<VerbOffer> offers = new ArrayList<>();
    private final List<Consumer<Set<String>>> watchers = new CopyOnWriteArrayList<>();
    private volatile Map<String, VerbOffer> byName = Map.of();

    /** Puts a verb on offer. */
    public synchronized void add(VerbOffer offer) {
        offers.add(offer);
        publish();
    }

    /** Takes it back. */
    public synchronized void remove(VerbOffer offer) {
        offers.remove(offer);
        publish();
    }

    /** Tells {@code watcher} all names, now and whenever they change. Calls never overlap. */
    public synchronized void watch(Consumer<Set<String>> watcher) {
        watchers.add(watcher);
        watcher.accept(byName.keySet());
    }

    public synchronized void unwatch(Consumer<Set<String>> watcher) {
        watchers.remove(watcher);
    }

    private void publish() {
        Map<String, VerbOffer> next = new TreeMap<>();
        for (VerbOffer offer : offers) {
            offer.names().forEach(name -> next.merge(name, offer, VerbCatalogue::better));
        }
        boolean renamed = !next.keySet().equals(byName.keySet());
        byName = next;
        if (renamed) {
            watchers.forEach(watcher -> watcher.accept(next.keySet()));
        }
    }

    private static VerbOffer better(VerbOffer a, VerbOffer b) {
        return a.rank().compareTo(b.rank()) >= 0 ? a : b;
    }

    /** The verb of this name. */
    public Optional<VerbOffer> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Each verb that some name leads to, in the order in which people shall see them. */
    public List<VerbOffer> list() {
        return byName.values().stream()
                .distinct()
                .sorted(Comparator.comparingInt(VerbOffer::position).thenComparing(VerbOffer::name))
                .toList();
    }

    /** All names and aliases. */
    public Collection<String> names() {
        return byName.keySet();
    }
}
