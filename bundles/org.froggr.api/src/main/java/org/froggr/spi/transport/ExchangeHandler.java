package org.froggr.spi.transport;

import org.osgi.annotation.versioning.ProviderType;

/** Carries out exchanges. Implemented by the platform, and an OSGi service for those who need it. */
@ProviderType
public interface ExchangeHandler {
    /**
     * Carries out one exchange and ends it. May block as long as the command takes. Called on a thread
     * of the transport, several at once; does not throw.
     */
    void handle(Exchange exchange);
}
