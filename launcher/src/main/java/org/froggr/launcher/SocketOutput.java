package org.froggr.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What the client writes to: its own output, and the answer for the script. After the first failure the
 * rest of the output is dropped and the failure kept: the command goes on and ends as it would with a pipe.
 */
final class SocketOutput {
    /** Text of EPIPE in every locale that does not translate it, strerror(3). */
    private static final String BROKEN_PIPE = "Broken pipe";

    private final OutputStream out;
    private final OutputStream err;
    private final OutputStream script;
    private IOException failure;

    SocketOutput(OutputStream out, OutputStream err, OutputStream script) {
        this.out = out;
        this.err = err;
        this.script = script;
    }

    void out(byte[] bytes) {
        if (failure == null) {
            failure = write(out, bytes);
        }
    }

    /** What cannot be said on standard error cannot be said at all. */
    void err(byte[] bytes) {
        write(err, bytes);
    }

    void err(String line) {
        err(line.getBytes(StandardCharsets.UTF_8));
    }

    /** The one line that the script goes by. */
    void answer(String line) throws SocketFailure {
        IOException lost = write(script, (line + "\n").getBytes(StandardCharsets.ISO_8859_1));
        if (lost != null) {
            throw SocketFailure.output("the answer for the script", lost);
        }
    }

    private static IOException write(OutputStream stream, byte[] bytes) {
        try {
            stream.write(bytes);
            stream.flush();
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    /** Why standard output could not be written, or null. */
    IOException failure() {
        return failure;
    }

    /** Whether nobody reads standard output any more. */
    boolean isPipeBroken() {
        return failure != null && String.valueOf(failure.getMessage()).contains(BROKEN_PIPE);
    }
}
