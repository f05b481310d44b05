package org.froggr.namespace.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.froggr.spi.tree.OpenDirectory;
import org.froggr.spi.tree.TestRequester;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A program goes on listing a directory with the offset that it had, after everything was thrown away: no name is
 * missing and none there twice (readdir(3)).
 */
class ContinuedListingTest {
    private final List<LocalMember> members = new ArrayList<>();
    private String last;

    @AfterEach
    void remove() throws Exception {
        for (LocalMember member : members) {
            member.close();
        }
    }

    static Stream<Arguments> places() {
        return LocalMember.EVERYWHERE.stream().flatMap(path -> Stream.of(false, true)
                .map(plan9 -> Arguments.of(path, plan9)));
    }

    private void member(Path below, String command) throws Exception {
        LocalMember member = new LocalMember(below);
        members.add(member);
        member.sh(command);
    }

    /** What happens while no process is there. */
    @FunctionalInterface
    private interface Meanwhile {
        void happens(int page) throws Exception;
    }

    /** How often each name was listed, in pages, with another process for each. */
    private Map<String, Integer> list(boolean plan9, int pageSize, Meanwhile meanwhile) throws Exception {
        Map<String, Integer> names = new HashMap<>();
        long[] offset = new long[1];
        int[] count = new int[1];
        int page = 0;
        do {
            count[0] = 0;
            try (Restart process = new Restart(plan9)) {
                for (LocalMember member : members) {
                    process.with(member.tree());
                }
                process.start();
                try (OpenDirectory directory = process.user().node("").openDirectory(TestRequester.ROOT)) {
                    directory.read(offset[0], (name, inode, type, next) -> {
                        if (count[0] == pageSize) {
                            return false;
                        }
                        count[0]++;
                        last = name.toString();
                        names.merge(last, 1, Integer::sum);
                        offset[0] = next;
                        return true;
                    });
                }
            }
            for (LocalMember member : members) {
                member.closeTrees();
            }
            meanwhile.happens(page++);
        } while (count[0] > 0);
        return names;
    }

    private static Map<String, Integer> expected(int count, int... times) {
        Map<String, Integer> names = new HashMap<>();
        for (int i = 0; i < count; i++) {
            names.put("n" + (i + 1), times[i % times.length]);
        }
        return names;
    }

    @ParameterizedTest
    @MethodSource("places")
    void aMergedDirectory(Path below, boolean plan9) throws Exception {
        member(below, "seq -f 'n%g' 60 | xargs touch");
        member(below, "seq -f 'n%g' 2 2 100 | xargs touch");
        member(below, "seq -f 'n%g' 120 | xargs mkdir");
        Map<String, Integer> names = list(plan9, 7, page -> {});
        Map<String, Integer> expected = expected(120, 1);
        if (plan9) {
            for (int i = 1; i <= 60; i++) {
                expected.merge("n" + i, 1, Integer::sum);
            }
            for (int i = 2; i <= 100; i += 2) {
                expected.merge("n" + i, 1, Integer::sum);
            }
        }
        assertEquals(expected, names);
    }

    @ParameterizedTest
    @MethodSource("places")
    void namesThatComeAndGoMeanwhileDoNoHarmToOthers(Path below, boolean plan9) throws Exception {
        for (int i = 0; i < 3; i++) {
            member(below, "seq -f 'n%g' 200 | xargs touch; seq -f 'gone%g' 200 | xargs touch");
        }
        Map<String, Integer> names = list(plan9, 11, page -> {
            for (LocalMember member : members) {
                for (int i = 1; i <= 3; i++) {
                    Files.deleteIfExists(member.path.resolve("gone" + (page * 3 + i)));
                    Files.createFile(member.path.resolve("new" + page + "-" + i));
                    Files.deleteIfExists(member.path.resolve("new" + (page - 1) + "-" + i));
                }
            }
        });
        names.keySet().removeIf(name -> !name.startsWith("n") || name.startsWith("new"));
        assertEquals(expected(200, plan9 ? 3 : 1), names);
    }

    @ParameterizedTest
    @MethodSource("places")
    void theEntryThatWasListedLastIsRemoved(Path below, boolean plan9) throws Exception {
        for (int i = 0; i < 2; i++) {
            member(below, "seq -f 'n%g' 100 | xargs touch");
        }
        List<String> gone = new ArrayList<>();
        Map<String, Integer> names = list(plan9, 1, page -> {
            if (page % 3 == 0) {
                gone.add(last);
                for (LocalMember member : members) {
                    Files.deleteIfExists(member.path.resolve(last));
                }
            }
        });
        Map<String, Integer> expected = expected(100, plan9 ? 2 : 1);
        names.keySet().removeAll(gone);
        expected.keySet().removeAll(gone);
        assertEquals(expected, names);
        assertTrue(gone.size() > 30);
    }

    @ParameterizedTest
    @MethodSource("places")
    void aPlainDirectory(Path below, boolean plan9) throws Exception {
        member(below, "seq -f 'n%g' 300 | xargs touch");
        assertEquals(expected(300, 1), list(plan9, 13, page -> {}));
    }

    @ParameterizedTest
    @MethodSource("places")
    void twoHundredThousandNames(Path below, boolean plan9) throws Exception {
        member(below, "seq -f 'n%g' 200 | xargs touch");
        member(below, "seq -f 'n%.0f' 200000 | xargs touch");
        Map<String, Integer> names = list(plan9, 30_011, page -> {});
        Map<String, Integer> expected = expected(200_000, 1);
        if (plan9) {
            expected(200, 1).keySet().forEach(name -> expected.put(name, 2));
        }
        assertEquals(expected.size(), names.size());
        assertEquals(expected, names);
    }
}
