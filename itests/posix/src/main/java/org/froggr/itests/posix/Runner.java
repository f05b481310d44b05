package org.froggr.itests.posix;

import static org.froggr.itests.posix.Linux.*;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.froggr.api.ErrnoException;
import org.froggr.itests.posix.Result.Verdict;

/** Runs cases one after the other, each in a fresh directory and on a fresh thread. */
final class Runner implements AutoCloseable {
    /** After so many cases that hang, the rest would do nothing else. */
    private static final int TOO_MANY = 10;

    private final Settings settings;
    private final Set<Need> present;
    private final Scratch scratch;
    private Peers peers;
    private int hanging;

    /**
     * @param present what the file system is known to have
     * @throws ErrnoException if nothing can be made on the mount under test
     */
    Runner(Settings settings, Set<Need> present) throws Exception {
        this.settings = settings;
        this.present = EnumSet.copyOf(present);
        Steward.begin();
        Preload.everything();
        scratch = Scratch.on(settings);
        peers = new Peers(settings.user());
    }

    Result run(Case test) throws InterruptedException {
        Set<Need> missing = EnumSet.noneOf(Need.class);
        missing.addAll(test.needs());
        missing.removeAll(present);
        if (!missing.isEmpty()) {
            return Result.of(test, Verdict.SKIP, "needs " + text(missing), 0);
        }
        if (hanging >= TOO_MANY) {
            return Result.of(test, Verdict.FAIL, "not run, since " + hanging + " cases before it hang", 0);
        }
        long start = System.nanoTime();
        String directory = scratch.next();
        Worker worker = Worker.start(settings.user(), () -> inside(test, directory));
        boolean ended = worker.await(settings.limit());
        long millis = (System.nanoTime() - start) / 1_000_000;
        if (!ended) {
            hanging++;
            String doing = worker.doing();
            // Its peers may be stuck with it, and are none of the next case's business.
            peers = new Peers(settings.user());
            return Result.of(test, Verdict.FAIL, "hangs: " + doing + " after " + millis + " ms", millis);
        }
        Throwable failure = worker.failure();
        return failure == null
                ? Result.of(test, Verdict.PASS, "", millis)
                : Result.of(test, Verdict.FAIL, text(failure), millis);
    }

    private void inside(Case test, String directory) throws Exception {
        Opened.begin();
        Names.umask(0);
        Names.mkdir(directory, 0755);
        Names.chdir(directory);
        Throwable failure = null;
        Random random = new Random(settings.seed() ^ test.id().hashCode());
        try {
            test.body().run(new Site(settings, peers, directory, random));
        } catch (Throwable e) {
            failure = e;
        }
        peers.release();
        Opened.closeAll();
        try {
            Names.chdir(scratch.directory());
            Directory.removeAll(AT_FDCWD, directory);
        } catch (ErrnoException | IllegalStateException e) {
            if (failure == null) {
                failure = new Failure("what the case made cannot be removed: " + e.getMessage());
            }
        }
        Worker.rethrow(failure);
    }

    /** What a case threw, and where. */
    private static String text(Throwable failure) {
        String where = Arrays.stream(failure.getStackTrace())
                .filter(frame -> frame.getFileName() != null && frame.getFileName().endsWith("Cases.java"))
                .findFirst()
                .map(frame -> " [" + frame.getFileName().replace(".java", "") + ":" + frame.getLineNumber() + "]")
                .orElse("");
        String what = failure instanceof Failure
                ? failure.getMessage()
                : failure instanceof ErrnoException e
                        ? e.operation() + (e.path() == null ? "" : " " + e.path().quoted()) + ": expected success, got "
                                + Check.name(e.number())
                        : failure.toString();
        return what + where;
    }

    private static String text(Set<Need> needs) {
        return needs.stream().map(need -> need.name() + " (" + need + ")").collect(Collectors.joining(", "));
    }

    /** Removes what was made, ends the peers. */
    @Override
    public void close() throws IOException {
        peers.close();
        scratch.close();
    }
}
