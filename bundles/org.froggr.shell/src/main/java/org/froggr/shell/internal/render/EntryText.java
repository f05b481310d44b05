package org.froggr.shell.internal.render;

import java.util.ArrayList;
import java.util.List;
import org.froggr.api.session.NamespaceEntry;

/** One entry of a namespace in a few words. */
public final class EntryText {
    private EntryText() {}

    /** {@code SOURCE at TARGET (flags)}. */
    public static String line(NamespaceEntry entry) {
        return SessionJson.lower(entry.kind()) + " " + Visible.word(entry.source()) + " at "
                + Visible.word(entry.target().toString()) + " (" + flags(entry) + ")";
    }

    /** Order, options, and what is out of the ordinary. */
    static String flags(NamespaceEntry entry) {
        List<String> words = new ArrayList<>();
        words.add(SessionJson.lower(entry.order()));
        add(words, entry.recursive(), "recursive");
        add(words, entry.create(), "create");
        words.addAll(entry.options());
        add(words, entry.reported(), "reported");
        add(words, !entry.present(), "gone");
        return Visible.line(String.join(",", words));
    }

    private static void add(List<String> words, boolean yes, String word) {
        if (yes) {
            words.add(word);
        }
    }
}
