package org.froggr.transport.pipe.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.linux.TerminalSize;
import org.froggr.spi.transport.ClientRequest;
import org.froggr.spi.transport.TerminalLink;

/** The client's terminal; the client has put it into raw mode and puts it back when the exchange ends. */
final class PipeTerminal implements TerminalLink {
    private static final int IN = 0;
    private static final int OUT = 1;

    private final String type;
    private final PipeInput input;
    private final OutputFile output;
    private final OutputFile.Exit exit;
    private final boolean ownOutput;
    private final List<BiConsumer<Integer, Integer>> listeners = new CopyOnWriteArrayList<>();
    private volatile TerminalSize size;

    private PipeTerminal(
            PipeExchange exchange, ClientRequest request, PipeInput input, OutputFile output, boolean ownOutput) {
        this.type = request.environment().getOrDefault("TERM", "dumb");
        this.input = input;
        this.output = output;
        this.ownOutput = ownOutput;
        this.exit = exchange.exit();
        this.size = exchange.readySize().orElse(new TerminalSize(0, 0));
    }

    static PipeTerminal open(PipeExchange exchange, ClientRequest request, Outputs outputs) throws FroggrException {
        if (!request.isTerminal(IN) || !request.isTerminal(OUT)) {
            throw FroggrException.of(Fault.UNSUPPORTED, "standard input and output are no terminal")
                    .hint("frg gogo 'LINE'");
        }
        try {
            OptionalInt direct = exchange.client().terminalInput();
            return direct.isPresent()
                    ? direct(exchange, request, outputs, new PipeInput(direct.getAsInt(), exchange))
                    : copied(exchange, request);
        } catch (ErrnoException e) {
            throw FroggrException.of(Fault.IO_ERROR, "the terminal cannot be used: " + e.getMessage())
                    .causedBy(e);
        }
    }

    private static PipeTerminal direct(PipeExchange exchange, ClientRequest request, Outputs outputs, PipeInput input)
            throws ErrnoException {
        exchange.converse(ReplyLine.terminal(true));
        return new PipeTerminal(exchange, request, input, outputs.out(), false);
    }

    private static PipeTerminal copied(PipeExchange exchange, ClientRequest request) throws ErrnoException {
        Slot slot = exchange.slot();
        try (SidePipe in = SidePipe.make(slot.directory(), BytePath.of(slot.number() + ".in"));
                SidePipe out = SidePipe.make(slot.directory(), BytePath.of(slot.number() + ".out"))) {
            exchange.converse(ReplyLine.terminal(false));
            PipeInput input = new PipeInput(in.reader(), exchange);
            return new PipeTerminal(exchange, request, input, OutputFile.ofOwn(out.writer()), true);
        }
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                output.write(bytes, offset, length, exit);
            }
        };
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public int columns() {
        return size.columns();
    }

    @Override
    public int rows() {
        return size.rows();
    }

    @Override
    public void onResize(BiConsumer<Integer, Integer> listener) {
        listeners.add(listener);
    }

    void resize(int columns, int rows) {
        size = new TerminalSize(rows, columns);
        listeners.forEach(listener -> listener.accept(columns, rows));
    }

    /** Ends the input; the client gives the terminal back at the end of the exchange. */
    @Override
    public void close() {
        input.close();
        if (ownOutput) {
            output.close();
        }
    }
}
