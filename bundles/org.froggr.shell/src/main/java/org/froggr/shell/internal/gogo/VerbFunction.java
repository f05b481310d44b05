package org.froggr.shell.internal.gogo;

import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Process;
import org.froggr.shell.internal.command.CommandRunner;

/** A verb as a Gogo function. Finds the verb anew at each call, so that a replaced one is used at once. */
final class VerbFunction implements Function {
    private final String name;
    private final CommandRunner runner;

    VerbFunction(String name, CommandRunner runner) {
        this.name = name;
        this.runner = runner;
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) {
        runner.runInside(new GogoExchange(name, arguments, session, Process.Utils.current()));
        return null;
    }
}
