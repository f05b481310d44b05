package org.froggr.spi.transport;

import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.froggr.api.ByteText;
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
    private static final String PLAIN = "/._-=:+,@%";

    public HandOff {
        Objects.requireNonNull(entrance);
        environment = List.copyOf(environment);
    }

    /**
     * What a client needs to know, as ASCII words for a shell to take apart, with one space between two:
     * {@code PID START NAMESPACES OPERANDS SESSION DIRECTORY [NAME=VALUE…]}. NAMESPACES is {@code m} (mount),
     * {@code u} (user and mount) or {@code -} (none). In the words after SESSION every byte but ASCII letters,
     * digits and {@code / . _ - = : + , @ %} is {@code \0} and three octal digits, which {@code printf %b} undoes.
     */
    public String words() {
        StringJoiner words = new StringJoiner(" ");
        words.add(Long.toString(entrance.pid()));
        words.add(Long.toString(entrance.processStart()));
        words.add(namespaces());
        words.add(Integer.toString(operands));
        words.add(entrance.session().toString());
        words.add(escaped(entrance.directory().bytes()));
        environment.forEach(variable -> words.add(escaped(ByteText.encode(variable))));
        return words.toString();
    }

    private String namespaces() {
        if (entrance.userNamespace()) {
            return "u";
        }
        return entrance.mountNamespace() ? "m" : "-";
    }

    private static String escaped(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
                text.append(c);
            } else {
                text.append(String.format("\\0%03o", (int) c));
            }
        }
        return text.toString();
    }
}
