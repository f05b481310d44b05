package org.froggr.transport.unix.internal;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.log.Logger;

/** A logger that keeps what warns. */
final class TestLog {
    final List<String> warnings = new CopyOnWriteArrayList<>();
    final Logger logger = (Logger) Proxy.newProxyInstance(
            TestLog.class.getClassLoader(), new Class<?>[] {Logger.class}, (self, method, arguments) -> {
                if (method.getName().equals("warn") || method.getName().equals("error")) {
                    warnings.add(Arrays.deepToString(arguments));
                }
                return method.getReturnType() == boolean.class ? Boolean.FALSE : null;
            });

    boolean has(String part) {
        return warnings.stream().anyMatch(line -> line.contains(part));
    }
}
