package org.froggr.session.internal.store;

import org.froggr.api.ByteText;

/**
 * The lines of {@code ns} as they were found. The file ends with a comment, since a loss of power may leave any part of
 * it, and half of a line may be one that means something else.
 *
 * @param text whole lines only
 * @param whole whether these are all
 */
public record SavedNamespace(String text, boolean whole) {
    private static final String END = "# end\n";

    static byte[] write(String byteText) {
        return ByteText.encode(byteText + END);
    }

    static SavedNamespace read(byte[] content) {
        String all = ByteText.decode(content);
        if (all.endsWith(END) && all.indexOf('\0') < 0) {
            return new SavedNamespace(all.substring(0, all.length() - END.length()), true);
        }
        int zeros = all.indexOf('\0');
        String readable = zeros < 0 ? all : all.substring(0, zeros);
        return new SavedNamespace(readable.substring(0, readable.lastIndexOf('\n') + 1), false);
    }
}
