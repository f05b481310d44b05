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
        Complaints named = new SparingComplaints(complaints, request.label());
        DeviceChannel channel = new DeviceChannel(Fd.dup(request.device()));
        try {
            // Of the open file, which the caller has open too: threads wait in read(2)
            Fd.setNonBlocking(channel.device(), false);
            TakeOver takeOver = request.isTakenOver() ? TakeOver.begin(request, channel, named) : null;
            Served served = takeOver == null ? begin(request, channel, shared, named) : takeOver.served();
            FuseConnection connection = start(served, takeOver, channel, shared);
            connection.limit(request.operationLimit());
            return connection;
        } catch (ErrnoException | InterruptedException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private FuseConnection start(Served served, TakeOver takeOver, DeviceChannel channel, Workers shared)
            throws ErrnoException {
        ReadAhead.raise(channel.device());
        connections.removeIf(connection -> !connection.isServing());
        FuseConnection connection = FuseConnection.start(served, channel, shared);
        connections.add(connection);
        if (takeOver != null) {
            takeOver.continueWith(connection);
        }
        return connection;
    }

    private static Served begin(ServeRequest request, DeviceChannel channel, Workers shared, Complaints complaints)
            throws ErrnoException, InterruptedException {
        Kept kept = kept(request.recovery(), complaints);
        try {
            Protocol protocol = negotiate(channel, shared.requests(), request.passthrough());
            Served served = new Served(request.tree(), protocol, channel, complaints, kept);
            if (kept != null) {
                served.keep();
                kept.serving(protocol, List.of());
            }
            return served;
        } catch (ErrnoException | InterruptedException | RuntimeException e) {
            if (kept != null) {
                kept.remove();
            }
            throw e;
        }
    }

    /** Null if nothing is or can be kept: the mount is served all the same. */
    private static Kept kept(int directory, Complaints complaints) {
        if (directory < 0) {
            return null;
        }
        try {
            return Kept.create(directory, complaints);
        } catch (ErrnoException e) {
            complaints.say("No other process can go on with this connection: nothing can be kept", e);
            return null;
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

    /** Ends all that is served: what was kept for a successor is left to it. */
    @Deactivate
    void close() throws ErrnoException {
        List<FuseConnection> all = new ArrayList<>(connections);
        all.parallelStream().forEach(FuseConnection::handOver);
        synchronized (this) {
            if (workers != null) {
                workers.close();
                workers = null;
            }
        }
    }
}
