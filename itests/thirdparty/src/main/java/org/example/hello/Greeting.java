package org.example.hello;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The words that differ between the two versions of this bundle. */
final class Greeting {
    private Greeting() {}

    static String to(String whom) {
        try (InputStream in = Greeting.class.getResourceAsStream("greeting.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip() + ", " + whom;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
