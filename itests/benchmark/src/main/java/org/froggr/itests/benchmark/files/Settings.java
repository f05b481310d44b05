package org.froggr.itests.benchmark.files;

import java.util.Arrays;
import java.util.List;

/**
 * What is measured, and how much of it.
 *
 * @param rounds how often each row is measured; the median counts
 * @param media file systems below: {@code tmpfs}, {@code ext4}
 * @param systems names of {@link Contender}s, all if empty
 * @param rows names of {@link Row}s, all if empty
 * @param megabytes size of the file that is read and written
 * @param directories directories in the tree
 * @param files files in each of them
 * @param wide entries of the wide directory
 * @param churn files made and removed
 * @param mounts how many mounts are made to weigh them, 0 for none
 */
record Settings(
        int rounds,
        List<String> media,
        List<String> systems,
        List<String> rows,
        int megabytes,
        int directories,
        int files,
        int wide,
        int churn,
        int mounts) {
    static final Settings FULL =
            new Settings(5, List.of("tmpfs", "ext4"), List.of(), List.of(), 128, 500, 100, 10_000, 3_000, 100);

    /** Too small to say anything, but all of it is run. */
    static final Settings SMALL = new Settings(1, List.of("tmpfs", "ext4"), List.of(), List.of(), 8, 5, 20, 100, 50, 3);

    /** @throws IllegalArgumentException with a message for the user */
    static Settings of(String... arguments) {
        Settings settings = FULL;
        for (String argument : arguments) {
            if (!argument.isEmpty()) {
                settings = settings.with(argument.split("=", 2));
            }
        }
        return settings;
    }

    private Settings with(String[] option) {
        List<String> values = Arrays.asList(option[option.length - 1].split(","));
        return switch (option[0]) {
            case "--small" -> new Settings(
                    rounds, media, systems, rows, SMALL.megabytes, SMALL.directories, SMALL.files, SMALL.wide,
                    SMALL.churn, SMALL.mounts);
            case "--rounds" -> new Settings(
                    Integer.parseInt(values.get(0)), media, systems, rows, megabytes, directories, files, wide, churn,
                    mounts);
            case "--media" -> new Settings(
                    rounds, values, systems, rows, megabytes, directories, files, wide, churn, mounts);
            case "--systems" -> new Settings(
                    rounds, media, values, rows, megabytes, directories, files, wide, churn, mounts);
            case "--rows" -> new Settings(
                    rounds, media, systems, values, megabytes, directories, files, wide, churn, mounts);
            case "--mounts" -> new Settings(
                    rounds, media, systems, rows, megabytes, directories, files, wide, churn,
                    Integer.parseInt(values.get(0)));
            default -> throw new IllegalArgumentException("unknown: " + option[0]
                    + "; there are --rounds=N --media=tmpfs,ext4 --systems=NAME,… --rows=NAME,… --mounts=N --small");
        };
    }

    boolean hasSystem(String name) {
        return systems.isEmpty() || systems.contains(name);
    }

    /** A row is meant by the beginning of its name. */
    boolean hasRow(String name) {
        return rows.isEmpty() || rows.stream().anyMatch(name::startsWith);
    }
}
