package org.froggr.shell.internal.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final Styles PLAIN = new Styles(false);

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        Table table = Table.withHeader(PLAIN, "A", "B", "C").right(1);
        table.row("long", "1", "x");
        table.row("a", "22", "");
        assertEquals("A      B  C\nlong   1  x\na     22\n", table.text());
    }

    @Test
    void wideAndCombiningCharactersCountAsTheyShow() {
        Table table = Table.withoutHeader(2);
        table.row("\u4e2d\u6587", "|");
        table.row("e\u0301abc", "|");
        table.row("\ud83d\udc38xx", "|");
        assertEquals("\u4e2d\u6587  |\ne\u0301abc  |\n\ud83d\udc38xx  |\n", table.text());
    }

    @Test
    void coloursDoNotCount() {
        Table table = Table.withoutHeader(2);
        table.row(new Styles(true).red("ab"), "|");
        table.row("abc", "|");
        assertEquals("\033[31mab\033[0m   |\nabc  |\n", table.text());
    }

    @Test
    void onlyTheElasticColumnGivesWayAndOnlyIfThereIsAWidth() {
        Table table = Table.withoutHeader(3).elastic(1);
        table.row("id", "/a/very/long/path/name", "end");
        assertEquals("id  /a/very/long/path/name  end\n", table.text(Optional.empty()));
        assertEquals("id  …long/path/name  end\n", table.text(Optional.of(24)));
        assertEquals("id  /a/very/long/path/name  end\n", table.text(Optional.of(100)));
    }

    @Test
    void aWideCharacterIsNotCutInHalf() {
        assertEquals("…\u6587", Width.keepEnd("x\u4e2d\u6587", 4));
        assertEquals("\u4e2d\u6587", Width.keepEnd("\u4e2d\u6587", 4));
    }

    @Test
    void rowsOfAnotherLengthAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Table.withoutHeader(2).row("one"));
    }
}
