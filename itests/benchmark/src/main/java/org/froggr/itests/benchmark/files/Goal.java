package org.froggr.itests.benchmark.files;

import java.util.Locale;

/**
 * A figure and what it should be.
 *
 * @param what is measured, with its unit
 * @param figure the measurement
 * @param wanted for people; empty if any figure will do
 * @param reached whether it is what it should be
 * @param where it is not reached; may be empty
 */
record Goal(String what, double figure, String wanted, boolean reached, String where) {
    static Goal atMost(String what, double figure, double most) {
        return new Goal(what, figure, "at most " + plain(most), figure <= most, "");
    }

    static Goal atLeast(String what, double figure, double least) {
        return new Goal(what, figure, "at least " + plain(least), figure >= least, "");
    }

    static Goal none(String what, double figure) {
        return new Goal(what, figure, "", true, "");
    }

    Goal because(String text) {
        return new Goal(what, figure, wanted, reached, text);
    }

    String verdict() {
        if (wanted.isEmpty()) {
            return "";
        }
        return reached ? "reached" : where.isEmpty() ? "**missed**" : "**missed**: " + where;
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.3g", value);
    }
}
