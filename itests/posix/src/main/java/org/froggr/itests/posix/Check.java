package org.froggr.itests.posix;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/** What cases demand. Every method throws {@link Failure} if it is not so. */
final class Check {
    private Check() {}

    /** The action fails with one of these errors. */
    static void fails(Action action, Errno... expected) throws Exception {
        String names = Arrays.stream(expected).map(Errno::name).collect(Collectors.joining(" or "));
        try {
            action.run();
        } catch (ErrnoException e) {
            if (Arrays.stream(expected).noneMatch(e::is)) {
                throw new Failure(what(e) + ": expected " + names + ", got " + name(e.number()));
            }
            return;
        }
        throw new Failure("expected " + names + ", succeeded");
    }

    static void fails(Errno expected, Action action) throws Exception {
        fails(action, expected);
    }

    static void that(boolean holds, String what) throws Failure {
        if (!holds) {
            throw new Failure("not so: " + what);
        }
    }

    /** Numbers are compared by value, whatever their type. */
    static void same(Object expected, Object actual, String what) throws Failure {
        boolean equal = expected instanceof Number a && actual instanceof Number b
                ? a.longValue() == b.longValue()
                : Objects.equals(expected, actual);
        if (!equal) {
            throw new Failure(what + ": expected " + shortened(expected) + ", got " + shortened(actual));
        }
    }

    private static String shortened(Object value) {
        String text = String.valueOf(value);
        return text.length() > 100 ? text.substring(0, 60) + "...(" + text.length() + ")" : text;
    }

    /** Modes and other octal things. */
    static void sameOctal(int expected, int actual, String what) throws Failure {
        if (expected != actual) {
            throw new Failure(what + ": expected 0" + Integer.toOctalString(expected) + ", got 0"
                    + Integer.toOctalString(actual));
        }
    }

    static void same(byte[] expected, byte[] actual, String what) throws Failure {
        int at = Arrays.mismatch(expected, actual);
        if (at >= 0) {
            throw new Failure(what + ": " + actual.length + " bytes, expected " + expected.length
                    + "; first difference at " + at);
        }
    }

    /** Name of an error number, or the number. */
    static String name(int number) {
        return Errno.of(number).map(Errno::name).orElse("errno " + number);
    }

    private static String what(ErrnoException e) {
        String text = e.operation() + (e.path() == null ? "" : " " + e.path().quoted());
        return text.length() > 120 ? text.substring(0, 117) + "..." : text;
    }
}
