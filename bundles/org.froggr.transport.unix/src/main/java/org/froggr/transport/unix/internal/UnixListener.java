package org.froggr.transport.unix.internal;

import java.time.Duration;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.spi.transport.Listener;

/** The transport at work: the name of the socket, and those who came through it. */
final class UnixListener implements Listener {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final SocketFile file;
    private final Clients clients;
    private boolean closed;

    private UnixListener(SocketFile file, Clients clients) {
        this.file = file;
        this.clients = clients;
    }

    static UnixListener open(SocketFile file, Clients clients) throws ErrnoException {
        clients.start();
        UnixListener listener = new UnixListener(file, clients);
        try {
            listener.renew();
            return listener;
        } catch (ErrnoException e) {
            listener.closeAfter(e);
            throw e;
        }
    }

    private void renew() throws ErrnoException {
        int fd = file.make();
        try {
            clients.listenOn(fd);
        } catch (ErrnoException e) {
            Fd.closeQuietly(fd);
            throw e;
        }
    }

    private void closeAfter(ErrnoException first) {
        try {
            closeClients();
        } catch (ErrnoException e) {
            first.addSuppressed(e);
        }
    }

    @Override
    public synchronized boolean check() throws ErrnoException {
        if (closed) {
            return true;
        }
        if (!file.isInPlace()) {
            renew();
            return false;
        }
        return file.mendMode();
    }

    @Override
    public synchronized void close() throws ErrnoException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            file.remove();
        } finally {
            closeClients();
        }
    }

    private void closeClients() throws ErrnoException {
        try {
            clients.close(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
