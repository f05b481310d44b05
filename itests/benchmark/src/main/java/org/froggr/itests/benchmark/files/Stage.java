package org.froggr.itests.benchmark.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.froggr.api.ByteText;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Result;
import org.froggr.itests.harness.World;

/** Where it all happens: one mount namespace, root's Froggr and an ordinary user's in it. */
final class Stage implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Froggr root = Froggr.in(World.ROOT);
    private final Froggr user = Froggr.in(World.USER);
    private final String mountTable = root.mountTable();
    private final String load = root.path("load.pl");

    Stage() {
        try (InputStream script = Stage.class.getResourceAsStream("load.pl")) {
            Files.write(Path.of(load), script.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Root's. */
    Froggr froggr() {
        return root;
    }

    /** The script that makes the load, as words of a shell. */
    String load() {
        return "perl " + load;
    }

    /** Runs a shell script as root; {@code $FRG} is the program. */
    Result root(String script, String... arguments) {
        return root.startRootScript(script, arguments).end(LIMIT).ok();
    }

    /** Runs a shell script as the ordinary user, in the same mount namespace. */
    Result user(String script, String... arguments) {
        String file = root.path("as-user");
        try {
            Files.write(Path.of(file), ByteText.encode("cd / && " + script + "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String words = user.asUser() + " env -i PATH=\"$PATH\" LANG=C.UTF-8 HOME=/tmp JAVA_HOME=\"$JAVA_HOME\""
                + " FROGGR_CDS=off FROGGR_HOME=" + user.home() + " FRG=" + user.program() + " sh " + file + " \"$@\"";
        return root(words, arguments);
    }

    /** The ordinary user and their group, for chown(1). */
    String userIds() {
        return user.sh("echo $(id -u):$(id -g)").ok().out().strip();
    }

    /** Ends every session and unmounts what else was mounted, last first. */
    @Override
    public void close() {
        try {
            user("\"$FRG\" session -p --force");
            root("\"$FRG\" session -p --force");
            List<String> before = points(mountTable);
            List<String> now = points(root.mountTable());
            for (int i = now.size() - 1; i >= before.size(); i--) {
                root("umount \"$1\" || umount --lazy \"$1\"", now.get(i));
            }
        } finally {
            user.close();
            root.close();
        }
    }

    private static List<String> points(String table) {
        return table.lines().map(line -> line.split(" ")[4]).toList();
    }
}
