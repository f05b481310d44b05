package org.froggr.shell.internal.command;

import java.util.List;
import java.util.Optional;
import org.froggr.shell.internal.render.Styles;
import org.froggr.shell.internal.render.Table;

/** What {@code frg --help} says. */
final class MainHelp {
    private static final String ABOUT =
            """
            mount and bind for Linux as Plan 9 has them, in sessions that own what they made.
            """;

    private static final String SHARED =
            """
              -h, --help      Show this help, or that of a verb, and exit.
              -V, --version   Show the version and exit.
              -v, --verbose   Say what is being done, on standard error.
              -q, --quiet     Say nothing on standard error but errors.
                  --json      Print one JSON document instead of text.
            """;

    private static final String STATUS =
            """
              0 done; 64 usage; 65, 66 wrong or missing input; 69 not available; 70 a defect of Froggr;
              71 the kernel refused; 73 cannot create; 74 input or output; 75 busy, try again; 77 no permission.
            """;

    private static final String VARIABLES =
            """
              FROGGR_HOME     Where sessions and the platform are kept, instead of /tmp/froggr.
              FROGGR_SESSION  The session to act on; set by frg exec and frg enter.
              NO_COLOR        No colours, if it is not empty.
            """;

    private final VerbCatalogue catalogue;

    MainHelp(VerbCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    String text(boolean color) {
        Styles styles = new Styles(color);
        return styles.bold("Usage:") + " frg [OPTIONS] VERB [ARGUMENTS]\n\n"
                + ABOUT
                + heading(styles, "Verbs") + verbs(styles)
                + heading(styles, "Options of all verbs") + SHARED
                + heading(styles, "Environment") + VARIABLES
                + heading(styles, "Exit status") + STATUS
                + "\nfrg VERB --help tells more.\n";
    }

    private static String heading(Styles styles, String text) {
        return "\n" + styles.bold(text + ":") + "\n";
    }

    private String verbs(Styles styles) {
        Table table = Table.withoutHeader(2);
        for (VerbOffer offer : catalogue.list()) {
            table.row("  " + styles.yellow(String.join(", ", offer.names())), summary(offer));
        }
        return table.text();
    }

    private static String summary(VerbOffer offer) {
        Optional<VerbLease> lease = offer.source().get();
        if (lease.isEmpty()) {
            return "";
        }
        try (VerbLease open = lease.get()) {
            return open.command().summary();
        }
    }

    /** Names that {@code typed} may have meant, best first, three at most. */
    List<String> near(String typed) {
        return Nearest.to(typed, catalogue.names());
    }
}
