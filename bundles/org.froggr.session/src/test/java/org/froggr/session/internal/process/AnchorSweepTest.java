package org.froggr.session.internal.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.froggr.api.session.SessionMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AnchorSweepTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static AnchorSweep.Stray stray(Anchor anchor) {
        return new AnchorSweep.Stray(anchor.id(), anchor.pid(), anchor.processStart(), anchor.mountNamespace());
    }

    @Test
    void findsThoseOfThisHomeThatNobodyOwns() throws Exception {
        try (TestHome home = new TestHome();
                TestHome other = new TestHome()) {
            Anchor owned = started(home, SessionMode.SHARED);
            Anchor lost = started(home, SessionMode.PRIVATE);
            Anchor foreign = started(other, SessionMode.SHARED);
            AnchorSweep sweep = new AnchorSweep(home);
            assertEquals(List.of(stray(lost)), sweep.find(Set.of(owned.id())));

            sweep.terminate(stray(lost), LIMIT);
            assertFalse(lost.alive());
            assertEquals(List.of(stray(owned)), sweep.find(Set.of()));
            assertTrue(foreign.alive());
            sweep.terminate(stray(lost), LIMIT);
        }
    }

    @Test
    void sparesAnotherProcessOfThatNumber() throws Exception {
        try (TestHome home = new TestHome()) {
            Anchor anchor = started(home, SessionMode.SHARED);
            new AnchorSweep(home)
                    .terminate(new AnchorSweep.Stray(anchor.id(), anchor.pid(), anchor.processStart() - 1, 0), LIMIT);
            assertTrue(anchor.alive());
        }
    }

    @Test
    void findsThemAlsoWhenTheDirectoryWasRemovedAndMadeAnew() throws Exception {
        try (TestHome home = new TestHome()) {
            Anchor anchor = started(home, SessionMode.SHARED);
            Path sessions = home.root().resolve("sessions");
            Path files = sessions.resolve(anchor.id().toString());
            for (String name : List.of("ctl", "reply", "anchor", "answer")) {
                Files.delete(files.resolve(name));
            }
            Files.delete(files);
            Files.delete(sessions);
            try (TestHome successor = new TestHome(home.root())) {
                assertEquals(List.of(stray(anchor)), new AnchorSweep(successor).find(Set.of()));
            }
        }
    }

    private static Anchor started(TestHome home, SessionMode mode) throws Exception {
        Anchor anchor = home.launch(mode);
        assertTrue(anchor.ping(LIMIT));
        return anchor;
    }
}
