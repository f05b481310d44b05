package org.froggr.itests.benchmark.files;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Measures everything and prints the tables. Run as root, by {@code itests/benchmark/files/run}. */
public final class FilesBenchmark {
    /** It takes minutes; the table comes last. */
    private static final PrintStream PROGRESS =
            new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);

    private final Settings settings;
    private final Stage stage;
    private final Table table = new Table();
    private final List<Goal> goals = new ArrayList<>();

    private FilesBenchmark(Settings settings, Stage stage) {
        this.settings = settings;
        this.stage = stage;
    }

    /** Exit status 0 whether the goals are reached or not: a busy machine is no defect. */
    public static void main(String[] arguments) {
        String report = measure(Settings.of(arguments));
        // Not closed: Maven, in whose process this runs, has more to say.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        out.println(report);
    }

    static String measure(Settings settings) {
        try (Stage stage = new Stage()) {
            return new FilesBenchmark(settings, stage).run();
        }
    }

    private String run() {
        List<Contender> contenders = Contender.all().stream()
                .filter(contender -> settings.hasSystem(contender.name()))
                .toList();
        Rows rows = new Rows(stage, settings);
        for (String name : settings.media()) {
            Medium medium = Medium.make(stage, name, settings);
            if (name.equals(settings.media().get(0))) {
                rows.prepare(medium);
            }
            List<Mounted> mounted = contenders.stream()
                    .map(contender -> contender.mounting().mount(contender, medium))
                    .toList();
            Figures figures = figures(rows, mounted);
            table.figures(name, figures, contenders);
            goals.addAll(Goals.of(name, figures));
            if (settings.size().mounts() > 0
                    && name.equals(settings.media().get(settings.media().size() - 1))) {
                table.list("Weight", new Weight(medium, settings).measure());
            }
        }
        return table.list("Goals of speed", goals).toString();
    }

    private Figures figures(Rows rows, List<Mounted> all) {
        Figures figures = new Figures();
        for (Row row : rows.all()) {
            if (!settings.hasRow(row.name())) {
                continue;
            }
            long begin = System.nanoTime();
            // A round to warm up comes first, but for what takes long.
            for (int round = row.isLong() ? 0 : -1; round < settings.rounds(); round++) {
                round(row, round, all, figures);
            }
            PROGRESS.println(all.get(0).medium().name() + ": " + row.name() + ", "
                    + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin) + " s");
        }
        return figures;
    }

    private static void round(Row row, int round, List<Mounted> all, Figures figures) {
        row.eachRound().accept(all);
        for (int turn = 0; turn < all.size(); turn++) {
            Mounted mounted = all.get((round + 1 + turn) % all.size());
            row.before().accept(mounted);
            double figure = row.measure().applyAsDouble(mounted);
            row.after().accept(mounted);
            if (round >= 0) {
                figures.add(row, mounted.contender(), figure);
            }
        }
    }
}
