package org.froggr.shell.internal.gogo;

import java.io.IOException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.shell.internal.command.Invocation;
import org.froggr.shell.internal.command.Sessions;
import org.froggr.shell.internal.server.CommandServer;
import org.froggr.shell.internal.server.Commands;
import org.froggr.spi.transport.TerminalLink;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;

/** Interactive Gogo shells, one for each terminal that asks. */
@Component(service = InteractiveShells.class)
public final class InteractiveShells {
    private final GogoSessions gogo;
    private final Commands commands;
    private final Sessions sessions;
    private final CommandServer server;
    private final Logger logger;

    @Activate
    public InteractiveShells(
            @Reference GogoSessions gogo,
            @Reference Commands commands,
            @Reference Sessions sessions,
            @Reference CommandServer server,
            @Reference(service = LoggerFactory.class) Logger logger) {
        this.gogo = gogo;
        this.commands = commands;
        this.sessions = sessions;
        this.server = server;
        this.logger = logger;
    }

    /**
     * Runs one in the caller's terminal until it is left.
     *
     * @throws FroggrException UNSUPPORTED without a terminal
     */
    public void run(Invocation call) throws FroggrException, InterruptedException {
        HistoryFile history = server.home()
                .map(home -> new HistoryFile(home.platformDescriptor(), logger))
                .orElseThrow(() -> FroggrException.of(Fault.UNAVAILABLE, "the platform has no home at this moment"));
        try (TerminalLink link = call.openTerminal();
                InteractiveShell shell = new InteractiveShell(
                        gogo, call, link, new ShellCompleter(commands.verbs().catalogue(), sessions), history)) {
            shell.run();
        } catch (IOException e) {
            throw FroggrException.of(Fault.IO_ERROR, "the terminal cannot be used: " + e.getMessage()).causedBy(e);
        }
    }
}
