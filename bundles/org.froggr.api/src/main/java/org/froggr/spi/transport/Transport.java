package org.froggr.spi.transport;

import org.froggr.api.ErrnoException;
import org.froggr.api.session.PlatformHome;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Carries requests to the platform. Registered as an OSGi service with {@link #NAME}; clients try
 * the transports in the order of their {@code service.ranking}.
 */
@ConsumerType
public interface Transport {
    /** Service property: its name, one word; String. */
    String NAME = "froggr.transport";

    /**
     * Starts to take requests. Called once by the platform for each of its lives.
     *
     * @param home where the transport makes its pipes and sockets, below {@code platform/}
     * @param handler what gets the exchanges
     * @throws ErrnoException if they cannot be made; nothing is left behind
     */
    Listener listen(PlatformHome home, ExchangeHandler handler) throws ErrnoException;
}
