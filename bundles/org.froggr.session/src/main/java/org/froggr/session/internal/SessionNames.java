package org.froggr.session.internal;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.ShellWord;

/** What may be a session's name, and which names resemble each other. */
final class SessionNames {
    private static final int LONGEST = 64;
    private static final Pattern LOOKS_LIKE_ID = Pattern.compile("[0-9a-fA-F-]+");

    private SessionNames() {}

    /** @throws FroggrException USAGE if it could be taken for an id or for a word of the command line */
    static String check(String name) throws FroggrException {
        if (name.isEmpty() || name.length() > LONGEST) {
            throw refused(name, "has to have 1 to " + LONGEST + " characters");
        }
        if (name.equals("new") || name.startsWith("-")) {
            throw refused(name, "is a word of the command line");
        }
        if (LOOKS_LIKE_ID.matcher(name).matches()) {
            throw refused(name, "could be an id: it consists of hex digits and dashes alone");
        }
        if (name.chars().anyMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c) || c == '/')) {
            throw refused(name, "may hold no blanks, slashes or control characters");
        }
        return name;
    }

    private static FroggrException refused(String name, String why) {
        return FroggrException.of(Fault.USAGE, "the session name " + ShellWord.quote(name) + " " + why)
                .hint("a name such as 'dev'");
    }

    /** The three of {@code known} that share most with {@code wanted}. */
    static List<String> nearest(String wanted, List<String> known) {
        return known.stream()
                .sorted(Comparator.comparingInt((String k) -> distance(wanted, k)))
                .limit(3)
                .toList();
    }

    /** Levenshtein distance to the beginning of {@code known} that is as long as {@code wanted}. */
    private static int distance(String wanted, String known) {
        String other = known.length() > wanted.length() ? known.substring(0, wanted.length()) : known;
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= wanted.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (wanted.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
