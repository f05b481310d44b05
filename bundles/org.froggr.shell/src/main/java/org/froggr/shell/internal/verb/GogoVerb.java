package org.froggr.shell.internal.verb;

import java.util.List;
import org.froggr.api.FroggrException;
import org.froggr.shell.internal.command.Invocation;
import org.froggr.shell.internal.gogo.GogoLine;
import org.froggr.shell.internal.gogo.GogoSessions;
import org.froggr.spi.command.CommandContext;
import org.froggr.spi.command.Verb;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code frg gogo}. */
@Command(
        name = "gogo",
        description = "Run a line in the Gogo shell of the platform.",
        customSynopsis = "frg gogo [-hqvV] [--json] LINE...",
        exitCodeListHeading = ExitStatuses.HEADING,
        exitCodeList = {
            " 0:The line ran to its end.",
            " 1:Something in it failed: LINE_FAILED.",
            " n:A verb of Froggr in it failed with that exit status."
        },
        footer = {"%nExamples:", "  frg gogo 'froggr:session -l | grep dev'", "  frg gogo lb"})
@Component(
        service = Verb.class,
        scope = ServiceScope.PROTOTYPE,
        property = {Verb.NAME + "=gogo", Verb.POSITION + ":Integer=90"})
public final class GogoVerb implements Verb {
    @Parameters(arity = "1..*", paramLabel = "LINE", description = "The line; several words are joined by spaces.")
    private List<String> line;

    private final GogoSessions gogo;

    @Activate
    public GogoVerb(@Reference GogoSessions gogo) {
        this.gogo = gogo;
    }

    /** What follows the first word belongs to the line, options too. */
    @Spec
    void stopAtLine(CommandSpec spec) {
        spec.parser().stopAtPositional(true);
    }

    @Override
    public int run(CommandContext context) throws FroggrException, InterruptedException {
        return new GogoLine(gogo).run(Invocation.of(context), String.join(" ", line));
    }
}
