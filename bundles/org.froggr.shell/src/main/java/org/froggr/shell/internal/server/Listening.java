package org.froggr.shell.internal.server;

import java.util.Map;
import org.froggr.api.session.PlatformHome;
import org.froggr.spi.transport.ExchangeHandler;
import org.froggr.spi.transport.Listener;
import org.froggr.spi.transport.Transport;
import org.osgi.framework.Constants;
import org.osgi.service.log.Logger;

/** One transport and, while it works, its listener. Guarded by its owner. */
final class Listening implements Comparable<Listening> {
    private final Transport transport;
    private final String name;
    private final int ranking;
    private final long serviceId;
    private final Logger logger;
    private PlatformHome home;
    private Listener listener;
    private String complaint = "";

    Listening(Transport transport, Map<String, Object> properties, Logger logger) {
        this.transport = transport;
        this.name = String.valueOf(properties.getOrDefault(Transport.NAME, "unnamed"));
        this.ranking = properties.get(Constants.SERVICE_RANKING) instanceof Integer number ? number : 0;
        this.serviceId = (Long) properties.get(Constants.SERVICE_ID);
        this.logger = logger;
    }

    boolean isOf(Transport other) {
        return transport == other;
    }

    String name() {
        return name;
    }

    boolean works() {
        return listener != null;
    }

    /** Starts it if it does not work there already; what fails is tried again at the next call. */
    void start(PlatformHome where, ExchangeHandler handler) {
        if (listener != null && home == where) {
            return;
        }
        close();
        try {
            listener = transport.listen(where, handler);
            home = where;
            complaint = "";
            logger.info("transport {} listens", name);
        } catch (Exception e) {
            complain("transport {} cannot listen", e);
        }
    }

    /** One round of {@link Listener#check}; whether clients can reach it. */
    boolean check() {
        if (listener == null) {
            return false;
        }
        try {
            if (!listener.check()) {
                logger.warn("transport {} was damaged and has been mended", name);
            }
            complaint = "";
            return true;
        } catch (Exception e) {
            complain("transport {} cannot be mended", e);
            return false;
        }
    }

    /** Once for each new reason, not each second. */
    private void complain(String what, Exception e) {
        if (!complaint.equals(String.valueOf(e.getMessage()))) {
            complaint = String.valueOf(e.getMessage());
            logger.warn(what, name, e);
        }
    }

    void leave(PlatformHome old) {
        if (home == old) {
            close();
        }
    }

    void close() {
        Listener closing = listener;
        listener = null;
        home = null;
        if (closing == null) {
            return;
        }
        try {
            closing.close();
        } catch (Exception e) {
            logger.warn("transport {} did not close cleanly", name, e);
        }
    }

    /** The order of clients: higher ranking first, then the older service. */
    @Override
    public int compareTo(Listening other) {
        int byRanking = Integer.compare(other.ranking, ranking);
        return byRanking != 0 ? byRanking : Long.compare(serviceId, other.serviceId);
    }
}
