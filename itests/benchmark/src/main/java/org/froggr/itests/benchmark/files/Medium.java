package org.froggr.itests.benchmark.files;

/**
 * The file system below, with the files that are read:
 * <pre>
 * s/one          all of them
 * s/b1 s/b2 s/b3 the same, every third in each, the directories in all
 * </pre>
 * All are equal in length and time, so that one index of git's fits every mount.
 */
final class Medium {
    private static final String BRANCHES = "b1 b2 b3";
    private static final int SPACE_GIB = 6;

    private final Stage stage;
    private final String name;
    private final String place;

    private Medium(Stage stage, String name) {
        this.stage = stage;
        this.name = name;
        this.place = stage.froggr().path(name);
    }

    static Medium make(Stage stage, String name, Settings settings) {
        Medium medium = new Medium(stage, name);
        stage.root("mkdir \"$1\" && " + mount(name), medium.place);
        medium.fill(settings);
        return medium;
    }

    /** ext4 is in an image in memory: the figures are those of the file system, without a disk's moods. */
    private static String mount(String name) {
        return switch (name) {
            case "tmpfs" -> "mount -t tmpfs -o mode=755,size=" + SPACE_GIB + "g tmpfs \"$1\"";
            case "ext4" ->
                "mkdir \"$1.image\" && mount -t tmpfs -o size=" + SPACE_GIB + "g tmpfs \"$1.image\" && "
                        + "truncate -s " + SPACE_GIB + "G \"$1.image/disk\" && "
                        + "mkfs.ext4 -q -E lazy_itable_init=0,lazy_journal_init=0 \"$1.image/disk\" && "
                        + "mount -o loop \"$1.image/disk\" \"$1\"";
            default -> throw new IllegalArgumentException("no medium " + name);
        };
    }

    /** In a user namespace, nobody may write to what belongs to a user or group without a number there. */
    private void fill(Settings settings) {
        String files = settings.size().directories() + " " + settings.size().files() + " "
                + settings.size().wide();
        stage.root(
                "cd \"$1\" && mkdir at alias s && cd s && mkdir one " + BRANCHES + " && "
                        + stage.load() + " fill " + files + " one && " + stage.load() + " fill " + files + " "
                        + BRANCHES
                        + " && dd if=/dev/urandom of=one/data bs=1M count="
                        + settings.size().megabytes()
                        + " status=none && cp one/data b2/data && chown " + stage.userIds() + " */work && sync",
                place);
    }

    Stage stage() {
        return stage;
    }

    String name() {
        return name;
    }

    /** A path in it. */
    String path(String below) {
        return place + "/" + below;
    }
}
