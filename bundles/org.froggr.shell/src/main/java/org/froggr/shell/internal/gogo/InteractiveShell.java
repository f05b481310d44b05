package org.froggr.shell.internal.gogo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.felix.gogo.jline.Parser;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Job;
import org.froggr.api.FroggrException;
import org.froggr.shell.internal.command.CommandFailure;
import org.froggr.shell.internal.command.Invocation;
import org.froggr.shell.internal.render.Visible;
import org.froggr.spi.transport.TerminalLink;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;

/** Reads lines from a terminal and runs them in one Gogo session. */
final class InteractiveShell implements AutoCloseable {
    private static final String PROMPT = "froggr> ";
    private static final int DEFAULT_COLUMNS = 80;
    private static final int DEFAULT_ROWS = 24;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final Terminal terminal;
    private final CommandSession session;
    private final LineReader reader;
    private final HistoryFile history;

    InteractiveShell(
            GogoSessions gogo, Invocation call, TerminalLink link, ShellCompleter completer, HistoryFile history)
            throws IOException, FroggrException, InterruptedException {
        // JLine looks for its providers there, and under OSGi finds them nowhere else.
        Thread.currentThread().setContextClassLoader(Terminal.class.getClassLoader());
        this.terminal =
                new ExternalTerminal("froggr", link.type(), link.input(), link.output(), StandardCharsets.UTF_8);
        this.history = history;
        resize(link.columns(), link.rows());
        link.onResize(this::resize);
        this.session = gogo.open(
                call,
                new GogoSessions.Setting(
                        terminal.input(), terminal.output(), terminal.output(), true, terminal::getWidth));
        session.put(".terminal", terminal);
        this.reader = reader(completer);
        session.put(".reader", reader);
        terminal.handle(Terminal.Signal.INT, signal -> interrupt());
    }

    private void resize(int columns, int rows) {
        terminal.setSize(new Size(columns > 0 ? columns : DEFAULT_COLUMNS, rows > 0 ? rows : DEFAULT_ROWS));
        terminal.raise(Terminal.Signal.WINCH);
    }

    private LineReader reader(ShellCompleter completer) {
        LineReader made = LineReaderBuilder.builder()
                .appName("froggr")
                .terminal(terminal)
                .parser(new Parser())
                .completer(completer.in(session))
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%M> ")
                .variable(LineReader.HISTORY_SIZE, HistoryFile.MOST_LINES)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
        history.load().forEach(made.getHistory()::add);
        return made;
    }

    /** Ctrl-C while a command runs; while a line is edited JLine handles it. */
    private void interrupt() {
        Job job = session.foregroundJob();
        if (job != null) {
            job.interrupt();
        }
    }

    /** Until {@code exit}, Ctrl-D, or the end of the terminal. */
    void run() {
        String line;
        while ((line = next()) != null && !line.equals("exit") && !line.equals("quit")) {
            if (!line.isEmpty()) {
                history.append(line);
                execute(line);
            }
        }
    }

    /** A line, an empty one after Ctrl-C, null at the end. */
    private String next() {
        try {
            return reader.readLine(PROMPT).strip();
        } catch (UserInterruptException e) {
            return "";
        } catch (EndOfFileException e) {
            return null;
        }
    }

    private void execute(String line) {
        try {
            GogoSessions.printResult(session, session.execute(line));
        } catch (CommandFailure e) {
            complain(e.getMessage());
        } catch (InterruptedException e) {
            complain("\ninterrupted");
        } catch (Exception e) {
            session.put("exception", e);
            complain("gogo: " + GogoLine.reason(e));
        }
    }

    private void complain(String message) {
        terminal.writer().println(Visible.text(message));
        terminal.flush();
    }

    @Override
    public void close() throws IOException {
        session.close();
        terminal.flush();
        terminal.close();
        Thread.currentThread().setContextClassLoader(before);
    }
}
