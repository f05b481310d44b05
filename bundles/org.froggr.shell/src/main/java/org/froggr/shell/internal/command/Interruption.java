package org.froggr.shell.internal.command;

import org.froggr.spi.transport.Exchange;

/** Interrupts the thread of a call when its client goes away, and never afterwards. */
final class Interruption implements AutoCloseable {
    private Thread thread = Thread.currentThread();
    private boolean happened;

    static Interruption of(Exchange exchange) {
        Interruption interruption = new Interruption();
        exchange.onHangup(interruption::fire);
        return interruption;
    }

    private synchronized void fire() {
        if (thread != null) {
            happened = true;
            thread.interrupt();
        }
    }

    synchronized boolean happened() {
        return happened;
    }

    /** The thread goes back to its pool without a pending interrupt of ours. */
    @Override
    public synchronized void close() {
        thread = null;
        if (happened) {
            Thread.interrupted();
        }
    }
}
