package org.froggr.session.internal.store;

import java.util.Arrays;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.linux.Processes;

/** Where the platform's home is, byte for byte. */
final class HomePath {
    /** Framework property and system property with the absolute path. */
    static final String PROPERTY = "froggr.home";

    private HomePath() {}

    /**
     * The path that the property means. Java decodes its command line by the locale, which loses bytes
     * outside ASCII; for these the command line itself is read again.
     */
    static BytePath of(String property) throws FroggrException {
        if (property == null || !property.startsWith("/")) {
            throw FroggrException.of(
                            Fault.BAD_HOME,
                            "the framework property " + PROPERTY + " must be an absolute path, and is " + property)
                    .hint("start the platform by frg");
        }
        boolean ascii = property.chars().allMatch(c -> c < 0x80);
        return BytePath.of(ascii ? property : fromCommandLine(property));
    }

    private static String fromCommandLine(String property) {
        try {
            String prefix = "-D" + PROPERTY + "=";
            String all = ByteText.decode(Processes.commandLine(ProcessHandle.current().pid()));
            return Arrays.stream(all.split("\0"))
                    .filter(argument -> argument.startsWith(prefix))
                    .map(argument -> argument.substring(prefix.length()))
                    .reduce(property, (earlier, later) -> later);
        } catch (ErrnoException e) {
            return property;
        }
    }
}
