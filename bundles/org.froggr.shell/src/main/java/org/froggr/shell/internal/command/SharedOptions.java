package org.froggr.shell.internal.command;

import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The options that every verb has. Built by hand, since picocli's reflection costs at each call. */
final class SharedOptions {
    private static final Pattern SHORT = Pattern.compile("-[vqhV]+");
    private static final List<String> LONG = List.of("--verbose", "--quiet", "--help", "--version", "--json");
    private static final int LAST = 1000;

    private SharedOptions() {}

    static boolean isOne(String word) {
        return LONG.contains(word) || SHORT.matcher(word).matches();
    }

    static void addTo(CommandSpec spec) {
        spec.addOption(flag("--json").description("Print one JSON document instead of text.").build());
        spec.addOption(flag("-v", "--verbose").description("Say what is being done, on standard error.").build());
        spec.addOption(flag("-q", "--quiet").description("Say nothing on standard error but errors.").build());
        spec.addOption(flag("-h", "--help").description("Show this help and exit.").usageHelp(true).build());
        spec.addOption(flag("-V", "--version").description("Show the version and exit.").versionHelp(true).build());
    }

    private static OptionSpec.Builder flag(String name, String... more) {
        return OptionSpec.builder(name, more)
                .type(boolean.class)
                .arity("0")
                .order(LAST)
                .scopeType(ScopeType.INHERIT);
    }

    static Invocation.Flags flags(ParseResult parsed) {
        return new Invocation.Flags(isSet(parsed, "--json"), isSet(parsed, "--verbose"), isSet(parsed, "--quiet"));
    }

    static boolean isSet(ParseResult parsed, String name) {
        // Not hasMatchedOption, which looks through all options that there are, and interpolates their names.
        return parsed.matchedOptions().stream().anyMatch(option -> option.longestName().equals(name))
                || parsed.hasSubcommand() && isSet(parsed.subcommand(), name);
    }
}
