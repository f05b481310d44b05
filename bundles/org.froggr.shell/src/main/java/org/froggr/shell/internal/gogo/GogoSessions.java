package org.froggr.shell.internal.gogo;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.IntSupplier;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Caller;
import org.froggr.shell.internal.command.Invocation;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;

/** Makes Gogo sessions. What they need beyond Gogo's own runtime is loaded when the first one is made. */
@Component(service = GogoSessions.class)
public final class GogoSessions {
    private final Source source;
    private final StandardCommands commands;
    private final Logger logger;
    private final Runnable closing;

    /** Where Gogo's runtime comes from. */
    @FunctionalInterface
    interface Source {
        CommandProcessor get() throws FroggrException, InterruptedException;
    }

    @Activate
    public GogoSessions(BundleContext context, @Reference(service = LoggerFactory.class) Logger logger) {
        GogoRuntime runtime = new GogoRuntime(context);
        this.source = runtime::get;
        this.closing = runtime::close;
        this.commands = new StandardCommands(context);
        this.logger = logger;
    }

    /** With a runtime at hand. */
    GogoSessions(BundleContext context, Logger logger, CommandProcessor processor) {
        this.source = () -> processor;
        this.closing = () -> {};
        this.commands = new StandardCommands(context);
        this.logger = logger;
    }

    @Deactivate
    void close() {
        closing.run();
    }

    /** Streams and looks of a session. */
    record Setting(InputStream in, OutputStream out, OutputStream err, boolean terminal, IntSupplier columns) {}

    /**
     * A session for this call; the caller closes it.
     *
     * @throws FroggrException UNSUPPORTED without Gogo's runtime
     */
    CommandSession open(Invocation call, Setting setting) throws FroggrException, InterruptedException {
        CommandProcessor processor = source.get();
        commands.equip(processor);
        CommandSession session = processor.createSession(setting.in(), setting.out(), setting.err());
        session.put("SCOPE", CommandBridge.SCOPE + ":gogo:*");
        if (!call.isColor() && !setting.terminal()) {
            // gogo.jline takes every stream that is no pipe for a terminal.
            session.put("GREP_COLORS", "mt=");
            session.put("LS_COLORS", "di=");
        }
        moveTo(session, call.caller());
        new Surroundings(
                        call.caller(),
                        call.environment(),
                        setting.terminal(),
                        setting.columns(),
                        String.valueOf(session.currentDir()))
                .putInto(session);
        return session;
    }

    private void moveTo(CommandSession session, Caller caller) {
        try {
            Path directory = Path.of(caller.workingDirectory().toString());
            if (Files.isDirectory(directory)) {
                session.currentDir(directory);
            }
        } catch (InvalidPathException e) {
            // Verbs get it from the caller all the same; only cd and ls start elsewhere.
            logger.debug("Java cannot name the caller's directory", e);
        }
    }

    /** Prints what a line came to, as Gogo's own shell does. */
    static void printResult(CommandSession session, Object result) {
        if (result != null) {
            session.getConsole().println(session.format(result, Converter.INSPECT));
            session.getConsole().flush();
        }
    }
}
