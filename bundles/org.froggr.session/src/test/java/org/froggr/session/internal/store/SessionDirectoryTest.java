package org.froggr.session.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.Ids;
import org.froggr.linux.Mounts;
import org.froggr.linux.Namespaces;
import org.froggr.linux.Stat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionDirectoryTest {
    private final UUID id = UUID.randomUUID();
    private final RecordingLogger log = new RecordingLogger();
    private TestHome home;
    private SessionStore store;
    private SessionDirectory directory;
    private Path path;

    @BeforeEach
    void makeDirectory() throws Exception {
        home = new TestHome();
        store = new SessionStore(home.home(), log.logger());
        directory = store.create(id);
        path = home.path(id);
    }

    @AfterEach
    void removeHome() throws Exception {
        home.close();
    }

    private Stat stat(String name) throws ErrnoException {
        return Stat.at(Fd.AT_FDCWD, BytePath.of(path + "/" + name), false);
    }

    private static Set<String> names(Path directory) throws Exception {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(p -> p.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    @Test
    void aNewDirectoryHasItsPipesAndNothingElse() throws Exception {
        assertEquals(Set.of("ctl", "reply", "anchor", "answer"), names(path));
        assertEquals(0700, Stat.at(Fd.AT_FDCWD, directory.path(), false).permissions());
        for (String pipe : names(path)) {
            assertTrue(stat(pipe).isFifo());
            assertEquals(0600, stat(pipe).permissions());
        }
        ErrnoException error = assertThrows(ErrnoException.class, () -> store.create(id));
        assertTrue(error.is(Errno.EEXIST));
        assertTrue(directory.exists());
    }

    @Test
    void scanTellsSessionsFromStrangers() throws Exception {
        Path sessions = path.getParent();
        String capitals = UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
        for (String stranger : List.of("notes", "1-1-1-1-1", capitals)) {
            Files.createDirectory(sessions.resolve(stranger));
        }
        UUID other = UUID.randomUUID();
        store.create(other);
        assertEquals(Set.of(id, other), Set.copyOf(store.scan()));
        assertEquals(
                Set.of("notes", "1-1-1-1-1", capitals),
                store.strangers().stream().map(BytePath::toString).collect(Collectors.toSet()));
    }

    @Test
    void pipesAreMended() throws Exception {
        assertFalse(directory.ensurePipes());
        Files.delete(path.resolve("ctl"));
        Files.delete(path.resolve("reply"));
        Files.writeString(path.resolve("reply"), "a file");
        Files.delete(path.resolve("anchor"));
        Files.createSymbolicLink(path.resolve("anchor"), path.resolve("answer"));
        At.chmod(Fd.AT_FDCWD, BytePath.of(path + "/answer"), 0);
        assertTrue(directory.ensurePipes());
        for (String pipe : List.of("ctl", "reply", "anchor", "answer")) {
            assertTrue(stat(pipe).isFifo(), pipe);
            assertEquals(0600, stat(pipe).permissions());
        }
        assertFalse(directory.ensurePipes());
        assertEquals(2, log.lines().size(), log.lines().toString());
        assertTrue(log.lines().get(0).matches("warn .* was no pipe .*/reply"), log.lines().get(0));
    }

    @Test
    void aDirectoryInThePlaceOfAPipeIsLeft() throws Exception {
        Files.delete(path.resolve("ctl"));
        Files.createDirectory(path.resolve("ctl"));
        ErrnoException error = assertThrows(ErrnoException.class, directory::ensurePipes);
        assertTrue(error.is(Errno.EISDIR), error.getMessage());
    }

    @Test
    void namespaceTextOfAnyBytesComesBack() throws Exception {
        assertEquals(Optional.empty(), directory.loadNamespace().map(SavedNamespace::text));
        String text = "bind -r /a\udcff\n'x' /b\u00e9\n";
        directory.saveNamespace(text);
        directory.saveNamespace(text);
        assertEquals(Optional.of(text), directory.loadNamespace().map(SavedNamespace::text));
        Files.delete(path.resolve("ns"));
        directory.saveNamespace(text);
        assertEquals(Optional.of(text), directory.loadNamespace().map(SavedNamespace::text));
        assertFalse(Files.exists(path.resolve("ns.new")));
    }

    @Test
    void theNamespaceIsSavedWithTheRecordAndNeedNotSucceed() throws Exception {
        directory.save(Records.session(id, 1), "lines\n", false);
        assertEquals(Optional.of("lines\n"), directory.loadNamespace().map(SavedNamespace::text));
        Files.createDirectory(path.resolve("ns.new"));
        directory.save(Records.session(id, 2), "others\n", false);
        assertEquals(new Loaded.Current(Records.session(id, 2)), directory.load());
        assertEquals(Optional.of("lines\n"), directory.loadNamespace().map(SavedNamespace::text));
        Files.delete(path.resolve("ns.new"));
        directory.save(Records.session(id, 3), "others\n", false);
        assertEquals(Optional.of("others\n"), directory.loadNamespace().map(SavedNamespace::text));
    }

    @Test
    void removesAllThatFroggrMakes() throws Exception {
        directory.save(Records.session(id, 1), true);
        directory.save(Records.session(id, 2), true);
        Files.writeString(path.resolve("session.json"), "bad");
        directory.load();
        directory.save(Records.session(id, 3), true);
        directory.saveNamespace("");
        Files.writeString(path.resolve("session.json.new"), "");
        Files.createDirectory(path.resolve("recovery"));
        Files.writeString(path.resolve("recovery/nodes"), "");
        directory.remove();
        assertFalse(Files.exists(path));
        assertFalse(directory.exists());
        directory.remove();
    }

    @Test
    void whatIsNotFroggrsStaysAndKeepsTheRecord() throws Exception {
        directory.save(Records.session(id, 1), true);
        Files.createDirectory(path.resolve("recovery"));
        Files.createDirectory(path.resolve("recovery/mine"));
        Files.writeString(path.resolve("thesis.txt"), "years");
        ErrnoException error = assertThrows(ErrnoException.class, directory::remove);
        assertTrue(error.is(Errno.ENOTEMPTY));
        assertTrue(Set.of(path + "/thesis.txt", path + "/recovery/mine").contains(error.path().toString()));
        assertEquals(Set.of("session.json", "thesis.txt", "recovery"), names(path));
        assertEquals(2, log.lines().size(), log.lines().toString());
        Files.delete(path.resolve("thesis.txt"));
        Files.delete(path.resolve("recovery/mine"));
        directory.remove();
        assertFalse(Files.exists(path));
    }

    @Test
    void aSymbolicLinkIsNotFollowed() throws Exception {
        Path data = Files.createDirectory(home.parent().resolve("data"));
        Files.writeString(data.resolve("ctl"), "precious");
        Files.createSymbolicLink(path.resolve("recovery"), data);
        assertThrows(ErrnoException.class, directory::remove);
        assertEquals("precious", Files.readString(data.resolve("ctl")));
        UUID link = UUID.randomUUID();
        Files.createSymbolicLink(home.path(link), data);
        assertFalse(store.open(link).exists());
        assertThrows(ErrnoException.class, () -> store.open(link).openDirectory());
        store.open(link).remove();
        assertTrue(Files.exists(data.resolve("ctl")));
    }

    @Test
    void aMountIsNeverCrossed() throws Exception {
        Assumptions.assumeTrue(Ids.euid() == 0, "mounting needs root");
        Path data = Files.createDirectory(home.parent().resolve("data"));
        for (String name : List.of("ctl", "session.json", "thesis")) {
            Files.writeString(data.resolve(name), "precious");
        }
        Files.createDirectory(path.resolve("recovery"));
        Files.writeString(path.resolve("ns"), "");
        directory.save(Records.session(id, 1), false);
        for (Path target : List.of(path, path.resolve("recovery"))) {
            ErrnoException error = removeUnder(data, target);
            assertTrue(error.is(Errno.EBUSY), error.getMessage());
            assertEquals(Set.of("ctl", "session.json", "thesis"), names(data));
            assertTrue(Files.exists(path.resolve("session.json")));
        }
    }

    /** In a mount namespace that ends with its thread. */
    private ErrnoException removeUnder(Path data, Path target) throws Exception {
        return Namespaces.callIsolated(() -> {
            Namespaces.unshare(Namespaces.CLONE_NEWNS);
            Mounts.mount(BytePath.of("none"), BytePath.ROOT, null, Mounts.MS_REC | Mounts.MS_PRIVATE, null);
            // Opened in here, since a descriptor from outside leads to where there is no such mount.
            try (HomeDirectory inside = new HomeDirectory(home.home().path())) {
                BytePath source = BytePath.of(data.toString());
                Mounts.mount(source, BytePath.of(target.toString()), null, Mounts.MS_BIND, null);
                SessionDirectory same = new SessionStore(inside, log.logger()).open(id);
                return assertThrows(ErrnoException.class, same::remove);
            }
        });
    }
}
