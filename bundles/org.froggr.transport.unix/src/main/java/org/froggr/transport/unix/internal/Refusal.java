package org.froggr.transport.unix.internal;

import java.nio.charset.StandardCharsets;
import org.froggr.api.Fault;
import org.froggr.spi.transport.MalformedRequestException;

/** Why a client gets no command at all. */
record Refusal(Fault fault, String message, String hint) {
    /** The request is none. */
    static Refusal of(MalformedRequestException e) {
        return new Refusal(Fault.USAGE, e.getMessage(), "the frg of the running platform's distribution");
    }

    /** What the client shows. */
    byte[] text() {
        String line = "frg: " + fault + ": " + message + "; try: " + hint + "\n";
        return line.getBytes(StandardCharsets.UTF_8);
    }
}
