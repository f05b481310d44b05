package org.froggr.shell.internal.testing;

import java.lang.reflect.Proxy;
import java.util.Dictionary;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Converter;
import org.osgi.framework.BundleContext;

/** Gogo's runtime without a framework: services that are registered become its commands. */
public final class Gogo implements AutoCloseable {
    private final ThreadIOImpl threadIo = new ThreadIOImpl();
    private final CommandProcessorImpl processor;

    public Gogo() {
        threadIo.start();
        processor = new CommandProcessorImpl(threadIo);
    }

    public CommandProcessor processor() {
        return processor;
    }

    /** A bundle context that can register commands, and nothing else. */
    public BundleContext context() {
        return (BundleContext) Proxy.newProxyInstance(
                Gogo.class.getClassLoader(), new Class<?>[] {BundleContext.class}, (proxy, method, arguments) -> {
                    boolean registers = method.getName().equals("registerService");
                    if (registers && arguments[1] instanceof Converter converter) {
                        processor.addConverter(converter);
                    } else if (registers) {
                        add(arguments[1], (Dictionary<?, ?>) arguments[2]);
                    }
                    return null;
                });
    }

    private void add(Object target, Dictionary<?, ?> properties) {
        String scope = (String) properties.get(CommandProcessor.COMMAND_SCOPE);
        Object functions = properties.get(CommandProcessor.COMMAND_FUNCTION);
        for (String function : functions instanceof String[] many ? many : new String[] {(String) functions}) {
            processor.addCommand(scope, target, function);
        }
    }

    @Override
    public void close() {
        processor.stop();
        threadIo.stop();
    }
}
