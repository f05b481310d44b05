package org.froggr.shell.internal.verb;

import org.froggr.api.FroggrException;
import org.froggr.shell.internal.command.Invocation;
import org.froggr.shell.internal.render.Styles;
import org.froggr.shell.internal.server.PlatformControl;
import org.froggr.spi.command.CommandContext;
import org.froggr.spi.command.Verb;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code frg platform}. */
@Command(
        name = "platform",
        description = {
            "Start, stop or upgrade the platform, or tell how it is.",
            "Mounts and sessions stay when it stops; the next platform adopts them. Programs that use unions and"
                    + " served trees wait for it meanwhile.",
            "upgrade: the distribution whose frg is called takes over from the one that runs."
        },
        exitCodeListHeading = ExitStatuses.HEADING,
        exitCodeList = {
            ExitStatuses.DONE, ExitStatuses.USAGE,
            "69:It cannot be started or reached: UNAVAILABLE.",
            "77:Its directory is not safe to use: BAD_HOME."
        })
@Component(
        service = Verb.class,
        scope = ServiceScope.PROTOTYPE,
        property = {Verb.NAME + "=platform", Verb.POSITION + ":Integer=100"})
public final class PlatformVerb implements Verb {
    /** What can be asked; picocli shows the names as they are written here. */
    enum Action {
        start,
        stop,
        upgrade,
        status
    }

    @Parameters(arity = "0..1", paramLabel = "ACTION", defaultValue = "status", description =
        "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Action action;

    private final PlatformControl control;
    private final PlatformFacts facts;

    @Activate
    public PlatformVerb(@Reference PlatformControl control, @Reference PlatformFacts facts) {
        this.control = control;
        this.facts = facts;
    }

    @Override
    public int run(CommandContext context) throws FroggrException, InterruptedException {
        switch (action) {
            case start -> context.detail("the platform runs, process " + ProcessHandle.current().pid());
            case stop -> Invocation.of(context).afterEnd(() -> control.stop("frg platform stop"));
            // The client starts the next one, which is its own distribution's
            case upgrade -> Invocation.of(context).afterEnd(() -> control.stop("frg platform upgrade"));
            case status -> status(context);
        }
        return 0;
    }

    private void status(CommandContext context) throws InterruptedException {
        PlatformStatus status = facts.now();
        if (context.isJson()) {
            context.printJson(status.json());
        } else {
            context.print(status.text(new Styles(context.isColor())));
        }
    }
}
