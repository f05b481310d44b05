package org.froggr.itests.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.regex.Pattern;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.Fault;
import org.froggr.api.ShellWord;

/**
 * What a command did.
 *
 * @param command what was run, for messages
 * @param status its exit status, 128+n for signal n
 * @param outBytes standard output
 * @param errBytes standard error
 */
public record Result(String command, int status, byte[] outBytes, byte[] errBytes) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** Standard output as {@link ByteText}. */
    public String out() {
        return ByteText.decode(outBytes);
    }

    /** Standard error as {@link ByteText}. */
    public String err() {
        return ByteText.decode(errBytes);
    }

    public List<String> lines() {
        return out().lines().toList();
    }

    /** Requires exit status 0. */
    public Result ok() {
        return status(0);
    }

    /** Requires this exit status. */
    public Result status(int expected) {
        return require(status == expected, "exit status " + expected);
    }

    /** Requires this text on standard output. */
    public Result shows(String text) {
        return require(out().contains(text), "standard output with: " + text);
    }

    /** Requires this to be all of standard output, the last newline aside. */
    public Result prints(String text) {
        return require(out().equals(text) || out().equals(text + "\n"), "standard output: " + text);
    }

    /** Requires this text on standard error, in any case of letters. */
    public Result says(String text) {
        return require(err().toLowerCase().contains(text.toLowerCase()), "standard error with: " + text);
    }

    /** Requires the one line of the error form, with the fault's code and exit status, and no output. */
    public Result fails(Fault fault) {
        status(fault.exitStatus());
        boolean form = Pattern.compile("(?m)^frg: ([a-z]+: )?" + fault + ": .+")
                .matcher(err())
                .find();
        return require(form, "a line 'frg: <verb>: " + fault + ": …'").require(outBytes.length == 0, "no output");
    }

    /** Requires the path, quoted for a shell, on standard error. */
    public Result naming(String path) {
        return require(err().contains(BytePath.of(path).quoted()), "the path " + ShellWord.quote(path));
    }

    /** Requires {@code ; try: …} with this text in it. */
    public Result hinting(String text) {
        int hint = err().indexOf("; try: ");
        return require(hint >= 0 && err().indexOf(text, hint) >= 0, "a hint with: " + text);
    }

    /** Requires standard output to be the UUID of a session and nothing else, and returns it. */
    public String session() {
        ok().require(UUID.matcher(out().strip()).matches() && lines().size() == 1, "a session's UUID alone");
        return out().strip();
    }

    /** Requires standard output to be one JSON document, and returns it. */
    public JsonNode json() {
        return parse(out(), "standard output");
    }

    /** Requires standard error to be one JSON document, and returns it. */
    public JsonNode jsonError() {
        return parse(err(), "standard error");
    }

    private JsonNode parse(String text, String stream) {
        try (var parser = JSON.createParser(text)) {
            JsonNode node = JSON.readTree(parser);
            require(node != null && parser.nextToken() == null, "one JSON document on " + stream);
            return node;
        } catch (JsonProcessingException e) {
            throw failure("JSON on " + stream + " (" + e.getOriginalMessage() + ")");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Requires something of this result that has no method of its own. */
    public Result require(boolean holds, String what) {
        if (!holds) {
            throw failure(what);
        }
        return this;
    }

    private AssertionError failure(String what) {
        return new AssertionError("expected " + what + ", but was: " + this);
    }

    @Override
    public String toString() {
        return command + "\n-- status " + status + "\n-- out\n" + ShellText.visible(out()) + "\n-- err\n"
                + ShellText.visible(err());
    }
}
