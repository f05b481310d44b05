package org.froggr.session.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.service.component.ComponentException;
import org.osgi.service.log.Logger;

class SettingsTest {
    private final Logger log = (Logger) Proxy.newProxyInstance(
            Logger.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> null);

    /** As Declarative Services makes it: a value that cannot be converted is thrown when it is asked for. */
    private static SessionConfig config(Map<String, Object> values) {
        return (SessionConfig) Proxy.newProxyInstance(
                SessionConfig.class.getClassLoader(), new Class<?>[] {SessionConfig.class}, (proxy, method, none) -> {
                    Object value = values.getOrDefault(method.getName(), method.getDefaultValue());
                    if (value instanceof String && method.getReturnType() == int.class) {
                        throw new ComponentException("no number: " + value);
                    }
                    return value;
                });
    }

    @Test
    void theDefaultsAreThoseOfMetatype() {
        assertEquals(Settings.defaults(), Settings.of(config(Map.of()), null, log));
    }

    @Test
    void nonsenseLeavesWhatWasInForce() {
        Settings former = Settings.of(config(Map.of("maxSessions", 7)), Settings.defaults(), log);
        assertNotEquals(Settings.defaults(), former);
        assertEquals(former, Settings.of(config(Map.of("maxMounts", "many")), former, log));
        assertEquals(former, Settings.of(config(Map.of("pingSeconds", 0)), former, log));
    }
}
