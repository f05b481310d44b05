package org.froggr.itests.posix;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The cases of one category, in order. */
final class Chapter {
    private final String category;
    private final List<Case> cases = new ArrayList<>();
    private final Set<String> known = new HashSet<>();

    Chapter(String category) {
        this.category = category;
    }

    /**
     * One more case.
     *
     * @param what in words and dashes, ending in the error if one is expected
     */
    Chapter test(String what, Case.Body body, Need... needs) {
        if (!known.add(what)) {
            throw new IllegalArgumentException("twice: " + category + " " + what);
        }
        EnumSet<Need> all = EnumSet.noneOf(Need.class);
        all.addAll(List.of(needs));
        String id = String.format("%s/%02d-%s", category, cases.size() + 1, what);
        cases.add(new Case(id, category, all, body));
        return this;
    }

    List<Case> cases() {
        return cases;
    }
}
