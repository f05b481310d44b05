package org.froggr.shell.internal.command;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which Froggr this is.
 *
 * @param number such as {@code 0.1.0}
 */
public record Version(String number) {
    void print(Invocation call) {
        if (call.isJson()) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("version", number);
            call.printJson(object);
        } else {
            call.println("frg " + number);
        }
    }
}
