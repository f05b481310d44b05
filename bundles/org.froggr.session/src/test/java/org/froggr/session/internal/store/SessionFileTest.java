package org.froggr.session.internal.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionFileTest {
    private final UUID id = UUID.randomUUID();
    private TestHome home;
    private SessionDirectory directory;
    private Path file;
    private Path old;

    @BeforeEach
    void makeDirectory() throws Exception {
        home = new TestHome();
        directory = home.store().create(id);
        file = home.path(id).resolve("session.json");
        old = home.path(id).resolve("session.json.old");
    }

    @AfterEach
    void removeHome() throws Exception {
        home.close();
    }

    @Test
    void everyFieldComesBack() throws Exception {
        SessionRecord session = Records.session(id, 42);
        directory.save(session, true);
        assertEquals(new Loaded.Current(session), directory.load());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertFalse(Files.exists(home.path(id).resolve("session.json.new")));
    }

    @Test
    void theFileIsOneLineOfAscii() throws Exception {
        directory.save(Records.session(id, 42), false);
        byte[] content = Files.readAllBytes(file);
        assertEquals(content.length - 1, new String(content, StandardCharsets.US_ASCII).indexOf('\n'));
        for (byte b : content) {
            assertTrue(b > 0);
        }
    }

    @Test
    void missingWithoutFileAndWithoutDirectory() throws Exception {
        assertEquals(new Loaded.Missing(), directory.load());
        assertEquals(new Loaded.Missing(), home.store().open(UUID.randomUUID()).load());
    }

    @Test
    void aTornFileGivesThePreviousGenerationAtEveryLength() throws Exception {
        SessionRecord previous = Records.session(id, 1);
        directory.save(previous, true);
        directory.save(Records.session(id, 2), false);
        byte[] whole = Files.readAllBytes(file);
        // The last byte is the newline, without which the JSON is still whole.
        for (int length = 0; length < whole.length - 1; length++) {
            tear(Arrays.copyOf(whole, length));
            Loaded.Previous loaded = assertInstanceOf(Loaded.Previous.class, directory.load(), "cut at " + length);
            assertEquals(previous, loaded.session());
            assertTrue(loaded.reason().contains("session.json is corrupt"), loaded.reason());
            assertFalse(Files.exists(file), "not set aside");
        }
    }

    @Test
    void zerosInPlaceOfTheEndGiveThePreviousGeneration() throws Exception {
        SessionRecord previous = Records.session(id, 1);
        directory.save(previous, true);
        directory.save(Records.session(id, 2), false);
        byte[] whole = Files.readAllBytes(file);
        for (int zeros = 2; zeros <= whole.length; zeros++) {
            byte[] torn = whole.clone();
            Arrays.fill(torn, whole.length - zeros, whole.length, (byte) 0);
            tear(torn);
            assertEquals(previous, assertInstanceOf(Loaded.Previous.class, directory.load()).session());
        }
    }

    private void tear(byte[] content) throws Exception {
        Files.write(file, content);
        for (int i = 1; i <= SessionFile.MOST_BAD; i++) {
            Files.deleteIfExists(home.path(id).resolve("session.json.bad-" + i));
        }
    }

    @Test
    void aBadFileIsSetAsideUnchangedAndBounded() throws Exception {
        for (int i = 1; i <= SessionFile.MOST_BAD + 3; i++) {
            Files.writeString(file, "{" + i);
            Loaded.Corrupt loaded = assertInstanceOf(Loaded.Corrupt.class, directory.load());
            assertEquals("session.json.bad-" + Math.min(i, SessionFile.MOST_BAD), loaded.setAside().toString());
        }
        assertEquals("{1", Files.readString(home.path(id).resolve("session.json.bad-1")));
    }

    @Test
    void aDurableGenerationIsNotDisplacedByOneThatIsNot() throws Exception {
        directory.save(Records.session(id, 1), true);
        byte[] durable = Files.readAllBytes(file);
        directory.save(Records.session(id, 2), false);
        directory.save(Records.session(id, 3), false);
        directory.save(Records.session(id, 4), false);
        assertArrayEquals(durable, Files.readAllBytes(old));
        directory.save(Records.session(id, 5), true);
        directory.save(Records.session(id, 6), false);
        Files.writeString(file, "");
        assertEquals(5, assertInstanceOf(Loaded.Previous.class, directory.load()).session().pid());
    }

    @Test
    void aMissingFileGivesThePreviousGeneration() throws Exception {
        directory.save(Records.session(id, 1), true);
        directory.save(Records.session(id, 2), true);
        Files.delete(file);
        Loaded.Previous loaded = assertInstanceOf(Loaded.Previous.class, directory.load());
        assertEquals("session.json is missing", loaded.reason());
        assertEquals(1, loaded.session().pid());
    }

    @Test
    void aNewerVersionIsLeftAlone() throws Exception {
        directory.save(Records.session(id, 1), true);
        directory.save(Records.session(id, 2), true);
        String newer = "{\"version\":" + (SessionRecord.VERSION + 1) + ",\"id\":{\"now\":\"an object\"}}";
        Files.writeString(file, newer);
        assertEquals(new Loaded.Newer(SessionRecord.VERSION + 1), directory.load());
        assertEquals(newer, Files.readString(file));
        assertTrue(Files.exists(old));
    }

    @Test
    void unknownFieldsAreIgnoredAndWrongOnesNamed() throws Exception {
        directory.save(Records.session(id, 1), false);
        String json = Files.readString(file);
        Files.writeString(file, json.replaceFirst("\\{", "{\"later\":[{\"x\":1}],"));
        assertEquals(new Loaded.Current(Records.session(id, 1)), directory.load());
        assertCorrupt(json.replace("\"ACTIVE\"", "\"DREAMING\""), "field state is no SessionState");
        assertCorrupt(json.replace("\"pid\":1", "\"pid\":\"1\""), "field pid is no Number");
        assertCorrupt(json.replace("\"root\"", "\"boot\""), "field root is missing");
        assertCorrupt(json.replace(id.toString(), UUID.randomUUID().toString()), "it is that of session ");
        assertCorrupt(json + "{}", "something follows the JSON document");
        assertCorrupt("[]", "the file is not a JSON object");
    }

    @Test
    void aFileFromBeforeSubmountsWereRecordedIsReadAndTellsThatTheyAreNotKnown() throws Exception {
        directory.save(Records.session(id, 1), false);
        String json = Files.readString(file);
        String earlier = json.replaceAll(",\"along\":\\[[^]]*]", "");
        assertNotEquals(json, earlier);
        Files.writeString(file, earlier);
        SessionRecord session = assertInstanceOf(Loaded.Current.class, directory.load()).session();
        assertEquals(2, session.entries().size());
        session.entries().forEach(entry -> assertNull(entry.along()));
        directory.save(session, false);
        assertEquals(new Loaded.Current(session), directory.load());
    }

    @Test
    void whatIsSyncedAfterwardsIsKeptAsADurableGeneration() throws Exception {
        directory.save(Records.session(id, 1), false);
        directory.save(Records.session(id, 2), false);
        directory.sync();
        directory.save(Records.session(id, 3), false);
        directory.save(Records.session(id, 4), false);
        Files.writeString(file, "");
        assertEquals(2, assertInstanceOf(Loaded.Previous.class, directory.load()).session().pid());
    }

    private void assertCorrupt(String content, String why) throws Exception {
        Files.writeString(file, content);
        Loaded.Corrupt loaded = assertInstanceOf(Loaded.Corrupt.class, directory.load());
        assertTrue(loaded.reason().contains(why), loaded.reason());
    }

    @Test
    void whatIsNoFileInItsPlaceIsSetAside() throws Exception {
        Files.createSymbolicLink(file, Path.of("/etc/passwd"));
        assertInstanceOf(Loaded.Corrupt.class, directory.load());
        Files.createDirectory(file);
        assertInstanceOf(Loaded.Corrupt.class, directory.load());
        assertTrue(Files.isSymbolicLink(home.path(id).resolve("session.json.bad-1")));
        assertTrue(Files.isDirectory(home.path(id).resolve("session.json.bad-2")));
    }
}
