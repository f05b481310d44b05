package org.froggr.fuse.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a take-over could not restore, a sentence each. Any thread. */
final class Losses {
    private static final int MOST = 1000;

    private final Set<String> sentences = new LinkedHashSet<>();

    synchronized void add(String sentence) {
        if (sentences.size() < MOST) {
            sentences.add(sentence);
        }
    }

    synchronized List<String> all() {
        return new ArrayList<>(sentences);
    }
}
