package org.froggr.transport.unix.internal;

import java.time.Duration;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.PlatformHome;
import org.froggr.spi.transport.ExchangeHandler;
import org.froggr.spi.transport.Listener;
import org.froggr.spi.transport.Transport;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.metatype.annotations.Designate;

/** The transport over {@code platform/sock}. */
@Component(
        service = Transport.class,
        configurationPid = UnixConfiguration.PID,
        property = {Transport.NAME + "=unix", "service.ranking:Integer=50"})
@Designate(ocd = UnixConfiguration.class)
public final class UnixTransport implements Transport {
    private final Limits limits;
    private final Logger logger;

    @Activate
    public UnixTransport(
            UnixConfiguration configuration, @Reference(service = LoggerFactory.class) Logger logger) {
        this(new Limits(configuration.clients(), Duration.ofSeconds(configuration.requestSeconds())), logger);
    }

    UnixTransport(Limits limits, Logger logger) {
        this.limits = limits;
        this.logger = logger;
    }

    @Override
    public Listener listen(PlatformHome home, ExchangeHandler handler) throws ErrnoException {
        Complaints complaints = new Complaints(logger, System::nanoTime);
        Clients clients = new Clients(new Reception(home.owner(), handler, complaints), limits, complaints);
        return UnixListener.open(new SocketFile(home.platformDescriptor()), clients);
    }
}
