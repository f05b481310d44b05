package org.froggr.transport.pipe.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Caller;
import org.froggr.linux.Fd;
import org.froggr.linux.TerminalSize;
import org.froggr.spi.transport.ClientRequest;
import org.froggr.spi.transport.Exchange;
import org.froggr.spi.transport.HandOff;
import org.froggr.spi.transport.TerminalLink;

/** One request in a slot, and its answer. */
final class PipeExchange implements Exchange {
    private final Slot slot;
    private final Client client;
    private final ClientRequest request;
    private final Caller caller;
    private final Reception reception;
    private final OutputFile.Exit exit;
    private volatile Signal ready = new Signal();
    private final List<Runnable> hangupActions = new ArrayList<>();
    private Outputs outputs;
    private PipeTerminal terminal;
    private boolean gone;
    private boolean ending;
    private boolean ended;
    private boolean released;

    PipeExchange(Slot slot, Client client, ClientRequest request, Caller caller, Reception reception) {
        this.slot = slot;
        this.client = client;
        this.request = request;
        this.caller = caller;
        this.reception = reception;
        this.exit = OutputFile.exitOf(client.processDescriptor(), reception::isEnding);
    }

    /** Finds a way for the output. To be called once, before the handler. */
    void open() throws ErrnoException {
        Optional<Outputs> direct = Outputs.direct(client);
        outputs = direct.isPresent() ? direct.get() : Outputs.copied(slot, this);
    }

    Slot slot() {
        return slot;
    }

    Client client() {
        return client;
    }

    /** Sends a line that is not the last, and waits until the client has done what it says. */
    void converse(byte[] line) throws ErrnoException {
        Signal answer = new Signal();
        ready = answer;
        send(line);
        if (isGone() || !answer.await()) {
            throw new ErrnoException(Errno.ETIMEDOUT, "read");
        }
    }

    private synchronized boolean isGone() {
        return gone;
    }

    /** Whether it is still being carried out. */
    synchronized boolean isUnanswered() {
        return !ended;
    }

    /** The client rings: it has opened what it was told to, or its window has another size. */
    void rung(BellLine line) {
        if (line.word() == BellLine.Word.READY) {
            ready.give(new TerminalSize(line.rows(), line.columns()));
        }
        PipeTerminal resized = terminal();
        if (line.word() == BellLine.Word.WINCH && resized != null) {
            resized.resize(line.columns(), line.rows());
        }
    }

    private synchronized PipeTerminal terminal() {
        return terminal;
    }

    private void send(byte[] line) throws ErrnoException {
        int pipe = slot.reply().fd();
        OutputFile own = OutputFile.ofOwn(Fd.dup(pipe));
        try {
            own.write(line, 0, line.length, exit);
        } finally {
            own.close();
        }
    }

    /** The client has gone. */
    void clientLeft() {
        List<Runnable> actions;
        synchronized (this) {
            gone = true;
            actions = List.copyOf(hangupActions);
            hangupActions.clear();
        }
        ready.give(null);
        actions.forEach(reception::run);
        release();
    }

    /** Lets the slot go, if the answer was sent and the client has read it or gone. */
    void release() {
        synchronized (this) {
            if (!ended || released) {
                return;
            }
            released = gone || reception.attempt(slot::isRead);
            if (!released) {
                return;
            }
        }
        reception.forget(this);
    }

    @Override
    public List<String> arguments() {
        return request.arguments();
    }

    @Override
    public Map<String, String> environment() {
        return request.environment();
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public boolean isTerminal(Stream stream) {
        return request.isTerminal(stream == Stream.OUT ? 1 : 2);
    }

    @Override
    public int columns() {
        int asked = request.columns();
        return asked > 0 ? asked : outputs.terminalSize().map(TerminalSize::columns).orElse(0);
    }

    @Override
    public void write(Stream stream, byte[] bytes, int offset, int length) throws IOException {
        outputs.of(stream).write(bytes, offset, length, exit);
    }

    @Override
    public TerminalLink openTerminal() throws FroggrException {
        PipeTerminal opened = PipeTerminal.open(this, request, outputs);
        synchronized (this) {
            terminal = opened;
        }
        return opened;
    }

    /** What the client said when it was ready. */
    Optional<TerminalSize> readySize() {
        return ready.size();
    }

    OutputFile.Exit exit() {
        return exit;
    }

    @Override
    public void onHangup(Runnable action) {
        synchronized (this) {
            if (!gone) {
                hangupActions.add(action);
                return;
            }
        }
        action.run();
    }

    @Override
    public void handOff(HandOff handOff) throws FroggrException {
        end(ReplyLine.handOff(handOff));
    }

    @Override
    public void end(int exitStatus) {
        end(ReplyLine.exit(exitStatus));
    }

    /** Ends it without an answer of the handler's: the platform goes. */
    void abort() {
        end(ReplyLine.lost());
    }

    /** Ends it before the handler has seen it: the client has to find another way. */
    void refuse() {
        end(ReplyLine.refused());
    }

    private void end(byte[] line) {
        synchronized (this) {
            if (ending) {
                return;
            }
            ending = true;
            hangupActions.clear();
        }
        closeAll();
        slot.leave();
        reception.attempt(() -> {
            send(line);
            return true;
        });
        synchronized (this) {
            ended = true;
        }
        release();
    }

    private void closeAll() {
        PipeTerminal open = terminal();
        if (open != null) {
            open.close();
        }
        if (outputs != null) {
            outputs.close();
        }
    }
}
