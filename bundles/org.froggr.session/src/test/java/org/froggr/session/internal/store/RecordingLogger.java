package org.froggr.session.internal.store;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.osgi.service.log.Logger;

/** A logger that keeps what it is told. */
public final class RecordingLogger {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger = (Logger) Proxy.newProxyInstance(
            Logger.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                if (method.getReturnType() == boolean.class) {
                    return true;
                }
                lines.add(method.getName() + " " + flat(arguments));
                return null;
            });

    private static String flat(Object... arguments) {
        return Arrays.stream(arguments)
                .flatMap(one -> one instanceof Object[] many ? Arrays.stream(many) : Arrays.stream(new Object[] {one}))
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
    }

    public Logger logger() {
        return logger;
    }

    /** Level and all arguments of each call. */
    public List<String> lines() {
        return lines;
    }

    public static Logger silent() {
        return new RecordingLogger().logger();
    }
}
