package org.froggr.shell.internal.verb;

import org.froggr.api.FroggrException;
import org.froggr.shell.internal.command.Invocation;
import org.froggr.shell.internal.gogo.InteractiveShells;
import org.froggr.spi.command.CommandContext;
import org.froggr.spi.command.Verb;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;

/** {@code frg shell}. */
@Command(
        name = "shell",
        description = {
            "Work in the Gogo shell of the platform.",
            "It has line editing, history and completion.",
            "All verbs are there (session -l, or froggr:session -l), and all commands of OSGi (lb, help).",
            "Ctrl-C interrupts a command, Ctrl-D or exit ends the shell."
        },
        exitCodeListHeading = ExitStatuses.HEADING,
        exitCodeList = {
            " 0:The shell was left.",
            "69:There is no terminal, or Gogo is not there: UNSUPPORTED."
        })
@Component(
        service = Verb.class,
        scope = ServiceScope.PROTOTYPE,
        property = {Verb.NAME + "=shell", Verb.POSITION + ":Integer=80"})
public final class ShellVerb implements Verb {
    private final InteractiveShells shells;

    @Activate
    public ShellVerb(@Reference InteractiveShells shells) {
        this.shells = shells;
    }

    @Override
    public int run(CommandContext context) throws FroggrException, InterruptedException {
        shells.run(Invocation.of(context));
        return 0;
    }
}
