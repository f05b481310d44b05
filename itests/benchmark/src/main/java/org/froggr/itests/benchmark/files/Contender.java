package org.froggr.itests.benchmark.files;

import java.util.ArrayList;
import java.util.List;

/**
 * A file system that takes part.
 *
 * @param name its column
 * @param kind what it shows
 * @param ours whether it is Froggr's
 * @param program what must be installed
 * @param mounting mounts it on a medium
 */
record Contender(String name, Kind kind, boolean ours, String program, Mounting mounting) {
    /** What a file system shows. */
    enum Kind {
        NATIVE,
        SINGLE,
        UNION
    }

    /** Mounts a contender and answers where. */
    @FunctionalInterface
    interface Mounting {
        Mounted mount(Contender contender, Medium medium);
    }

    static final String NATIVE = "native";
    static final String SERVED = "froggr";
    static final String UNION = "froggr-union";
    static final String SERVED_PLAIN = "froggr-user";
    static final String UNION_PLAIN = "froggr-user-union";

    /** Names of union members in the medium, first to last. */
    private static final String[] BRANCHES = {"s/b1", "s/b2", "s/b3"};

    static List<Contender> all() {
        List<Contender> all = new ArrayList<>();
        all.add(new Contender(NATIVE, Kind.NATIVE, false, "true", (c, m) -> Mounted.byRoot(c, m, m.path("s/one"))));
        all.add(new Contender(SERVED, Kind.SINGLE, true, "true", FroggrMounts::served));
        all.add(new Contender(SERVED_PLAIN, Kind.SINGLE, true, "true", FroggrMounts::servedForUser));
        all.add(new Contender(UNION, Kind.UNION, true, "true", FroggrMounts::union));
        all.add(new Contender(UNION_PLAIN, Kind.UNION, true, "true", FroggrMounts::unionForUser));
        all.add(peer("bindfs", Kind.SINGLE, "bindfs", "bindfs s/one"));
        // Creates in the first branch, as the others do; its minimum of free space is more than there is. Without
        // use_ino inode numbers change at any time, and tar gives up.
        all.add(peer(
                "mergerfs",
                Kind.UNION,
                "mergerfs",
                "mergerfs -o category.create=ff,minfreespace=0,use_ino " + String.join(":", BRANCHES)));
        all.add(peer("unionfs-fuse", Kind.UNION, "unionfs", "unionfs " + String.join("=RW:", BRANCHES) + "=RW"));
        all.add(peer(
                "fuse-overlayfs",
                Kind.UNION,
                "fuse-overlayfs",
                "mkdir upper work && fuse-overlayfs -o lowerdir=" + String.join(":", BRANCHES)
                        + ",upperdir=upper,workdir=work"));
        return all;
    }

    private static Contender peer(String name, Kind kind, String program, String command) {
        return new Contender(name, kind, false, program, (contender, medium) -> {
            String at = medium.path("at/" + name);
            medium.stage().root("cd \"$1\" && mkdir \"$2\" && " + command + " \"$2\"", medium.path("."), at);
            return Mounted.byRoot(contender, medium, at);
        });
    }
}
