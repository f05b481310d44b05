package org.froggr.itests.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CatalogueTest {
    @Test
    void idsAreDistinctAndWellFormed() {
        List<String> ids = Catalogue.all().stream().map(Case::id).toList();
        assertEquals(ids.size(), ids.stream().distinct().count());
        for (String id : ids) {
            assertTrue(id.matches("[a-z-]+/\\d{2,}-\\S+"), id);
        }
    }

    @Test
    void isLong() {
        assertTrue(Catalogue.all().size() > 1500);
    }

    @Test
    void refusesTheSameNameTwice() {
        Chapter chapter = new Chapter("x").test("a", site -> {});
        assertThrows(IllegalArgumentException.class, () -> chapter.test("a", site -> {}));
    }

    @Test
    void numbersCasesInOrder() {
        Chapter chapter = new Chapter("x").test("a", site -> {}).test("b-ENOENT", site -> {}, Need.ROOT);
        assertEquals(
                List.of("x/01-a", "x/02-b-ENOENT"),
                chapter.cases().stream().map(Case::id).toList());
    }
}
