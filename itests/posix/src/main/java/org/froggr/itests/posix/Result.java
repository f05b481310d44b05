package org.froggr.itests.posix;

/**
 * What came of a case.
 *
 * @param detail what failed or why it was skipped, otherwise empty
 */
record Result(String id, String category, Verdict verdict, String detail, long millis) {
    enum Verdict {
        PASS,
        FAIL,
        SKIP
    }

    static Result of(Case test, Verdict verdict, String detail, long millis) {
        return new Result(test.id(), test.category(), verdict, detail, millis);
    }

    boolean failed() {
        return verdict == Verdict.FAIL;
    }
}
