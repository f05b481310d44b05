package org.froggr.launcher;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Carries one request over the platform's Unix socket, for {@code bin/frg} when the named pipes fail.
 * Its contract with the script, and the frames, are in {@code docs/protocol.md}.
 */
public final class SocketClient {
    /** Below descriptor 4, the open directory: an address holds 107 bytes only (unix(7)), in this locale's charset. */
    private static final String SOCKET = "/proc/self/fd/4/sock";

    private static final String SCRIPT = "/proc/self/fd/5";
    private static final int SIGPIPE_STATUS = 141;

    /** The platform looks after its socket once a second. */
    private static final int TRIES = 30;

    private static final int PAUSE_MILLIS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final UnixDomainSocketAddress address;
    private final SocketOutput output;
    private final Duration patience;

    SocketClient(UnixDomainSocketAddress address, SocketOutput output, Duration patience) {
        this.address = address;
        this.output = output;
        this.patience = patience;
    }

    /** Takes nothing but the request on standard input and open descriptors. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int status;
        try (OutputStream script = new FileOutputStream(SCRIPT)) {
            SocketOutput output = new SocketOutput(
                    new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err), script);
            SocketClient client = new SocketClient(UnixDomainSocketAddress.of(SOCKET), output, PATIENCE);
            status = client.run(System.in);
        }
        System.exit(status);
    }

    /** Returns the exit status; what there is to say has been said. */
    int run(InputStream in) throws InterruptedException {
        String verb = "";
        try {
            SocketRequest request = SocketRequest.read(in);
            verb = request.verb();
            String answer = checked(ask(request));
            output.answer(answer);
            return status(answer);
        } catch (SocketFailure e) {
            return failed(e, verb);
        }
    }

    /** A success that nobody could see is none. */
    private String checked(String answer) throws SocketFailure {
        if (status(answer) != 0 || output.failure() == null) {
            return answer;
        }
        if (!output.isPipeBroken()) {
            throw SocketFailure.output("standard output", output.failure());
        }
        return SocketCall.ended(SIGPIPE_STATUS);
    }

    private static int status(String answer) {
        return answer.startsWith(SocketCall.ENDED) ? Integer.parseInt(answer.substring(SocketCall.ENDED.length())) : 0;
    }

    private int failed(SocketFailure failure, String verb) {
        if (failure.isOurs()) {
            output.err(failure.line(verb));
            tellScript(failure.status());
        }
        return failure.status();
    }

    private void tellScript(int status) {
        try {
            output.answer(SocketCall.ended(status));
        } catch (SocketFailure e) {
            output.err(e.line(""));
        }
    }

    private String ask(SocketRequest request) throws SocketFailure, InterruptedException {
        IOException last = null;
        for (int i = 0; i < TRIES; i++) {
            try (SocketCall call = SocketCall.open(patience)) {
                return ask(request, call);
            } catch (IOException e) {
                last = e;
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
        throw SocketFailure.unavailable(last);
    }

    /** Throws an IOException only if the request was not taken, so that it can be sent again. */
    private String ask(SocketRequest request, SocketCall call) throws IOException, SocketFailure {
        try {
            call.connect(address);
            call.send(request.frame());
            return call.answer(output);
        } catch (IOException e) {
            if (call.isTaken()) {
                throw SocketFailure.wentAway(e);
            }
            if (call.isLate()) {
                throw SocketFailure.unavailable(e);
            }
            throw e;
        }
    }
}
