package org.froggr.itests.benchmark.files;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is measured.
 *
 * @param rounds how often each row is measured; the median counts
 * @param media file systems below: {@code tmpfs}, {@code ext4}
 * @param systems names of {@link Contender}s, all if empty
 * @param rows names of {@link Row}s, all if empty
 * @param size how much of it
 */
record Settings(int rounds, List<String> media, List<String> systems, List<String> rows, Size size) {
    private static final List<String> OPTIONS =
            List.of("--rounds", "--media", "--systems", "--rows", "--untar", "--mounts", "--small");

    /**
     * Numbers of things.
     *
     * @param megabytes size of the file that is read and written
     * @param directories directories in the tree
     * @param files files in each of them
     * @param wide entries of the wide directory
     * @param churn files made and removed
     * @param untar files of /usr/include that are unpacked
     * @param mounts how many mounts are made to weigh them, 0 for none
     */
    record Size(int megabytes, int directories, int files, int wide, int churn, int untar, int mounts) {
        static final Size FULL = new Size(64, 500, 100, 10_000, 1_000, 2_000, 100);

        /** Too small to say anything, but all of it is run. */
        static final Size SMALL = new Size(8, 5, 20, 100, 50, 20, 3);
    }

    /** @throws IllegalArgumentException with a message for the user */
    static Settings of(String... arguments) {
        Map<String, String> given = new TreeMap<>();
        for (String argument : arguments) {
            String[] option = argument.split("=", 2);
            if (!argument.isEmpty() && !OPTIONS.contains(option[0])) {
                throw new IllegalArgumentException("unknown: " + argument + "; there are " + OPTIONS);
            }
            given.put(option[0], option[option.length - 1]);
        }
        Size size = given.containsKey("--small") ? Size.SMALL : Size.FULL;
        return new Settings(
                number(given, "--rounds", 5),
                list(given, "--media", "tmpfs,ext4"),
                list(given, "--systems", ""),
                list(given, "--rows", ""),
                new Size(
                        size.megabytes,
                        size.directories,
                        size.files,
                        size.wide,
                        size.churn,
                        number(given, "--untar", size.untar),
                        number(given, "--mounts", size.mounts)));
    }

    private static int number(Map<String, String> given, String option, int otherwise) {
        return Integer.parseInt(given.getOrDefault(option, Integer.toString(otherwise)));
    }

    private static List<String> list(Map<String, String> given, String option, String otherwise) {
        String text = given.getOrDefault(option, otherwise);
        return text.isEmpty() ? List.of() : List.of(text.split(","));
    }

    boolean hasSystem(String name) {
        return systems.isEmpty() || systems.contains(name);
    }

    /** A row is meant by the beginning of its name. */
    boolean hasRow(String name) {
        return rows.isEmpty() || rows.stream().anyMatch(name::startsWith);
    }
}
