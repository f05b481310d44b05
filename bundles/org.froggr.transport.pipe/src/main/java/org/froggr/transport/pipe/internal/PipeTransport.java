package org.froggr.transport.pipe.internal;

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

/** Requests by named pipes: the way of {@code bin/frg} that forks nothing. */
@Component(
        service = Transport.class,
        property = {Transport.NAME + "=pipe", "service.ranking:Integer=100"},
        configurationPid = PipeConfiguration.PID)
@Designate(ocd = PipeConfiguration.class)
public final class PipeTransport implements Transport {
    private final Logger logger;
    private final OutputWay output;

    @Activate
    public PipeTransport(@Reference(service = LoggerFactory.class) Logger logger, PipeConfiguration configuration) {
        this(logger, configuration.output());
    }

    PipeTransport(Logger logger, OutputWay output) {
        this.logger = logger;
        this.output = output;
    }

    @Override
    public Listener listen(PlatformHome home, ExchangeHandler handler) throws ErrnoException {
        return PipeListener.open(home, handler, output, logger);
    }
}
