package org.froggr.itests.posix;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.froggr.itests.posix.Result.Verdict;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The program. Exit status 0 if no case fails, 1 if one does, 2 for bad arguments, 3 if the list itself is broken. */
@Command(
        name = "posix",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 3,
        description = "Runs a list of cases of what POSIX and the Linux man pages demand on any mount point.")
public final class Posix implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "DIRECTORY",
            description = "Where: a directory on the file system under test.")
    private Path mount;

    @Option(names = "--list", description = "Print the cases and run none.")
    private boolean list;

    @Option(names = "--only", paramLabel = "GLOB", description = "Cases whose id matches; may be repeated.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--except", paramLabel = "GLOB", description = "Not those whose id matches; may be repeated.")
    private List<String> except = new ArrayList<>();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results there, too.")
    private Path json;

    @Option(names = "--label", description = "What the results are of.", defaultValue = "")
    private String label;

    @Option(
            names = "--user",
            paramLabel = "UID[:GID[,GROUP...]]",
            description = "Run the cases as that user; needs root.")
    private String user;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Of one case, after which it is a failure (${DEFAULT-VALUE}).")
    private int timeoutSeconds;

    @Option(names = "--small", paramLabel = "DIRECTORY", description = "On a file system of some megabytes, to fill.")
    private String small;

    @Option(names = "--wide", defaultValue = "5000", description = "Entries of the wide directory (${DEFAULT-VALUE}).")
    private int wide;

    @Option(names = "--seed", defaultValue = "1", description = "Of what is random (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--backing",
            paramLabel = "DIRECTORY",
            description = "Of a bare file system, which says what may be expected of the one under test; the same "
                    + "directory if that is a bare one. Without it everything is expected.")
    private String backing;

    @Option(
            names = "--without",
            split = ",",
            paramLabel = "NEED",
            description = "What is not to be expected: ${COMPLETION-CANDIDATES}.")
    private Set<Need> without = EnumSet.noneOf(Need.class);

    @Option(
            names = "--compare",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Run nothing, but print the failures of these results beside each other.")
    private List<Path> compared = List.of();

    @Option(names = {"-v", "--verbose"}, description = "Print each case as it ends.")
    private boolean verbose;

    @Option(names = "--skips", description = "Print what was skipped and why.")
    private boolean skips;

    private final PrintStream out;

    Posix(PrintStream out) {
        this.out = out;
    }

    /** See {@code --help}. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int status = new CommandLine(new Posix(out))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
        // A case that hangs must not keep the program.
        Runtime.getRuntime().halt(status);
    }

    @Override
    public Integer call() throws Exception {
        if (!compared.isEmpty()) {
            Comparison.of(compared).print(out);
            return 0;
        }
        List<Case> cases = chosen();
        if (list) {
            cases.forEach(test -> out.println(test.id() + (test.needs().isEmpty() ? "" : " " + test.needs())));
            return 0;
        }
        if (mount == null) {
            throw new CommandLine.ParameterException(new CommandLine(this), "DIRECTORY is missing");
        }
        String where = mount.toAbsolutePath().toString();
        Settings settings = new Settings(
                where,
                user == null ? null : User.parse(user),
                small,
                wide,
                seed,
                Duration.ofSeconds(timeoutSeconds));
        Report report = new Report(run(cases, settings));
        report.print(out, skips);
        if (json != null) {
            report.write(json, label.isEmpty() ? where : label);
        }
        return report.count(Verdict.FAIL) == 0 ? 0 : 1;
    }

    private List<Case> chosen() {
        List<PathMatcher> wanted = matchers(only);
        List<PathMatcher> unwanted = matchers(except);
        return Catalogue.all().stream()
                .filter(test -> only.isEmpty() || matches(wanted, test))
                .filter(test -> !matches(unwanted, test))
                .toList();
    }

    private static List<PathMatcher> matchers(List<String> globs) {
        return globs.stream()
                .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
                .toList();
    }

    private static boolean matches(List<PathMatcher> matchers, Case test) {
        return matchers.stream().anyMatch(matcher -> matcher.matches(Path.of(test.id())));
    }

    private Set<Need> present(Settings settings) throws Exception {
        Set<Need> present = EnumSet.allOf(Need.class);
        if (backing != null) {
            present.removeAll(EnumSet.range(Need.XATTR, Need.TERABYTE));
            present.addAll(Features.of(backing));
        }
        present.removeAll(without);
        if (!settings.root()) {
            present.remove(Need.ROOT);
        }
        if (small == null) {
            present.remove(Need.SPACE);
        }
        if (Sys.access(Call.name("/proc/self/fd"), Linux.R_OK) != 0) {
            present.remove(Need.PROC);
        }
        return present;
    }

    // Closed by hand, since what comes of that is a result, too.
    @SuppressWarnings("resource")
    private List<Result> run(List<Case> cases, Settings settings) throws Exception {
        Steward.begin();
        Preload.everything();
        List<Result> results = new ArrayList<>();
        Runner runner = new Runner(settings, present(settings));
        for (Case test : cases) {
            Result result = runner.run(test);
            results.add(result);
            if (verbose) {
                out.println(result.verdict() + " " + result.id() + " " + result.millis() + " ms");
            }
        }
        try {
            runner.close();
        } catch (IOException e) {
            String id = "clean-up/01-what-was-made-can-be-removed";
            results.add(new Result(id, "clean-up", Verdict.FAIL, e.getMessage(), 0));
        }
        return results;
    }
}
