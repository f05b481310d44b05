package org.froggr.session.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a successor is told of unions. */
class HeadRecordTest {
    private static final List<HeadRecord> UNIONS = List.of(
            new HeadRecord(
                    1,
                    "/t \udcff",
                    false,
                    new HeadRecord.Original(null),
                    List.of(
                            new HeadRecord.Member(1, "/a", true, Set.of("ro", "nosuid"), null),
                            new HeadRecord.Member(0, "/t", false, Set.of(), null))),
            new HeadRecord(
                    7,
                    "/u",
                    true,
                    null,
                    List.of(new HeadRecord.Member(
                            3,
                            "/t/d",
                            false,
                            Set.of(),
                            new HeadRecord.Own(UUID.randomUUID(), 1, List.of(0L, 1L), List.of("d", "e"))))));

    private final UUID id = UUID.randomUUID();
    private TestHome home;
    private SessionDirectory directory;
    private Path file;

    @BeforeEach
    void makeDirectory() throws Exception {
        home = new TestHome();
        directory = new SessionStore(home.home(), new RecordingLogger().logger()).create(id);
        file = home.path(id).resolve("recovery/unions.json");
    }

    @AfterEach
    void removeHome() throws Exception {
        home.close();
    }

    @Test
    void whatWasSavedIsLoaded() throws Exception {
        assertEquals(Optional.empty(), directory.loadUnions());
        directory.saveUnions(UNIONS);
        assertEquals(Optional.of(UNIONS), directory.loadUnions());
        directory.saveUnions(List.of());
        assertEquals(Optional.of(List.of()), directory.loadUnions());
    }

    /** Nothing is better than half of it: then all is made anew. */
    @Test
    void whatIsTornAnywhereIsNotUsed() throws Exception {
        directory.saveUnions(UNIONS);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length - 1; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertFalse(directory.loadUnions().isPresent(), "of " + length + " bytes");
        }
        Files.write(file, whole);
        assertTrue(directory.loadUnions().isPresent());
    }

    @Test
    void whatANewerVersionWroteIsNotUsed() throws Exception {
        directory.saveUnions(UNIONS);
        Files.writeString(file, Files.readString(file).replace("\"version\":1", "\"version\":2"));
        assertEquals(Optional.empty(), directory.loadUnions());
    }
}
