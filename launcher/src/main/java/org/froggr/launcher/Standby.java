package org.froggr.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A platform that stands by: started as far as it goes without touching anything that belongs to the one that
 * runs, so that it can follow that one at once. The supervising loop tells it on standard input when, and by the
 * end of the file that it is not needed.
 */
final class Standby {
    /** The last start level that has nothing to do with sessions or commands. */
    static final int LEVEL = 3;

    private static final String PROPERTY = "froggr.standby";

    /** Words of the line, after {@code go}, as the loop would give them to a platform that it starts. */
    private static final String[] PROPERTIES = {"froggr.ended.pid", "froggr.ended.status", "froggr.ended.uptime"};

    private Standby() {}

    /** Whether this JVM was started as one. */
    static boolean isOne() {
        return Boolean.getBoolean(PROPERTY);
    }

    /**
     * Waits to be needed.
     *
     * @return false if it is not
     */
    static boolean await() throws IOException {
        BufferedReader loop = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        String line = loop.readLine();
        if (line == null || !line.startsWith("go ")) {
            return false;
        }
        String[] words = line.split(" ");
        for (int i = 0; i < PROPERTIES.length && i + 1 < words.length; i++) {
            System.setProperty(PROPERTIES[i], words[i + 1]);
        }
        return true;
    }
}
