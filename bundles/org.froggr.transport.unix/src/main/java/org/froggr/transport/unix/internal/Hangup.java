package org.froggr.transport.unix.internal;

import java.util.ArrayList;
import java.util.List;

/** What is to be done when the client goes away before the end. Safe from any thread. */
final class Hangup {
    private final List<Runnable> actions = new ArrayList<>();
    private boolean happened;
    private boolean over;

    /** Adds an action, or runs it at once if the client has gone. */
    void add(Runnable action) {
        synchronized (this) {
            if (over) {
                return;
            }
            if (!happened) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    /** The client has gone. */
    void happen() {
        List<Runnable> due;
        synchronized (this) {
            happened = true;
            due = over ? List.of() : List.copyOf(actions);
            actions.clear();
        }
        due.forEach(Runnable::run);
    }

    /** The exchange is over: nothing happens from now on. */
    synchronized void disarm() {
        over = true;
        actions.clear();
    }
}
