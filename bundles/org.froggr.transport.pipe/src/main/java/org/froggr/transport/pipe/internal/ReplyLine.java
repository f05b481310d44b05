package org.froggr.transport.pipe.internal;

import org.froggr.api.ByteText;
import org.froggr.spi.transport.HandOff;

/** The line that ends an exchange, or changes the way it goes on: words of plain ASCII, and a newline. */
final class ReplyLine {
    private static final byte[] LOST = line("lost");
    private static final byte[] REFUSED = line("no");

    private ReplyLine() {}

    private static byte[] line(String words) {
        return ByteText.encode(words + "\n");
    }

    /** The client exits with this status. */
    static byte[] exit(int status) {
        return line("x " + (status & 0xff));
    }

    /** The client asks another transport. */
    static byte[] refused() {
        return REFUSED.clone();
    }

    /** A platform that is no more has taken the request, and nobody knows how far it came. */
    static byte[] lost() {
        return LOST.clone();
    }

    /** The client copies its output from the slot's pipes. */
    static byte[] pipes() {
        return line("pipes");
    }

    /** The client puts its terminal into raw mode; {@code direct} says that it copies nothing. */
    static byte[] terminal(boolean direct) {
        return line(direct ? "tty direct" : "tty pipes");
    }

    /** The client becomes a command inside a session. */
    static byte[] handOff(HandOff handOff) {
        return line("exec " + handOff.words());
    }
}
