package org.froggr.shell.internal.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.ShellWord;

/**
 * A command line, cut where the verb is. Options that all verbs share may stand before it.
 *
 * @param shared the options before the verb
 * @param verb its name, if there is one
 * @param rest what follows it
 */
record Words(List<String> shared, Optional<String> verb, List<String> rest) {
    static Words of(List<String> arguments) throws FroggrException {
        int at = 0;
        while (at < arguments.size() && arguments.get(at).startsWith("-")) {
            requireShared(arguments.get(at));
            at++;
        }
        boolean none = at == arguments.size();
        return new Words(
                List.copyOf(arguments.subList(0, at)),
                none ? Optional.empty() : Optional.of(arguments.get(at)),
                none ? List.of() : List.copyOf(arguments.subList(at + 1, arguments.size())));
    }

    private static void requireShared(String option) throws FroggrException {
        if (!SharedOptions.isOne(option)) {
            throw FroggrException.of(Fault.USAGE, "unknown option " + ShellWord.quote(option) + " before the verb")
                    .hint("frg --help");
        }
    }

    /** The words of {@code frg VERB --help}. */
    static Words help(String verb) {
        return new Words(List.of("--help"), Optional.of(verb), List.of());
    }

    /** Whether a shared option stands before the verb, by itself or in a cluster such as {@code -qh}. */
    boolean has(char letter, String name) {
        return shared.stream().anyMatch(word ->
                word.equals(name) || !word.startsWith("--") && word.indexOf(letter) > 0);
    }

    /** What picocli shall parse. */
    List<String> forVerb() {
        List<String> all = new ArrayList<>(shared);
        all.addAll(rest);
        return all;
    }

    /** Whether the raw words ask for JSON; known before they have been parsed, so that errors obey. */
    static boolean wantJson(List<String> arguments) {
        for (String word : arguments) {
            if (word.equals("--")) {
                return false;
            }
            if (word.equals("--json")) {
                return true;
            }
        }
        return false;
    }
}
