package org.froggr.itests.benchmark.files;

import java.util.function.BiFunction;
import org.froggr.itests.harness.Result;

/** Mounts Froggr's contenders: root's in the shared namespace, an ordinary user's in private sessions. */
final class FroggrMounts {
    private FroggrMounts() {}

    static Mounted served(Contender contender, Medium medium) {
        String at = medium.path("at/" + contender.name());
        medium.stage().root("mkdir \"$2\" && \"$FRG\" mount -t served \"$1\" \"$2\"", medium.path("s/one"), at);
        return Mounted.byRoot(contender, medium, at);
    }

    /** On the last member itself, which is reached by another path so that nobody else sees the union. */
    static Mounted union(Contender contender, Medium medium) {
        String alias = alias(contender, medium);
        medium.stage().root(unite(""), alias);
        return Mounted.byRoot(contender, medium, alias + "/b3");
    }

    private static String unite(String mode) {
        return "\"$FRG\" bind " + mode + " -b \"$1/b2\" \"$1/b3\" && \"$FRG\" bind " + mode
                + " -bc \"$1/b1\" \"$1/b3\"";
    }

    private static String alias(Contender contender, Medium medium) {
        String alias = medium.path("alias/" + contender.name());
        medium.stage().root("mkdir \"$2\" && mount --bind \"$1\" \"$2\"", medium.path("s"), alias);
        return alias;
    }

    static Mounted servedForUser(Contender contender, Medium medium) {
        Stage stage = medium.stage();
        String at = medium.path("at/" + contender.name());
        stage.root("mkdir \"$1\"", at);
        Result mount = stage.user("\"$FRG\" mount --private -t served \"$1\" \"$2\"", medium.path("s/one"), at);
        return new Mounted(contender, medium, at, inside(stage, mount.session()));
    }

    static Mounted unionForUser(Contender contender, Medium medium) {
        String alias = alias(contender, medium);
        Result bind = medium.stage().user(unite("--private"), alias);
        String session = bind.lines().get(0);
        return new Mounted(contender, medium, alias + "/b3", inside(medium.stage(), session));
    }

    private static BiFunction<String, String[], Result> inside(Stage stage, String session) {
        return (script, arguments) -> {
            String[] words = new String[arguments.length + 1];
            words[0] = script;
            System.arraycopy(arguments, 0, words, 1, arguments.length);
            return stage.user("s=$1; shift; exec \"$FRG\" exec " + session + " -- sh -c \"$s\" sh \"$@\"", words);
        };
    }
}
