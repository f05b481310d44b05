package org.froggr.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DescriptorStoreTest {
    @TempDir
    private Path directory;

    private Stat putNew(DescriptorStore store, String name) throws Exception {
        BytePath path = BytePath.of(Files.createDirectory(directory.resolve(name)).toString());
        try (OwnedFd fd = OwnedFd.of(Fd.open(path, Fd.O_PATH, 0))) {
            store.put(name, fd.number());
            return Stat.of(fd.number());
        }
    }

    private static boolean holds(DescriptorStore store, String name, Stat expected) throws ErrnoException {
        Optional<OwnedFd> found = store.get(name);
        if (found.isEmpty()) {
            return false;
        }
        try (OwnedFd fd = found.get()) {
            return Stat.of(fd.number()).sameFile(expected);
        }
    }

    @Test
    void givesBackWhatWasPutIn() throws Exception {
        try (DescriptorStore store = DescriptorStore.make()) {
            Stat one = putNew(store, "one");
            Stat two = putNew(store, "two");
            assertTrue(holds(store, "two", two));
            assertTrue(holds(store, "one", one));
            store.remove("one");
            store.remove("never there");
            assertTrue(store.get("one").isEmpty());
            assertTrue(holds(store, "two", two));
        }
    }

    @Test
    void staysWithWhoeverHoldsTheSocket() throws Exception {
        DescriptorStore store = DescriptorStore.make();
        Stat kept = putNew(store, "kept");
        OwnedFd held = OwnedFd.of(Fd.dup(store.number()));
        store.close();
        try (DescriptorStore later = DescriptorStore.of(held)) {
            assertTrue(holds(later, "kept", kept));
        }
    }

    @Test
    void aNameThatIsPutInAgainMeansTheLater() throws Exception {
        try (DescriptorStore store = DescriptorStore.make();
                OwnedFd root = OwnedFd.of(Fd.open(BytePath.ROOT, Fd.O_PATH, 0))) {
            putNew(store, "name");
            store.put("name", root.number());
            assertTrue(holds(store, "name", Stat.of(root.number())));
        }
    }

    @Test
    void leaksNoDescriptors() throws Exception {
        try (DescriptorStore store = DescriptorStore.make();
                OwnedFd root = OwnedFd.of(Fd.open(BytePath.ROOT, Fd.O_PATH, 0))) {
            fill(store, root);
            long before = open();
            fill(store, root);
            assertEquals(before, open());
        }
    }

    private static void fill(DescriptorStore store, OwnedFd fd) throws ErrnoException {
        for (int i = 0; i < 100; i++) {
            store.put("member-" + i, fd.number());
        }
        for (int i = 0; i < 100; i++) {
            store.get("member-" + i).orElseThrow().close();
        }
    }

    private static long open() throws Exception {
        try (var all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }
}
