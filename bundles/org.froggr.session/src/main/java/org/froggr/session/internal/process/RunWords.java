package org.froggr.session.internal.process;

import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/**
 * A command as the word {@code run} of {@code lib/frg-anchor} takes it: the program as it is, then all
 * arguments as one word, in which printf(1) of the shell finds every byte again.
 */
final class RunWords {
    /** xargs(1) would make two commands of more; two longest paths and their options fit by far. */
    private static final int MAX_ARGUMENT_BYTES = 64 * 1024;

    private RunWords() {}

    /**
     * @throws ErrnoException E2BIG if the arguments are too long
     * @throws IllegalArgumentException if there is no argument, or the program's name is no plain word
     */
    static String of(List<BytePath> command) throws ErrnoException {
        String program = command.get(0).toString();
        if (command.size() < 2 || !program.matches("[A-Za-z0-9_./+-]+")) {
            throw new IllegalArgumentException("not a program with arguments: " + command);
        }
        StringBuilder words = new StringBuilder(program).append(' ');
        int length = 0;
        for (BytePath argument : command.subList(1, command.size())) {
            for (byte b : argument.cString()) {
                append(b & 0xff, words);
            }
            length += argument.length() + 1;
        }
        if (length > MAX_ARGUMENT_BYTES) {
            throw new ErrnoException(Errno.E2BIG, program);
        }
        return words.toString();
    }

    /** Letters, digits and slashes stay; the rest is written as {@code \0ooo} (printf(1), %b). */
    private static void append(int b, StringBuilder words) {
        if (b < 0x80 && (Character.isLetterOrDigit(b) || b == '/')) {
            words.append((char) b);
        } else {
            words.append("\\0").append((char) ('0' + (b >> 6))).append((char) ('0' + (b >> 3 & 7)));
            words.append((char) ('0' + (b & 7)));
        }
    }
}
