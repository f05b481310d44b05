package org.froggr.namespace.internal;

import static org.froggr.namespace.internal.TestUnion.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.spi.presentation.UnionMember;
import org.froggr.spi.tree.Attributes;
import org.froggr.spi.tree.FileTree;
import org.froggr.spi.tree.MemoryTree;
import org.froggr.spi.tree.TreeUser;
import org.junit.jupiter.api.Test;

/** A process dies after each single step of a change of several: the next one shows all of it, or nothing. */
class KilledTest {
    /** What is there before, made anew for each step. */
    @FunctionalInterface
    private interface Setup {
        MemoryTree[] trees() throws Exception;
    }

    /** What somebody does. */
    @FunctionalInterface
    private interface Operation {
        void perform(TreeUser user) throws Exception;
    }

    private Restart process(MemoryTree[] trees, int receiver, Killer killer) throws Exception {
        Restart process = new Restart(false);
        for (FileTree tree : trees) {
            process.with(new MirrorTree(tree, killer));
        }
        return process.receiving(receiver);
    }

    private static void startAnew(Restart process, MemoryTree[] trees, int... order) throws Exception {
        for (int i = 0; i < trees.length; i++) {
            process.replaceTree(i, new MirrorTree(trees[i]));
        }
        process.start(order);
    }

    private static int[] backwards(int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = count - 1 - i;
        }
        return order;
    }

    /** Paths, each with what is there. */
    private static Map<String, String> view(TreeUser user) throws Exception {
        Map<String, String> all = new TreeMap<>();
        addTo(all, user, "");
        user.forgetAll();
        return all;
    }

    private static void addTo(Map<String, String> all, TreeUser user, String directory) throws Exception {
        for (String name : user.list(directory)) {
            String path = directory.isEmpty() ? name : directory + "/" + name;
            Attributes out = user.stat(path);
            all.put(path, Integer.toOctalString(out.mode) + " " + out.uid + " "
                    + (out.isDirectory() ? "" : user.read(path)));
            if (out.isDirectory()) {
                addTo(all, user, path);
            }
        }
    }

    /** The files of each member, with what the union does not show; directories do not count. */
    private static List<Map<String, String>> files(MemoryTree[] trees) throws Exception {
        List<Map<String, String>> all = new ArrayList<>();
        for (MemoryTree tree : trees) {
            Map<String, String> files = view(new TreeUser(tree));
            files.values().removeIf(what -> what.startsWith("4"));
            all.add(files);
        }
        return all;
    }

    /** @return after how many steps it was killed at most */
    private int killedAtEachStep(Setup setup, int receiver, Operation operation, String source, String target)
            throws Exception {
        MemoryTree[] untouched = setup.trees();
        Map<String, String> before;
        Map<String, String> after;
        try (Restart process = process(untouched, receiver, new Killer(0))) {
            process.start();
            before = view(process.user());
            TreeUser user = process.user();
            operation.perform(user);
            user.forgetAll();
            after = view(process.user());
        }
        List<Map<String, String>> filesAfter = files(untouched);
        for (int steps = 1; ; steps++) {
            MemoryTree[] trees = setup.trees();
            List<Map<String, String>> filesBefore = files(trees);
            try (Restart process = process(trees, receiver, new Killer(steps))) {
                process.start();
                try {
                    operation.perform(process.user());
                    return steps - 1;
                } catch (Killer.Killed e) {
                    // As it should be
                }
                startAnew(process, trees, steps % 2 == 0 ? new int[0] : backwards(trees.length));
                process.space().recovered();
                String step = "killed after step " + steps;
                Map<String, String> now = view(process.user());
                assertTrue(now.equals(before) || now.equals(after), step + ": " + now);
                List<Map<String, String>> files = files(trees);
                assertEquals(now.equals(after) ? filesAfter : filesBefore, files, step);
                assertEquals(List.of(), process.said, step);
                // What a server of the kernel's requests does with one that was in flight
                TreeUser user = process.user();
                if (source == null || user.exists(source) || !user.exists(target)) {
                    again(operation, user, step);
                }
                user.forgetAll();
                assertEquals(after, view(process.user()), step);
                assertEquals(filesAfter, files(trees), step);
                // Nothing is left to be done
                startAnew(process, trees);
                assertEquals(List.of(), process.space().intents.left());
            }
        }
    }

    private static void again(Operation operation, TreeUser user, String step) throws Exception {
        try {
            operation.perform(user);
        } catch (ErrnoException e) {
            assertTrue(e.is(Errno.ENOENT), step + ": " + e.getMessage());
        }
    }

    @Test
    void aDirectoryOfSeveralMembersIsRenamed() throws Exception {
        Setup setup = () -> new MemoryTree[] {
            tree("d/", "d/a=0", "d/s/"), tree("d/", "d/a=1", "d/b=1"), tree("d/", "d/c=2")
        };
        assertEquals(3, killedAtEachStep(setup, 0, user -> user.rename("d", "e"), "d", "e"));
    }

    @Test
    void aDirectoryOfSeveralMembersReplacesOne() throws Exception {
        Setup setup = () -> {
            MemoryTree[] trees = {tree("d/", "d/a=0", "e/"), tree("e/"), tree("d/", "d/b=2", "e/"), tree("e/")};
            new TreeUser(trees[3]).chmod("e", 0700);
            return trees;
        };
        assertEquals(4, killedAtEachStep(setup, 0, user -> user.rename("d", "e"), "d", "e"));
    }

    @Test
    void aDirectoryIsRenamedToWhereParentsAreMissing() throws Exception {
        Setup setup = () -> {
            MemoryTree[] trees = {tree("p/", "p/q/", "d/", "d/a=0"), tree("d/", "d/b=1"), tree("d/", "d/c=2")};
            new TreeUser(trees[0]).chmod("p/q", 0711);
            return trees;
        };
        assertTrue(killedAtEachStep(setup, 0, user -> user.rename("d", "p/q/e"), "d", "p/q/e") > 7);
    }

    @Test
    void aFileIsRenamedOverThoseOfEarlierMembers() throws Exception {
        Setup setup = () -> new MemoryTree[] {tree("g=0"), tree("g=1"), tree("g=2"), tree("f=new", "g=3")};
        assertEquals(7, killedAtEachStep(setup, 0, user -> user.rename("f", "g"), "f", "g"));
    }

    @Test
    void aFileIsRenamedOverThatOfAnEarlierMember() throws Exception {
        Setup setup = () -> new MemoryTree[] {tree("d/", "d/g=0"), tree("f=new")};
        assertTrue(killedAtEachStep(setup, 0, user -> user.rename("f", "d/g"), "f", "d/g") > 2);
    }

    @Test
    void aFileIsRenamedToAnotherNameOfItsThatIsHidden() throws Exception {
        Setup setup = () -> {
            MemoryTree[] trees = {tree("g=0"), tree("f=new")};
            new TreeUser(trees[1]).link("f", "g");
            return trees;
        };
        assertEquals(2, killedAtEachStep(setup, 0, user -> user.rename("f", "g"), "f", "g"));
    }

    @Test
    void aDirectoryOfSeveralMembersIsRemoved() throws Exception {
        Setup setup = () -> new MemoryTree[] {tree("d/", "x="), tree("d/"), tree("d/")};
        assertEquals(3, killedAtEachStep(setup, 0, user -> user.rmdir("d"), null, null));
    }

    @Test
    void aFileIsMadeWhereParentsAreMissing() throws Exception {
        Setup setup = () -> {
            MemoryTree[] trees = {tree("x="), tree("d/", "d/e/", "d/e/old=1")};
            new TreeUser(trees[1]).chmod("d", 0700);
            new TreeUser(trees[1]).chmod("d/e", 01777);
            return trees;
        };
        Operation create = user -> user.create("d/e/new", TreeUser.O_RDWR, 0100600).close();
        assertTrue(killedAtEachStep(setup, 0, create, null, null) >= 5);
    }

    private static final Setup THREE = () -> new MemoryTree[] {
        tree("d/", "d/a=0"), tree("d/", "d/b=1"), tree("d/", "d/c=2")
    };

    private Restart killed(MemoryTree[] trees, int steps) throws Exception {
        Restart process = process(trees, 0, new Killer(steps));
        process.start();
        try {
            process.user().rename("d", "e");
        } catch (Killer.Killed e) {
            return process;
        }
        throw new AssertionError("not killed");
    }

    @Test
    void whatCannotBeFinishedIsUndone() throws Exception {
        MemoryTree[] trees = THREE.trees();
        try (Restart process = killed(trees, 2)) {
            trees[2].failChanges(Errno.EROFS);
            startAnew(process, trees);
            process.space().recovered();
            assertEquals(Set.of("d", "d/a", "d/b", "d/c"), view(process.user()).keySet());
            assertEquals(1, process.said.size(), process.said::toString);
            assertTrue(process.said.get(0).contains("the rename of d to e"), process.said.get(0));
            startAnew(process, trees);
            assertEquals(List.of(), process.space().intents.left());
        }
    }

    @Test
    void whatSomebodyElseHasDoneMeanwhileIsLetAlone() throws Exception {
        MemoryTree[] trees = THREE.trees();
        try (Restart process = killed(trees, 1)) {
            TreeUser other = new TreeUser(trees[1]);
            other.rename("d", "z");
            other.mkdir("d");
            other.write("d/other", "x");
            startAnew(process, trees);
            process.space().recovered();
            assertEquals(
                    Set.of("d", "d/other", "e", "e/a", "e/c", "z", "z/b"),
                    view(process.user()).keySet());
        }
    }

    @Test
    void itWaitsForAMemberThatIsMissing() throws Exception {
        MemoryTree[] trees = THREE.trees();
        try (Restart process = killed(trees, 1)) {
            startAnew(process, trees, 0, 1);
            process.space().recovered();
            assertEquals(1, process.said.size(), process.said::toString);
            assertTrue(process.said.get(0).contains("waits"), process.said.get(0));
            TreeUser user = process.user();
            assertTrue(user.exists("d"));
            user.forgetAll();
            process.head().add(new UnionMember(3, "m3", trees[2], false, false, Set.of()), false);
            assertEquals(Set.of("e", "e/a", "e/b", "e/c"), view(process.user()).keySet());
            assertEquals(1, process.said.size(), process.said::toString);
        }
    }

    @Test
    void aUnionThatIsClosedNeedsNothingMore() throws Exception {
        MemoryTree[] trees = THREE.trees();
        try (Restart process = killed(trees, 1)) {
            startAnew(process, trees);
            process.head().close();
            process.start();
            assertEquals(List.of(), process.space().intents.left());
        }
    }

    @Test
    void whatIsNotReadableIsSaid() throws Exception {
        MemoryTree[] trees = THREE.trees();
        try (Restart process = killed(trees, 1)) {
            byte[] bytes = Files.readAllBytes(process.file(Intents.FILE));
            bytes[30]++;
            Files.write(process.file(Intents.FILE), bytes);
            startAnew(process, trees);
            assertEquals(List.of(), process.space().intents.left());
            assertEquals(1, process.said.size());
            startAnew(process, trees);
            assertEquals(1, process.said.size());
            assertFalse(process.user().exists("f"));
        }
    }

    @Test
    void severalAtOnceHavePlacesOfTheirOwn() throws Exception {
        MemoryTree[] trees = THREE.trees();
        try (Restart process = process(trees, 0, new Killer(0))) {
            process.start();
            Intents intents = process.space().intents;
            Intent intent = new Intent(
                    Intent.Kind.REMOVE, 7, List.of(), TreeUser.name("x"), List.of(), null, null, List.of());
            intents.perform(
                    () -> intent,
                    () -> intents.perform(
                            () -> intent,
                            () -> {
                                Intents other = Intents.open(process.directory(), message -> {});
                                assertEquals(2, other.left().size());
                                other.close();
                            }));
            startAnew(process, trees);
            assertEquals(List.of(), process.space().intents.left());
        }
    }
}
