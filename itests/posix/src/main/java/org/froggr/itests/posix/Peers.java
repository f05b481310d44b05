package org.froggr.itests.posix;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The other processes, which all run as the user of the cases. Kept from case to case, since starting one is slow. */
final class Peers implements AutoCloseable {
    private final User user;
    private final Deque<Peer> idle = new ArrayDeque<>();
    private final List<Peer> taken = new ArrayList<>();

    Peers(User user) {
        this.user = user;
    }

    /** One for this case, in this working directory and with no open files. */
    Peer take(String directory) throws Exception {
        Peer peer = Steward.call(() -> idle.isEmpty() ? Peer.start(user) : idle.pop());
        taken.add(peer);
        peer.run(() -> Names.chdir(directory));
        return peer;
    }

    /** Ends a peer in the middle of whatever it does. */
    static void kill(Peer peer) throws Exception {
        Steward.call(() -> {
            peer.kill();
            return null;
        });
    }

    /** After a case: those that still do something are ended, the others wait for the next case. */
    void release() {
        for (Peer peer : taken) {
            try {
                if (!peer.idle()) {
                    throw new IllegalStateException("still busy");
                }
                peer.run(() -> {
                    Opened.closeAll();
                    Names.chdir("/");
                });
                idle.push(peer);
            } catch (Exception e) {
                end(peer);
            }
        }
        taken.clear();
    }

    private static void end(Peer peer) {
        try {
            kill(peer);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        release();
        idle.forEach(Peers::end);
    }
}
