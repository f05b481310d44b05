package org.froggr.transport.pipe.internal;

import java.util.Locale;
import java.util.Optional;

/**
 * A line of the control pipe: {@code WORD PID SLOT}, and for {@code ready} and {@code winch} perhaps the
 * rows and columns of a terminal.
 *
 * @param word {@code frg}, {@code ready} or {@code winch}
 * @param pid the client's process id
 * @param slot number of its slot
 * @param rows 0 if not given
 * @param columns 0 if not given
 */
record BellLine(Word word, long pid, int slot, int rows, int columns) {
    /** What it is about. */
    enum Word {
        /** A request is in the slot. */
        FRG,
        /** The client has opened the slot's other pipes. */
        READY,
        /** The window of the client's terminal has another size. */
        WINCH
    }

    private static final int MAX_DIGITS = 9;
    private static final int SHORT = 3;
    private static final int LONG = 5;

    /** Empty if it is not of this form. */
    static Optional<BellLine> parse(String line) {
        String[] words = line.split(" ", -1);
        Optional<Word> word = word(words[0]);
        boolean plain = words.length == SHORT || words.length == LONG;
        for (int i = 1; i < words.length; i++) {
            plain &= isNumber(words[i]);
        }
        if (!plain || word.isEmpty()) {
            return Optional.empty();
        }
        boolean size = words.length == LONG;
        return Optional.of(new BellLine(
                word.get(),
                Long.parseLong(words[1]),
                Integer.parseInt(words[2]),
                size ? Integer.parseInt(words[SHORT]) : 0,
                size ? Integer.parseInt(words[SHORT + 1]) : 0));
    }

    private static Optional<Word> word(String text) {
        for (Word word : Word.values()) {
            if (word.name().toLowerCase(Locale.ROOT).equals(text)) {
                return Optional.of(word);
            }
        }
        return Optional.empty();
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
