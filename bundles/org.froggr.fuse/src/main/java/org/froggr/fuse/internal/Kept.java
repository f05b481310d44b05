package org.froggr.fuse.internal;

import java.util.List;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.ProcStat;

/** The files of one connection that a successor goes on with. */
final class Kept {
    final KeptNodes nodes;
    final KeptHandles handles;
    final KeptLocks locks;
    final IntentTable intents;
    private final OwnedFd directory;
    private final Complaints complaints;
    private Protocol protocol;
    private List<KeptConnection.Server> before = List.of();
    private boolean abandoned;
    private boolean isClosed;

    private Kept(OwnedFd directory, Complaints complaints, boolean isNew) throws ErrnoException {
        this.directory = directory;
        this.complaints = complaints;
        int number = directory.number();
        if (isNew) {
            KeptConnection.remove(number);
            nodes = KeptNodes.create(number);
            handles = KeptHandles.create(number);
            locks = KeptLocks.create(number, this::abandon);
            intents = IntentTable.open(number, false);
        } else {
            nodes = KeptNodes.open(number);
            handles = KeptHandles.open(number);
            locks = KeptLocks.open(number, this::abandon);
            intents = IntentTable.open(number, true);
        }
    }

    /** New files, in place of what is there; nothing counts before {@link #serving}. */
    static Kept create(int directory, Complaints complaints) throws ErrnoException {
        return make(directory, complaints, true);
    }

    /** What another process left; EUCLEAN if that cannot be used. */
    static Kept open(int directory, Complaints complaints) throws ErrnoException {
        return make(directory, complaints, false);
    }

    private static Kept make(int directory, Complaints complaints, boolean isNew) throws ErrnoException {
        OwnedFd own = OwnedFd.of(Fd.dup(directory));
        try {
            return new Kept(own, complaints, isNew);
        } catch (ErrnoException e) {
            own.close();
            throw e;
        }
    }

    /** Who served before, and how. */
    KeptConnection connection() throws ErrnoException {
        return KeptConnection.read(directory.number());
    }

    /**
     * This process serves from now on.
     *
     * @param formers those that served before and are not gone
     */
    synchronized void serving(Protocol agreed, List<KeptConnection.Server> formers) throws ErrnoException {
        protocol = agreed;
        before = formers;
        write(false);
    }

    private void write(boolean left) throws ErrnoException {
        long self = ProcessHandle.current().pid();
        KeptConnection.Server server = new KeptConnection.Server(self, ProcStat.startTime(self));
        new KeptConnection(protocol, server, left, before).write(directory.number());
    }

    /** From now on something is missing: who wanted to go on with the rest would take one file for another. */
    synchronized void abandon(ErrnoException cause) {
        if (abandoned || isClosed) {
            return;
        }
        abandoned = true;
        complaints.say("No other process can go on with this connection: what it needs cannot be kept", cause);
        try {
            KeptConnection.remove(directory.number());
        } catch (ErrnoException e) {
            complaints.say("What was kept could not be removed", e);
        }
    }

    /** All stays for a successor, and is in order. Nothing is kept any more. */
    synchronized void leave() {
        if (isClosed) {
            return;
        }
        try {
            if (!abandoned) {
                write(true);
            }
        } catch (ErrnoException e) {
            complaints.say("The successor waits a moment: it could not be noted that all was left in order", e);
        }
        close();
    }

    /** Nobody needs it any more. */
    synchronized void remove() {
        if (isClosed) {
            return;
        }
        int number = directory.number();
        try {
            KeptConnection.remove(number);
            KeptNodes.remove(number);
            KeptHandles.remove(number);
            KeptLocks.remove(number);
            IntentTable.remove(number);
        } catch (ErrnoException e) {
            complaints.say("What was kept could not be removed", e);
        }
        close();
    }

    /** See {@link Served#release}. */
    synchronized void release(boolean isNobodys) {
        if (isNobodys) {
            remove();
        } else {
            close();
        }
    }

    /** All stays as it is. Nothing is kept any more. */
    synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        nodes.close();
        handles.close();
        locks.close();
        intents.close();
        try {
            directory.close();
        } catch (ErrnoException e) {
            // It was opened for paths only
        }
    }
}
