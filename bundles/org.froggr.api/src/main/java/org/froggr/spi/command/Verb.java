package org.froggr.spi.command;

import org.froggr.api.FroggrException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One verb: {@code frg NAME} and the Gogo function {@code froggr:NAME}. A class annotated with picocli's
 * {@code @Command}, {@code @Option} and {@code @Parameters}, registered as an OSGi service of prototype
 * scope with {@link #NAME}: each call gets an instance of its own.
 *
 * <p>The options that all verbs share ({@code -h}, {@code -v}, {@code -q}, {@code --json},
 * {@code --version}) are added by the platform.
 */
@ConsumerType
public interface Verb {
    /** Service property: the verb's names, the first being the one that is shown; String or String[]. */
    String NAME = "froggr.verb";

    /** Service property: position in the list of verbs, ascending; Integer, 1000 unless set. */
    String POSITION = "froggr.verb.position";

    /**
     * Runs the verb. Interrupted when the caller goes away; it then finishes or rolls back.
     *
     * @return the exit status
     * @throws FroggrException shown as an error message, with the fault's exit status; any other
     *     exception counts as a defect
     */
    int run(CommandContext context) throws FroggrException, InterruptedException;
}
