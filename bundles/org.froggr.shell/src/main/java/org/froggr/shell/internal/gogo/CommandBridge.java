package org.froggr.shell.internal.gogo;

import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Function;
import org.froggr.shell.internal.command.CommandRunner;
import org.froggr.shell.internal.command.VerbCatalogue;
import org.froggr.shell.internal.server.Commands;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Offers every verb to Gogo as {@code froggr:NAME}, as long as some bundle offers it. */
@Component(immediate = true, service = {})
public final class CommandBridge {
    /** The scope of all verbs. */
    static final String SCOPE = "froggr";

    private final BundleContext context;
    private final VerbCatalogue catalogue;
    private final CommandRunner runner;
    private final Consumer<Set<String>> watcher = this::bridge;
    private final Map<String, ServiceRegistration<Function>> functions = new HashMap<>();

    @Activate
    public CommandBridge(BundleContext context, @Reference Commands commands) {
        this(context, commands.verbs().catalogue(), commands.runner());
    }

    CommandBridge(BundleContext context, VerbCatalogue catalogue, CommandRunner runner) {
        this.context = context;
        this.catalogue = catalogue;
        this.runner = runner;
    }

    @Activate
    void start() {
        catalogue.watch(watcher);
    }

    @Deactivate
    void stop() {
        catalogue.unwatch(watcher);
        bridge(Set.of());
    }

    private synchronized void bridge(Set<String> names) {
        functions.entrySet().removeIf(entry -> {
            boolean gone = !names.contains(entry.getKey());
            if (gone) {
                entry.getValue().unregister();
            }
            return gone;
        });
        names.forEach(name -> functions.computeIfAbsent(name, this::register));
    }

    private ServiceRegistration<Function> register(String name) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(CommandProcessor.COMMAND_SCOPE, SCOPE);
        properties.put(CommandProcessor.COMMAND_FUNCTION, name);
        return context.registerService(Function.class, new VerbFunction(name, runner), properties);
    }
}
