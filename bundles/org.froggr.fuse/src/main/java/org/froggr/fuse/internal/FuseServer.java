package org.froggr.fuse.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.spi.presentation.FileServer;
import org.froggr.spi.presentation.FileService;
import org.froggr.spi.presentation.ServeRequest;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;

/** Serves trees of files through {@code /dev/fuse}. Threads are made with the first, and shared by all. */
@Component
public final class FuseServer implements FileServer {
    private final Complaints complaints;
    private final Set<FuseConnection> connections = ConcurrentHashMap.newKeySet();
    private Workers workers;

    @Activate
    public FuseServer(@Reference(service = LoggerFactory.class) Logger log) {
        this((message, cause) -> log.warn("{}", message, cause));
    }

    FuseServer(Complaints complaints) {
        this.complaints = complaints;
    }

    @Override
    public FileService serve(ServeRequest request) throws ErrnoException, InterruptedException {
        Workers shared = workers();
        DeviceChannel channel = new DeviceChannel(Fd.dup(request.device()));
        Protocol protocol;
        try {
            // Of the open file, which the caller has open too: threads wait for all connections at once
            Fd.setNonBlocking(channel.device(), true);
            protocol = negotiate(channel, shared.requests(), request.passthrough());
        } catch (ErrnoException | InterruptedException | RuntimeException e) {
            channel.close();
            throw e;
        }
        ReadAhead.raise(channel.device());
        Complaints named = new SparingComplaints(complaints, request.label());
        connections.removeIf(connection -> !connection.isServing());
        FuseConnection connection =
                FuseConnection.start(request.tree(), protocol, channel, shared, named, intents(request, channel));
        connection.limit(request.operationLimit());
        connections.add(connection);
        return connection;
    }

    private static Intents intents(ServeRequest request, DeviceChannel channel) throws ErrnoException {
        if (request.recovery() < 0) {
            return new Intents(null);
        }
        try {
            return new Intents(IntentTable.open(request.recovery(), request.isTakenOver()));
        } catch (ErrnoException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static Protocol negotiate(DeviceChannel channel, RequestPool requests, boolean passthrough)
            throws ErrnoException, InterruptedException {
        Request memory = requests.take();
        try {
            return Handshake.perform(channel, memory, passthrough);
        } finally {
            requests.give(memory);
        }
    }

    private synchronized Workers workers() throws ErrnoException {
        if (workers == null) {
            workers = new Workers(complaints);
        }
        return workers;
    }

    /** Ends all that is served, each as its own close would. */
    @Deactivate
    void close() throws ErrnoException {
        List<FuseConnection> all = new ArrayList<>(connections);
        all.parallelStream().forEach(FuseConnection::close);
        synchronized (this) {
            if (workers != null) {
                workers.close();
                workers = null;
            }
        }
    }
}
