package org.froggr.spi.transport;

import java.util.List;
import java.util.Objects;
import org.froggr.api.session.Entrance;

/**
 * A program that the client runs itself, inside a session.
 *
 * @param entrance where
 * @param operands how many of the last arguments of the request are the program and its arguments; 0
 *     means the user's shell
 * @param environment variables to set, {@code NAME=value}, as ByteText
 */
public record HandOff(Entrance entrance, int operands, List<String> environment) {
    public HandOff {
        Objects.requireNonNull(entrance);
        environment = List.copyOf(environment);
    }
}
