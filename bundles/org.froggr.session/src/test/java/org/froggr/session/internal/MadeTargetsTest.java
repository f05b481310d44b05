package org.froggr.session.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.froggr.api.BytePath;
import org.froggr.api.session.BindOrder;
import org.froggr.api.session.NamespaceRequest;
import org.froggr.api.session.SessionMode;
import org.froggr.api.session.SessionState;
import org.froggr.session.internal.process.OwnSpace;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.session.internal.store.RecordingLogger;
import org.froggr.session.internal.store.SessionRecord;
import org.froggr.session.internal.store.TestHome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MadeTargetsTest {
    private final Registry registry = new Registry();
    private final MadeTargets targets = new MadeTargets(registry);
    private TestHome home;
    private ManagerContext context;

    @BeforeEach
    void makeHome() throws Exception {
        home = new TestHome();
        Files.createDirectory(home.parent().resolve("source"));
        context = new ManagerContext(
                home.home(), home.store(), registry, null, null, null, null, null, null, null, null, null, null, null,
                new OwnSpace(), 0, "boot", Settings::defaults, Optional.empty(), null, RecordingLogger.silent());
    }

    @AfterEach
    void removeHome() throws Exception {
        home.close();
    }

    private LiveSession session() throws Exception {
        UUID id = UUID.randomUUID();
        SessionRecord record = new SessionRecord(
                SessionRecord.VERSION, id, null, 0, 0, "boot", "/", Instant.now(), 0, SessionMode.SHARED,
                SessionState.ACTIVE, "resume", false, new SessionRecord.Limits(9, 9), List.of(), List.of());
        LiveSession session = new LiveSession(context, home.store().create(id), record);
        registry.add(session);
        return session;
    }

    private Path target(String below) {
        return home.parent().resolve(below);
    }

    private BytePath path(String below) {
        return BytePath.of(target(below).toString());
    }

    private EntryRecord intend(LiveSession session, String below) throws Exception {
        try (Plan plan = plan(below);
                MadeTargets.Intent intent = targets.intend(session, plan, new OwnSpace()).orElseThrow()) {
            return intent.entry();
        }
    }

    private Plan plan(String below) throws Exception {
        return Plan.of(
                NamespaceRequest.bind(path("source"), path(below)).order(BindOrder.REPLACE).create(true),
                new OwnSpace());
    }

    private void remove(LiveSession session, EntryRecord entry) {
        targets.remove(session, List.of(entry));
    }

    @Test
    void whatIsRecordedBeforeTheMountIsUndoneWithIt() throws Exception {
        LiveSession session = session();

        EntryRecord entry = intend(session, "new/a");

        assertEquals(List.of(entry), session.record().entries());
        assertEquals(EntryRecord.Stage.INTENDED, entry.stage());
        assertEquals(2, entry.made());
        remove(session, entry);
        assertFalse(Files.exists(target("new")));
        assertEquals(List.of(), session.record().entries());
    }

    @Test
    void theLastOfThoseThatShareADirectoryRemovesIt() throws Exception {
        LiveSession one = session();
        LiveSession other = session();
        EntryRecord first = intend(one, "new/way/a");
        EntryRecord second = intend(other, "new/way/b");

        remove(one, first);
        assertTrue(Files.exists(target("new/way/b")));
        assertFalse(Files.exists(target("new/way/a")));
        remove(other, second);

        assertFalse(Files.exists(target("new")));
    }

    @Test
    void theLastOfThoseOnOneTargetRemovesIt() throws Exception {
        LiveSession one = session();
        LiveSession other = session();
        EntryRecord first = intend(one, "new/a");
        EntryRecord second = intend(other, "new/a");

        remove(one, first);
        assertTrue(Files.exists(target("new/a")));
        remove(other, second);

        assertFalse(Files.exists(target("new")));
    }

    @Test
    void aTargetThatWasThereStays() throws Exception {
        Files.createDirectories(target("old/a"));
        LiveSession session = session();

        EntryRecord entry = intend(session, "old/a");

        assertEquals(0, entry.made());
        remove(session, entry);
        assertTrue(Files.exists(target("old/a")));
    }

    @Test
    void aTargetThatWasRemovedAfterTheLookupIsNotUsed() throws Exception {
        Files.createDirectories(target("old/a"));
        LiveSession session = session();
        try (Plan plan = plan("old/a")) {
            Files.delete(target("old/a"));

            assertEquals(Optional.empty(), targets.intend(session, plan, new OwnSpace()));
        }
        assertEquals(List.of(), session.record().entries());
    }

    @Test
    void whatIsGoneIsForgottenAlsoWhenTheFilesOfTheSessionAreGone() throws Exception {
        LiveSession session = session();
        EntryRecord entry = intend(session, "new/a");
        session.files().remove();

        remove(session, entry);

        assertEquals(List.of(), session.record().entries());
        assertFalse(Files.exists(target("new")));
    }
}
