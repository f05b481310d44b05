package org.froggr.shell.internal.command;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Names that somebody may have meant. */
final class Nearest {
    private static final int MOST = 3;

    private Nearest() {}

    /** Those that differ in at most a third of the letters or continue what was typed, best first. */
    static List<String> to(String typed, Collection<String> names) {
        return names.stream()
                .filter(name -> name.startsWith(typed) || distance(typed, name) <= 1 + typed.length() / 3)
                .sorted(Comparator.<String>comparingInt(name -> distance(typed, name)).thenComparing(name -> name))
                .limit(MOST)
                .toList();
    }

    /** How many letters to insert, drop or change (Levenshtein), one row of the table at a time. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, j -> j);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j - 1], row[j]));
            }
        }
        return row[b.length()];
    }
}
