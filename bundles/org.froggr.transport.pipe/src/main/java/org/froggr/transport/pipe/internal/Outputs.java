package org.froggr.transport.pipe.internal;

import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.TerminalSize;
import org.froggr.spi.transport.Exchange.Stream;

/**
 * Where the two streams of an exchange go.
 *
 * @param out standard output
 * @param err standard error
 */
record Outputs(OutputFile out, OutputFile err) {
    /** Straight to the client's descriptors; empty if it must copy itself. */
    static Optional<Outputs> direct(Client client) throws ErrnoException {
        Optional<OutputFile> out = client.output(Client.OUT);
        if (out.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<OutputFile> err = client.output(Client.ERR);
            if (err.isPresent()) {
                return Optional.of(new Outputs(out.get(), err.get()));
            }
        } catch (ErrnoException e) {
            out.get().close();
            throw e;
        }
        out.get().close();
        return Optional.empty();
    }

    /** Through two pipes that the client copies from. */
    static Outputs copied(Slot slot, PipeExchange exchange) throws ErrnoException {
        try (SidePipe out = SidePipe.make(slot.directory(), BytePath.of(slot.number() + ".out"));
                SidePipe err = SidePipe.make(slot.directory(), BytePath.of(slot.number() + ".err"))) {
            exchange.converse(ReplyLine.pipes());
            OutputFile first = OutputFile.ofOwn(out.writer());
            // Through one pipe what goes to one place keeps its order.
            boolean oneForBoth = exchange.client().sharesOutput();
            return new Outputs(first, oneForBoth ? first : OutputFile.ofOwn(err.writer()));
        }
    }

    OutputFile of(Stream stream) {
        return stream == Stream.OUT ? out : err;
    }

    /** That of the terminal that either of them is. */
    Optional<TerminalSize> terminalSize() {
        return TerminalSize.of(out.descriptor()).or(() -> TerminalSize.of(err.descriptor()));
    }

    void close() {
        out.close();
        err.close();
    }
}
