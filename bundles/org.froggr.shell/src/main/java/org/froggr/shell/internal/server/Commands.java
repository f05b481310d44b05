package org.froggr.shell.internal.server;

import org.froggr.shell.internal.command.Activity;
import org.froggr.shell.internal.command.CommandRunner;
import org.froggr.shell.internal.command.Verbs;
import org.froggr.shell.internal.command.Version;
import org.froggr.spi.transport.Exchange;
import org.froggr.spi.transport.ExchangeHandler;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;

/** Command lines for whoever has one: transports, the control pipes of sessions, Gogo. */
@Component(service = {ExchangeHandler.class, Commands.class})
public final class Commands implements ExchangeHandler {
    private final Verbs verbs;
    private final Activity activity = new Activity(System::nanoTime);
    private final CommandRunner runner;

    @Activate
    public Commands(
            BundleContext context, @Reference Verbs verbs, @Reference(service = LoggerFactory.class) Logger logger) {
        org.osgi.framework.Version bundle = context.getBundle().getVersion();
        String number = bundle.getMajor() + "." + bundle.getMinor() + "." + bundle.getMicro();
        this.verbs = verbs;
        this.runner = new CommandRunner(verbs.catalogue(), activity, new Version(number), logger);
    }

    @Override
    public void handle(Exchange exchange) {
        runner.handle(exchange);
    }

    public CommandRunner runner() {
        return runner;
    }

    public Verbs verbs() {
        return verbs;
    }

    Activity activity() {
        return activity;
    }
}
