package org.froggr.session.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.session.BindOrder;
import org.froggr.api.session.EntryKind;
import org.froggr.session.internal.store.NamespaceText.Line;
import org.junit.jupiter.api.Test;

class NamespaceTextTest {
    private static final String FAVOURITES = " \t\n\r'\"\\$#`-=,~*?01789ax\u007f";

    private static EntryRecord mount(String source, String target, String type, boolean reported, String... options) {
        return Records.entry(
                EntryKind.MOUNT, source, target, BindOrder.REPLACE, false, false, List.of(options), type, reported);
    }

    @Test
    void linesReadLikeCommands() {
        EntryRecord bind = Records.entry(
                EntryKind.BIND, "/it's", "/t\n\udcff", BindOrder.AFTER, true, true, List.of("ro", "noexec"), "x",
                false);
        assertEquals(
                "mount /src /mnt/x\n"
                        + "mount -o ro -t gitfs git:main /g\n"
                        + "bind -a -c -R -o ro,noexec '/it'\\''s' $'/t\\n\\377'\n"
                        + "# reported: mount /dev/sda1 /disk\n",
                NamespaceText.render(List.of(
                        mount("/src", "/mnt/x", "kernel", false),
                        mount("git:main", "/g", "gitfs", false, "ro"),
                        bind,
                        mount("/dev/sda1", "/disk", "kernel", true))));
        assertEquals("", NamespaceText.render(List.of()));
    }

    @Test
    void whatPeopleWriteIsUnderstood() {
        Line expected = new Line(
                EntryKind.BIND, BindOrder.REPLACE, true, false, List.of("ro"), null, "/a b", BytePath.of("/c\"$d\\"));
        String text = "\n# a comment\n  frg  bind\t-r -c -o ro /a\\ b \"/c\\\"\\$d\\\\\"  # said twice\n"
                + "bind -o ro -c '/a'\" b\" -r $'\\x2fc\"\\044d\\\\'";
        assertEquals(List.of(expected, expected), NamespaceText.parse(text));
    }

    @Test
    void nonsenseIsNamedWithItsLine() {
        assertNonsense("mount /a /b\nfrobnicate /a /b", "line 2: frobnicate is neither mount nor bind");
        assertNonsense("bind /a", "line 1: source and target expected, not 1 operands");
        assertNonsense("bind --what /a /b", "line 1: unknown option --what");
        assertNonsense("bind /a /b -o", "line 1: options expected at the end");
        assertNonsense("frg", "line 1: a verb expected at the end");
        assertNonsense("bind '/a /b", "a quote is not closed");
        assertNonsense("bind $'/\\q' /b", "an escape in $'' means nothing");
        assertNonsense("bind $'/\\0' /b", "a word cannot hold NUL");
        assertNonsense("bind \"/a\\", "a quote is not closed");
    }

    private static void assertNonsense(String text, String why) {
        String message = assertThrows(IllegalArgumentException.class, () -> NamespaceText.parse(text)).getMessage();
        assertTrue(message.contains(why), message);
    }

    @Test
    void anyNamespaceComesBack() {
        Random random = new Random(7);
        for (int round = 0; round < 2000; round++) {
            List<EntryRecord> entries = new ArrayList<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                entries.add(randomEntry(random));
            }
            String text = NamespaceText.render(entries);
            List<Line> lines = NamespaceText.parse(text);
            assertEquals(entries.stream().map(NamespaceTextTest::line).toList(), lines);
            assertEquals(entries.size(), text.lines().count(), "a line each: " + text);
            // What replaying it makes, prints the same.
            assertEquals(text, NamespaceText.render(lines.stream().map(NamespaceTextTest::entry).toList()));
        }
    }

    private static EntryRecord randomEntry(Random random) {
        EntryKind kind = random.nextBoolean() ? EntryKind.MOUNT : EntryKind.BIND;
        BindOrder[] orders = BindOrder.values();
        BindOrder order = kind == EntryKind.MOUNT ? BindOrder.REPLACE : orders[random.nextInt(orders.length)];
        String type = kind == EntryKind.MOUNT && random.nextBoolean() ? "type" : "kernel";
        String value = word(random).replace(',', '.');
        List<String> options = random.nextBoolean() ? List.of() : List.of("ro", "key=" + value);
        return Records.entry(
                kind, "/" + word(random), "/" + word(random), order, random.nextBoolean(), random.nextBoolean(),
                options, type, false);
    }

    private static String word(Random random) {
        byte[] bytes = new byte[random.nextInt(30)];
        for (int i = 0; i < bytes.length; i++) {
            // Half of them from a shell's favourites.
            bytes[i] = random.nextBoolean()
                    ? (byte) (1 + random.nextInt(255))
                    : (byte) FAVOURITES.charAt(random.nextInt(FAVOURITES.length()));
        }
        return ByteText.decode(bytes);
    }

    private static Line line(EntryRecord entry) {
        String type = entry.type().equals("kernel") ? null : entry.type();
        return new Line(
                entry.kind(), entry.order(), entry.create(), entry.recursive(), entry.options(), type, entry.source(),
                entry.target());
    }

    private static EntryRecord entry(Line line) {
        return Records.entry(
                line.kind(), line.source(), line.target().toString(), line.order(), line.create(), line.recursive(),
                line.options(), line.type() == null ? "kernel" : line.type(), false);
    }
}
