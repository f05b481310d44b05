package org.froggr.namespace.internal;

import static org.froggr.namespace.internal.TestUnion.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.froggr.api.ErrnoException;
import org.froggr.spi.tree.MemoryTree;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.TestRequester;
import org.froggr.spi.tree.TreeUser;
import org.junit.jupiter.api.Test;

/** Directories with very many names, and the parts that make them possible. */
class WideListingTest {
    private static final int WIDE = 200_000;

    private static MemoryTree wide(String prefix, int count) throws ErrnoException {
        MemoryTree tree = tree();
        TreeUser user = new TreeUser(tree);
        for (int i = 0; i < count; i++) {
            user.mknod(prefix + i, 0100644);
        }
        user.forgetAll();
        return tree;
    }

    @Test
    void twiceTwoHundredThousandNamesInPages() throws Exception {
        try (TestUnion union = new TestUnion(wide("f", WIDE))) {
            union.before(wide("f", WIDE));
            union.before(wide("g", 10));
            Set<String> names = new HashSet<>();
            int[] count = new int[1];
            assertTimeout(Duration.ofSeconds(30), () -> {
                try (OpenDirectory directory = union.user.node("").openDirectory(TestRequester.ROOT)) {
                    long[] offset = new long[1];
                    int before;
                    do {
                        before = count[0];
                        int end = before + 100;
                        directory.read(offset[0], (name, inode, type, next) -> {
                            if (count[0] == end) {
                                return false;
                            }
                            count[0]++;
                            names.add(name.toString());
                            offset[0] = next;
                            return true;
                        });
                    } while (count[0] > before);
                }
            });
            assertEquals(WIDE + 10, count[0]);
            assertEquals(WIDE + 10, names.size());
            union.assertNothingLeft();
        }
    }

    @Test
    void everythingIsRemovedWhileItIsListed() throws Exception {
        try (TestUnion union = new TestUnion(wide("f", 3000))) {
            union.before(wide("g", 3000));
            try (OpenDirectory directory = union.user.node("").openDirectory(TestRequester.ROOT)) {
                long[] offset = new long[1];
                List<String> page = new ArrayList<>();
                do {
                    page.clear();
                    directory.read(offset[0], (name, inode, type, next) -> {
                        offset[0] = page.size() < 50 ? next : offset[0];
                        return page.size() < 50 && page.add(name.toString());
                    });
                    for (String name : page) {
                        union.user.unlink(name);
                    }
                } while (!page.isEmpty());
            }
            assertEquals(List.of(), union.user.list(""));
            union.assertNothingLeft();
        }
    }

    @Test
    void aNameThatComesUpFromBehindIsNotListedTwice() throws Exception {
        try (TestUnion union = new TestUnion(wide("f", 100))) {
            union.before(wide("f", 100));
            List<String> names = new ArrayList<>();
            try (OpenDirectory directory = union.user.node("").openDirectory(TestRequester.ROOT)) {
                long[] offset = new long[1];
                directory.read(0, (name, inode, type, next) -> {
                    if (names.size() == 60) {
                        return false;
                    }
                    offset[0] = next;
                    return names.add(name.toString());
                });
                for (int i = 0; i < 40; i++) {
                    union.user.unlink("f" + i);
                }
                directory.read(offset[0], (name, inode, type, next) -> names.add(name.toString()));
            }
            assertEquals(100, names.size());
            assertEquals(100, new HashSet<>(names).size());
            union.assertNothingLeft();
        }
    }

    @Test
    void aSetOfNames() {
        NameSet names = new NameSet();
        for (int i = 0; i < WIDE; i++) {
            names.put(hash("n" + i), i % 7);
        }
        for (int i = 0; i < WIDE; i++) {
            assertEquals(i % 7, names.part(hash("n" + i)));
            assertEquals(-1, names.part(hash("m" + i)));
        }
    }

    private static long hash(String name) {
        return NameSet.hash(name.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void offsetsSayWhichMemberAndWhere() {
        Offsets offsets = new Offsets();
        Offsets others = new Offsets();
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            int place = i % 3 == 0 ? random.nextInt(32_000) : random.nextInt(20);
            long inMember = random.nextLong() >>> 1 + random.nextInt(62);
            long given = offsets.of(place, inMember);
            assertTrue(given > 0);
            assertEquals(place, Offsets.place(given));
            assertEquals(given, Offsets.pack(place, inMember));
            assertTrue(offsets.isExact(given));
            assertEquals(inMember, offsets.inMember(given));
            long lost = inMember - others.inMember(given);
            assertTrue(lost >= 0 && lost < (inMember >>> 47 == 0 ? 1 : place < 15 ? 1 << 5 : 1 << 20));
        }
        assertEquals(-1, Offsets.place(17));
    }
}
