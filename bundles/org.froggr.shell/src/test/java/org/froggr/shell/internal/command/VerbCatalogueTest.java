package org.froggr.shell.internal.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerbCatalogueTest {
    private final VerbCatalogue catalogue = new VerbCatalogue();

    private static VerbOffer offer(int ranking, long id, int position, String... names) {
        return new VerbOffer(List.of(names), position, new VerbOffer.Rank(ranking, id), Optional::empty);
    }

    @Test
    void theHigherRankingWinsAndTheOlderOfTwoEqualOnes() {
        VerbOffer old = offer(0, 1, 10, "x");
        VerbOffer young = offer(0, 2, 10, "x");
        VerbOffer high = offer(5, 3, 10, "x");
        catalogue.add(young);
        catalogue.add(old);
        assertSame(old, catalogue.find("x").orElseThrow());
        catalogue.add(high);
        assertSame(high, catalogue.find("x").orElseThrow());
        catalogue.remove(high);
        catalogue.remove(old);
        assertSame(young, catalogue.find("x").orElseThrow());
        catalogue.remove(young);
        assertEquals(Optional.empty(), catalogue.find("x"));
    }

    @Test
    void theListIsInOrderOfPosition() {
        catalogue.add(offer(0, 1, 20, "b", "bb"));
        catalogue.add(offer(0, 2, 10, "c"));
        catalogue.add(offer(0, 3, 20, "a"));
        assertEquals(List.of("c", "a", "b"), catalogue.list().stream().map(VerbOffer::name).toList());
        assertEquals(Set.of("a", "b", "bb", "c"), Set.copyOf(catalogue.names()));
    }

    @Test
    void watchersHearOfNamesThatComeAndGo() {
        List<Set<String>> heard = new ArrayList<>();
        catalogue.watch(names -> heard.add(Set.copyOf(names)));
        VerbOffer a = offer(0, 1, 1, "a");
        catalogue.add(a);
        VerbOffer other = offer(9, 2, 1, "a");
        catalogue.add(other);
        catalogue.remove(a);
        catalogue.remove(other);
        assertEquals(List.of(Set.of(), Set.of("a"), Set.of()), heard);
    }

    @Test
    void nearNames() {
        assertEquals(List.of("mount", "umount"), Nearest.to("mont", List.of("mount", "umount", "bind", "ns")));
        assertEquals(List.of("session"), Nearest.to("sess", List.of("session", "ns", "shell")));
        assertEquals(3, Nearest.distance("kitten", "sitting"));
        assertEquals(2, Nearest.distance("", "ab"));
    }
}
