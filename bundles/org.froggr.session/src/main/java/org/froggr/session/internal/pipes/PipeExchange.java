package org.froggr.session.internal.pipes;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.froggr.api.ByteText;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Caller;
import org.froggr.spi.transport.Exchange;
import org.froggr.spi.transport.HandOff;
import org.froggr.spi.transport.TerminalLink;

/** A request that came by a pipe. Its output is collected and sent as one line. */
final class PipeExchange implements Exchange {
    /** Most bytes that each of the two streams may have. */
    static final int MOST_BYTES = 4 << 20;

    private final UUID session;
    private final PipeRequest request;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Runnable> hangups = new ArrayList<>();
    private boolean hungUp;
    private boolean ended;
    private int status;

    PipeExchange(UUID session, PipeRequest request) {
        this.session = session;
        this.request = request;
    }

    /** As asked for, with {@code --json} in front. */
    @Override
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(request.arguments());
        arguments.add(0, "--json");
        return List.copyOf(arguments);
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("FROGGR_SESSION", session.toString());
    }

    @Override
    public Caller caller() {
        return Caller.platform().in(request.directory());
    }

    @Override
    public boolean isTerminal(Stream stream) {
        return false;
    }

    @Override
    public int columns() {
        return 0;
    }

    @Override
    public synchronized void write(Stream stream, byte[] bytes, int offset, int length) throws ErrnoException {
        ByteArrayOutputStream collected = stream == Stream.OUT ? out : err;
        if (hungUp || ended) {
            throw new ErrnoException(Errno.EPIPE, "write");
        }
        if (length > MOST_BYTES - collected.size()) {
            throw new ErrnoException(Errno.EFBIG, "write");
        }
        collected.write(bytes, offset, length);
    }

    @Override
    public TerminalLink openTerminal() throws FroggrException {
        throw unsupported("there is no terminal at the end of a session's pipe");
    }

    @Override
    public void handOff(HandOff handOff) throws FroggrException {
        throw unsupported("nobody at the end of a session's pipe could run a program");
    }

    private static FroggrException unsupported(String why) {
        return FroggrException.of(Fault.UNSUPPORTED, why).hint("run frg in a terminal");
    }

    @Override
    public void onHangup(Runnable action) {
        synchronized (this) {
            if (!hungUp) {
                hangups.add(action);
                return;
            }
        }
        action.run();
    }

    /** Tells the command that nobody waits any more, since the platform stops. */
    void hangUp() {
        List<Runnable> actions;
        synchronized (this) {
            if (hungUp || ended) {
                return;
            }
            hungUp = true;
            actions = List.copyOf(hangups);
        }
        actions.forEach(Runnable::run);
    }

    @Override
    public synchronized void end(int exitStatus) {
        if (!ended) {
            ended = true;
            status = exitStatus;
        }
    }

    /** The exit status, once it has ended. */
    synchronized int status() {
        return status;
    }

    synchronized String text(Stream stream) {
        return ByteText.decode((stream == Stream.OUT ? out : err).toByteArray());
    }
}
