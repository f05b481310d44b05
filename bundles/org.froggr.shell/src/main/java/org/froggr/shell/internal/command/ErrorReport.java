package org.froggr.shell.internal.command;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.shell.internal.render.Json;
import org.froggr.shell.internal.render.Visible;
import org.osgi.service.log.Logger;

/** The one funnel from what was thrown to what a person sees and the exit status. */
public final class ErrorReport {
    /** 128 + SIGPIPE(13), what a shell reports for a program whose reader went away. */
    static final int BROKEN_PIPE = 141;

    private static final AtomicLong DEFECTS = new AtomicLong();

    private final Logger logger;

    public ErrorReport(Logger logger) {
        this.logger = logger;
    }

    /** What {@code thrown} is, for a person. A defect is logged with its stack, which nobody else sees. */
    public CommandFailure failure(Throwable thrown) {
        if (thrown instanceof CommandFailure failure) {
            return failure;
        }
        if (thrown instanceof FroggrException e) {
            return CommandFailure.of(e);
        }
        if (thrown instanceof InterruptedException) {
            return CommandFailure.of(FroggrException.of(Fault.INTERRUPTED, "the caller went away"));
        }
        if (thrown instanceof ErrnoException e) {
            return CommandFailure.of(unnamed(e));
        }
        return defect(thrown);
    }

    private static FroggrException unnamed(ErrnoException e) {
        FroggrException named = FroggrException.of(Fault.OS_ERROR, e.getMessage()).causedBy(e);
        return e.path() == null ? named : named.about(e.path());
    }

    private CommandFailure defect(Throwable thrown) {
        String reference = "E" + ProcessHandle.current().pid() + "-" + DEFECTS.incrementAndGet();
        logger.error("defect {}: a verb threw what it must not throw", reference, thrown);
        String message = "Froggr has a defect here (" + thrown.getClass().getSimpleName() + ")";
        return CommandFailure.of(FroggrException.of(Fault.INTERNAL, message)
                .hint("look for " + reference + " in platform/platform.log below FROGGR_HOME, and report it"));
    }

    /** What writing to standard output came to, if that is worth a status: nobody reads, or no space. */
    static CommandFailure ofOutput(IOException e) {
        if (e instanceof ErrnoException errno && errno.is(Errno.EPIPE)) {
            return new CommandFailure("EPIPE", BROKEN_PIPE, "", e);
        }
        String message = "standard output cannot be written: " + e.getMessage();
        return CommandFailure.of(FroggrException.of(Fault.IO_ERROR, message).causedBy(e));
    }

    /** One line of text: {@code frg: <verb>: <CODE>: what; try: hint}. */
    public static String text(String verb, CommandFailure failure) {
        String where = verb.isEmpty() ? "frg: " : "frg: " + Visible.line(verb) + ": ";
        String hint = failure.hint().map(h -> "; try: " + h).orElse("");
        return where + failure.code() + ": " + Visible.text(failure.getMessage() + hint);
    }

    /** One JSON object. */
    static String json(CommandFailure failure) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("code", failure.code());
        object.put("message", failure.getMessage());
        object.put("path", failure.path().map(BytePath::toString).orElse(null));
        object.put("hint", failure.hint().orElse(null));
        return Json.write(object);
    }

    /** The form that the call asks for. */
    static String shown(String verb, CommandFailure failure, boolean json) {
        return json ? json(failure) : text(verb, failure);
    }
}
