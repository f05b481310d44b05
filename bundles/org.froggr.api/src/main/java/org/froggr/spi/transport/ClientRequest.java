package org.froggr.spi.transport;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request as {@code bin/frg} writes it, whatever carries it. It is a row of fields, each ended by NUL: the
 * version {@code frg/1}; the client's process id; a dash and {@link #terminals}; the number of arguments; the
 * arguments; variables {@code NAME=VALUE}; and the word {@code end}. Numbers are decimal.
 *
 * @param pid the client's process id as the client sees it, which proves nothing
 * @param terminals a dash, then the digits of those of its standard streams that are terminals
 * @param arguments verb, options and operands, as ByteText
 * @param environment the variables sent along, by name, as ByteText; of one given twice, the last
 */
public record ClientRequest(long pid, String terminals, List<String> arguments, Map<String, String> environment) {
    /** Most that a request may hold, in bytes: twice what Linux takes as arguments by default (execve(2)). */
    public static final int MAX_BYTES = 4 << 20;

    private static final String VERSION = "frg/1";
    private static final String END = "end";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    public ClientRequest {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /**
     * Reads a request. No beginning of a request is refused, so it may be read while it is being written.
     *
     * @return empty while its end is missing
     * @throws MalformedRequestException if it is none, whatever may follow
     */
    public static Optional<ClientRequest> parse(byte[] bytes) throws MalformedRequestException {
        RequestFields fields = new RequestFields(bytes);
        try {
            Optional<ClientRequest> request = Optional.of(read(fields));
            if (!fields.atEnd()) {
                throw new MalformedRequestException("a request that goes on after its end");
            }
            return request;
        } catch (RequestFields.MissingException e) {
            return Optional.empty();
        }
    }

    private static ClientRequest read(RequestFields fields)
            throws MalformedRequestException, RequestFields.MissingException {
        if (!fields.next().equals(VERSION)) {
            throw new MalformedRequestException("a request of another version than " + VERSION);
        }
        int pid = number(fields.next());
        String terminals = fields.next();
        int count = number(fields.next());
        List<String> arguments = new ArrayList<>();
        while (arguments.size() < count) {
            arguments.add(fields.next());
        }
        return new ClientRequest(pid, terminals, arguments, environment(fields));
    }

    private static int number(String field) throws MalformedRequestException {
        if (!NUMBER.matcher(field).matches()) {
            throw new MalformedRequestException("a request with something else where a number should be");
        }
        return Integer.parseInt(field);
    }

    private static Map<String, String> environment(RequestFields fields)
            throws MalformedRequestException, RequestFields.MissingException {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String field = fields.next(); !field.equals(END); field = fields.next()) {
            int equals = field.indexOf('=');
            if (equals <= 0) {
                throw new MalformedRequestException("a request with something else where NAME=VALUE should be");
            }
            environment.put(field.substring(0, equals), field.substring(equals + 1));
        }
        return environment;
    }

    /** Whether a standard stream of the client is a terminal: 0, 1 or 2 for input, output and errors. */
    public boolean isTerminal(int stream) {
        return terminals.indexOf('0' + stream) >= 0;
    }

    /** The width that the client's COLUMNS asks for; 0 if it is unset or no number. */
    public int columns() {
        String columns = environment.getOrDefault("COLUMNS", "");
        return NUMBER.matcher(columns).matches() ? Integer.parseInt(columns) : 0;
    }
}
