package org.froggr.shell.internal.testing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.froggr.shell.internal.command.Activity;
import org.froggr.shell.internal.command.CommandRunner;
import org.froggr.shell.internal.command.Sessions;
import org.froggr.shell.internal.command.VerbCatalogue;
import org.froggr.shell.internal.command.VerbCommand;
import org.froggr.shell.internal.command.VerbLease;
import org.froggr.shell.internal.command.VerbOffer;
import org.froggr.shell.internal.command.VerbPool;
import org.froggr.shell.internal.command.Version;
import org.froggr.shell.internal.verb.BindVerb;
import org.froggr.shell.internal.verb.EnterVerb;
import org.froggr.shell.internal.verb.ExecVerb;
import org.froggr.shell.internal.verb.MountVerb;
import org.froggr.shell.internal.verb.NsVerb;
import org.froggr.shell.internal.verb.ReorderVerb;
import org.froggr.shell.internal.verb.SessionVerb;
import org.froggr.shell.internal.verb.UnmountVerb;
import org.froggr.spi.command.Verb;

/** The verbs that need nothing but a session manager, put together without OSGi. */
public final class Frg {
    public final FakeManager manager = new FakeManager();
    public final Sessions sessions = new Sessions(Duration.ofMillis(50));
    public final VerbCatalogue catalogue = new VerbCatalogue();
    public final Activity activity = new Activity(System::nanoTime);
    public final CommandRunner runner = new CommandRunner(catalogue, activity, new Version("0.1.0"), Fakes.logger());
    private long services;

    public Frg() {
        sessions.bindManager(manager);
        offer(() -> new MountVerb(sessions), 10, "mount");
        offer(() -> new BindVerb(sessions), 20, "bind");
        offer(() -> new ReorderVerb(sessions), 25, "reorder");
        offer(() -> new UnmountVerb(sessions), 30, "unmount", "umount");
        offer(() -> new NsVerb(sessions), 40, "ns");
        offer(() -> new SessionVerb(sessions), 50, "session");
        offer(() -> new ExecVerb(sessions), 60, "exec");
        offer(() -> new EnterVerb(sessions), 70, "enter");
    }

    /** Offers one more verb. */
    public VerbOffer offer(Supplier<Verb> verb, int position, String... names) {
        VerbPool pool = new VerbPool(() -> Optional.of(new VerbLease(new VerbCommand(verb.get()), () -> {})));
        VerbOffer offer = new VerbOffer(List.of(names), position, new VerbOffer.Rank(0, ++services), pool::lease);
        catalogue.add(offer);
        return offer;
    }

    public RecordingExchange run(String... arguments) {
        return run(new RecordingExchange(arguments));
    }

    public RecordingExchange run(RecordingExchange exchange) {
        runner.handle(exchange);
        return exchange;
    }
}
