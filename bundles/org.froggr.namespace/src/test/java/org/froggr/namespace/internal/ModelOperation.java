package org.froggr.namespace.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One random operation. It says all by itself, whatever was done before, so that a sequence can be shortened.
 *
 * @param number whatever number the kind needs
 */
record ModelOperation(Kind kind, List<String> path, List<String> other, int number) {
    enum Kind {
        CREATE(10),
        CREATE_OR_OPEN(5),
        MKDIR(12),
        SYMLINK(2),
        WRITE(6),
        TRUNCATE(3),
        CHMOD(3),
        LINK(5),
        UNLINK(8),
        RMDIR(5),
        RENAME(16),
        OPEN(4),
        WRITE_OPEN(3),
        READ_OPEN(3),
        CLOSE(3),
        FORGET(2),
        LIST_OPEN(2),
        BEHIND_MAKE(4),
        BEHIND_REMOVE(3),
        ADD(1),
        REMOVE(1),
        REORDER(1),
        EXCHANGE(1);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        private static final List<Kind> WEIGHTED = weighted();

        private static List<Kind> weighted() {
            List<Kind> all = new ArrayList<>();
            for (Kind kind : values()) {
                for (int i = 0; i < kind.weight; i++) {
                    all.add(kind);
                }
            }
            return all;
        }
    }

    private static final String[] NAMES = {"a", "b", "c"};
    private static final int[] DEPTHS = {1, 1, 2, 2, 2, 3, 3};

    static ModelOperation random(Random random) {
        Kind kind = Kind.WEIGHTED.get(random.nextInt(Kind.WEIGHTED.size()));
        return new ModelOperation(kind, path(random), path(random), random.nextInt(1 << 16));
    }

    private static List<String> path(Random random) {
        List<String> path = new ArrayList<>();
        for (int i = DEPTHS[random.nextInt(DEPTHS.length)]; i > 0; i--) {
            path.add(NAMES[random.nextInt(NAMES.length)]);
        }
        return path;
    }

    @Override
    public String toString() {
        return kind + " " + String.join("/", path) + " " + String.join("/", other) + " " + number;
    }
}
