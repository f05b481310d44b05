package org.froggr.itests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where everybody can run the distribution: where it was built, or a copy if that is out of reach. */
final class Installed {
    private static Path copy;

    private Installed() {}

    static Path forEverybody(Account account) {
        Path built = Distribution.folder();
        return isReachable(built, account) ? built : copyOf(built);
    }

    private static boolean isReachable(Path built, Account account) {
        List<String> command = new ArrayList<>(account.prefix());
        command.addAll(List.of("test", "-x", built.resolve("bin/frg").toString()));
        return new Running("test", new ProcessBuilder(command))
                        .end(Froggr.LIMIT)
                        .status()
                == 0;
    }

    private static synchronized Path copyOf(Path built) {
        if (copy == null) {
            try {
                copy = Files.createTempDirectory(Path.of("/var/tmp"), "froggr-it-dist-");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            run("cp", "-a", built + "/.", copy.toString());
            run("chmod", "-R", "a+rX", copy.toString());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> run("rm", "-rf", "--", copy.toString())));
        }
        return copy;
    }

    private static void run(String... command) {
        new Running(String.join(" ", command), new ProcessBuilder(command))
                .end(Froggr.LIMIT)
                .ok();
    }
}
