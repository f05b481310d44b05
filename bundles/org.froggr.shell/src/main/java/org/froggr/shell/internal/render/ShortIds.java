package org.froggr.shell.internal.render;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The shortest prefixes, of eight digits or more, that tell some ids apart. */
final class ShortIds {
    private static final int SHORTEST = 8;

    private final int length;

    private ShortIds(int length) {
        this.length = length;
    }

    static ShortIds of(Collection<UUID> ids) {
        List<String> sorted = ids.stream().map(UUID::toString).sorted().toList();
        int needed = SHORTEST;
        for (int i = 1; i < sorted.size(); i++) {
            needed = Math.max(needed, common(sorted.get(i - 1), sorted.get(i)) + 1);
        }
        return new ShortIds(needed);
    }

    private static int common(String a, String b) {
        int i = 0;
        while (i < a.length() && i < b.length() && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        return i;
    }

    String shorten(UUID id) {
        String text = id.toString();
        return text.substring(0, Math.min(length, text.length()));
    }
}
