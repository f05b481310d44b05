package org.froggr.session.internal.store;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.froggr.api.ByteText;

/**
 * Splits text into lines of words as a POSIX shell does without any expansion (Shell Command Language,
 * 2.2 Quoting): the opposite of {@link org.froggr.api.ShellWord}. Works on bytes, since {@code $'…'} can
 * hold any.
 */
final class ShellLines {
    private static final String SIMPLE_ESCAPES = "abefnrtv";
    private static final byte[] SIMPLE_VALUES = {7, 8, 27, 12, 10, 13, 9, 11};

    private final byte[] text;
    private final List<List<String>> lines = new ArrayList<>();
    private final ByteArrayOutputStream word = new ByteArrayOutputStream();
    private List<String> words = new ArrayList<>();
    private boolean inWord;
    private int at;

    private ShellLines(byte[] text) {
        this.text = text;
    }

    /**
     * The words of each line as ByteText; a line of blanks or a comment has none.
     *
     * @throws IllegalArgumentException if a quote is not closed or an escape means nothing
     */
    static List<List<String>> split(String text) {
        return new ShellLines(ByteText.encode(text)).split();
    }

    private List<List<String>> split() {
        while (at < text.length) {
            byte b = text[at++];
            switch (b) {
                case '\n' -> endLine();
                case ' ', '\t' -> endWord();
                case '\'' -> single();
                case '"' -> doubled();
                case '\\' -> put(next());
                case '#' -> hash();
                case '$' -> dollar();
                default -> put(b);
            }
        }
        endWord();
        if (!words.isEmpty()) {
            endLine();
        }
        return lines;
    }

    private void endWord() {
        if (inWord) {
            words.add(ByteText.decode(word.toByteArray()));
            word.reset();
            inWord = false;
        }
    }

    private void endLine() {
        endWord();
        lines.add(words);
        words = new ArrayList<>();
    }

    private void put(byte b) {
        if (b == 0) {
            throw new IllegalArgumentException("a word cannot hold NUL");
        }
        inWord = true;
        word.write(b);
    }

    private byte next() {
        if (at == text.length) {
            throw new IllegalArgumentException("a quote is not closed");
        }
        return text[at++];
    }

    /** A comment starts only where a word would. */
    private void hash() {
        if (inWord) {
            put((byte) '#');
            return;
        }
        while (at < text.length && text[at] != '\n') {
            at++;
        }
    }

    private void single() {
        inWord = true;
        for (byte b = next(); b != '\''; b = next()) {
            put(b);
        }
    }

    /** Within double quotes a backslash quotes only {@code $ ` " \}. */
    private void doubled() {
        inWord = true;
        for (byte b = next(); b != '"'; b = next()) {
            if (b == '\\' && at < text.length && "$`\"\\".indexOf(text[at]) >= 0) {
                b = next();
            }
            put(b);
        }
    }

    private void dollar() {
        if (at == text.length || text[at] != '\'') {
            put((byte) '$');
            return;
        }
        at++;
        inWord = true;
        for (byte b = next(); b != '\''; b = next()) {
            put(b == '\\' ? escape(next()) : b);
        }
    }

    private byte escape(byte b) {
        int simple = SIMPLE_ESCAPES.indexOf(b);
        if (simple >= 0) {
            return SIMPLE_VALUES[simple];
        }
        if (b == '\\' || b == '\'' || b == '"') {
            return b;
        }
        if (b == 'x') {
            return number(16, 2);
        }
        at--;
        return number(8, 3);
    }

    private byte number(int radix, int mostDigits) {
        int value = 0;
        int digits = 0;
        while (digits < mostDigits && at < text.length && Character.digit(text[at], radix) >= 0) {
            value = value * radix + Character.digit(text[at++], radix);
            digits++;
        }
        if (digits == 0) {
            throw new IllegalArgumentException("an escape in $'' means nothing");
        }
        return (byte) value;
    }
}
