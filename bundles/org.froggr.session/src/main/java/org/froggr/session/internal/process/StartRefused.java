package org.froggr.session.internal.process;

/** An anchor ended before its loop began; the message is what it complained of. */
final class StartRefused extends Exception {
    private static final long serialVersionUID = 1L;

    StartRefused(String said) {
        super(said.isBlank() ? "no reason was given" : said.strip().replace('\n', ' '));
    }
}
