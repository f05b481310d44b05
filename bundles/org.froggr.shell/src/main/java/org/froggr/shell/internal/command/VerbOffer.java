package org.froggr.shell.internal.command;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One verb that a bundle offers.
 *
 * @param names its names, the first being the one that is shown
 * @param position its place in the list of verbs
 * @param rank decides between two offers of one name: the greater one wins
 * @param source makes an instance for one call; empty once the bundle has gone
 */
public record VerbOffer(List<String> names, int position, Rank rank, Supplier<Optional<VerbLease>> source) {
    public VerbOffer {
        names = List.copyOf(names);
        Objects.requireNonNull(rank);
        Objects.requireNonNull(source);
    }

    /** The name that is shown. */
    public String name() {
        return names.get(0);
    }

    /**
     * The order of OSGi's service references: ranking, then age.
     *
     * @param ranking {@code service.ranking}
     * @param serviceId {@code service.id}
     */
    public record Rank(int ranking, long serviceId) implements Comparable<Rank> {
        @Override
        public int compareTo(Rank other) {
            int byRanking = Integer.compare(ranking, other.ranking);
            return byRanking != 0 ? byRanking : Long.compare(other.serviceId, serviceId);
        }
    }
}
