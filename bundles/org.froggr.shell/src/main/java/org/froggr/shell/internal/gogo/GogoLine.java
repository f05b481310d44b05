package org.froggr.shell.internal.gogo;

import java.io.InputStream;
import org.apache.felix.service.command.CommandSession;
import org.froggr.api.FroggrException;
import org.froggr.shell.internal.command.CommandFailure;
import org.froggr.shell.internal.command.Invocation;
import org.froggr.spi.transport.Exchange;

/** One line in a Gogo session of its own. */
public final class GogoLine {
    private static final int FAILED = 1;

    private final GogoSessions gogo;

    public GogoLine(GogoSessions gogo) {
        this.gogo = gogo;
    }

    /**
     * Runs a line; its output goes to the caller.
     *
     * @return 0, or the exit status of the verb in it that failed
     * @throws CommandFailure LINE_FAILED, with status 1, if something else in it failed
     */
    public int run(Invocation call, String line) throws FroggrException, InterruptedException {
        GogoSessions.Setting setting = new GogoSessions.Setting(
                InputStream.nullInputStream(),
                call.out(),
                call.err(),
                call.isTerminal(Exchange.Stream.OUT),
                () -> call.columns().orElse(0));
        try (CommandSession session = gogo.open(call, setting)) {
            GogoSessions.printResult(session, session.execute(line));
            return 0;
        } catch (FroggrException | InterruptedException e) {
            throw e;
        } catch (CommandFailure e) {
            call.error(e.getMessage());
            return e.status();
        } catch (Exception e) {
            throw new CommandFailure("LINE_FAILED", FAILED, reason(e), e);
        }
    }

    /** What went wrong in a line, in one sentence. */
    static String reason(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
