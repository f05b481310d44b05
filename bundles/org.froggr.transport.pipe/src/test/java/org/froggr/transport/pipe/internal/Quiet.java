package org.froggr.transport.pipe.internal;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.log.Logger;

/** A logger that keeps what it is told. */
final class Quiet {
    final List<String> lines = new CopyOnWriteArrayList<>();

    Logger logger() {
        return (Logger) Proxy.newProxyInstance(
                Quiet.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                    if (arguments != null && arguments.length > 0) {
                        lines.add(method.getName() + ": " + text(arguments));
                    }
                    return method.getReturnType() == boolean.class ? Boolean.TRUE : null;
                });
    }

    private static String text(Object[] arguments) {
        StringBuilder text = new StringBuilder();
        for (Object argument : arguments) {
            Object[] more = argument instanceof Object[] array ? array : new Object[] {argument};
            for (Object each : more) {
                text.append(each).append(' ');
            }
        }
        return text.toString();
    }
}
