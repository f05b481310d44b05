package org.froggr.session.internal.pipes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.froggr.api.Fault;
import org.froggr.session.internal.store.Json;
import org.froggr.spi.transport.Exchange;

/** The lines that the platform writes: answers to requests, and events. */
final class Answer {
    private Answer() {}

    /** The answer to a request: exit status, and both streams as JSON where they are JSON, else as text. */
    static byte[] of(PipeRequest request, PipeExchange exchange) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", request.id());
        answer.put("status", exchange.status());
        answer.put("out", embed(exchange.text(Exchange.Stream.OUT)));
        answer.put("err", embed(exchange.text(Exchange.Stream.ERR)));
        return line(answer);
    }

    /** The answer in the place of one that was too long for the pipe: the command was carried out. */
    static byte[] tooLong(PipeRequest request, PipeExchange exchange, int bytes) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", request.id());
        answer.put("status", exchange.status());
        answer.put("out", null);
        String why = "the answer has " + bytes + " bytes, for which the session's reply pipe has no room";
        answer.put("err", error(Fault.LIMIT, why));
        answer.put("hint", "let the request name a reply pipe of its own");
        return line(answer);
    }

    /** The answer to a request that could not be carried out. */
    static byte[] refusal(PipeRequest request, Fault fault, String message) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", request.id());
        answer.put("status", fault.exitStatus());
        answer.put("out", "");
        answer.put("err", error(fault, message));
        return line(answer);
    }

    /** What is said of a line that is no request, or of an answer that cannot be delivered. */
    static byte[] event(Object id, Fault fault, String message) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", "error");
        event.put("id", id);
        event.putAll(error(fault, message));
        return line(event);
    }

    /** A line of this object; ASCII, so that bytes and chars are the same number. */
    static byte[] line(Map<String, ?> object) {
        return (Json.write(object) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static Map<String, Object> error(Fault fault, String message) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", fault);
        error.put("message", message);
        return error;
    }

    private static Object embed(String text) {
        String trimmed = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        if (!trimmed.startsWith("{") && !trimmed.startsWith("[")) {
            return trimmed;
        }
        try {
            return Json.parse(trimmed);
        } catch (IOException e) {
            return trimmed;
        }
    }
}
