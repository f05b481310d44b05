package org.froggr.session.internal.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.froggr.api.BytePath;
import org.froggr.api.session.SessionMode;
import org.froggr.linux.Ids;
import org.froggr.linux.PidFd;
import org.froggr.linux.ProcStat;
import org.froggr.linux.Spawn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Anchors outlive the platform that started them, and only they are taken for anchors. */
@Timeout(60)
class AdoptionTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Runs its arguments in a terminal of their own, which hangs up when script is killed. */
    private static final String IN_TERMINAL = "exec script -qec \"exec $*\" /dev/null";

    private TestHome home;

    @BeforeEach
    void makeHome() throws Exception {
        home = new TestHome();
    }

    @AfterEach
    void removeHome() throws Exception {
        home.close();
    }

    @ParameterizedTest
    @CsvSource({"SHARED, true", "PRIVATE, true", "PRIVATE, false"})
    void outlivesAPlatformThatIsKilled(String mode, boolean privileged) throws Exception {
        assumeTrue(!privileged || mode.equals("SHARED") || Ids.euid() == 0, "needs root: enters a mount namespace");
        assertSurvives(List.of(), mode, privileged);
    }

    @Test
    void outlivesTheTerminal() throws Exception {
        Optional<BytePath> script = new Programs("").find("script");
        assumeTrue(script.isPresent(), "needs script(1)");
        assertSurvives(List.of("sh", "-c", IN_TERMINAL, "sh"), "SHARED", true);
    }

    private void assertSurvives(List<String> prefix, String mode, boolean privileged) throws Exception {
        String[] words;
        try (OtherPlatform platform = new OtherPlatform(prefix, home.root(), mode, privileged)) {
            words = platform.line().split(" ");
            assertEquals(3, words.length, String.join(" ", words));
        }
        UUID id = UUID.fromString(words[0]);
        Anchor anchor = home.keep(adopt(id, Long.parseLong(words[1]), Long.parseLong(words[2]), mode).orElseThrow());
        assertTrue(anchor.ping(LIMIT));
        assertEquals(mode.equals("SHARED"), anchor.sharesNamespace());
        assertEquals(!privileged, anchor.userNamespace());
        if (mode.equals("PRIVATE")) {
            PrivateSpaceCheck.check(anchor, home.root());
        }
    }

    private Optional<Anchor> adopt(UUID id, long pid, long start, String mode) throws Exception {
        return home.launcher(true).adopt(id, pid, start, SessionMode.valueOf(mode));
    }

    @Test
    void refusesWhateverDiffers() throws Exception {
        Anchor anchor = home.launch(SessionMode.SHARED);
        long descriptors = OpenDescriptors.count(home.root());
        UUID id = anchor.id();
        long start = anchor.processStart();
        assertTrue(adopt(id, anchor.pid(), start + 1, "SHARED").isEmpty(), "another process of that number");
        assertTrue(adopt(UUID.randomUUID(), anchor.pid(), start, "SHARED").isEmpty(), "another session's");
        assertTrue(adopt(id, anchor.pid(), start, "PRIVATE").isEmpty(), "in no namespace of its own");
        long self = ProcessHandle.current().pid();
        assertTrue(adopt(id, self, ProcStat.startTime(self), "SHARED").isEmpty(), "no anchor at all");
        assertTrue(adopt(id, 0, 0, "SHARED").isEmpty(), "none");
        assertTrue(adopt(id, Integer.MAX_VALUE, 1, "SHARED").isEmpty(), "no such process");
        anchor.pidFd().signal(PidFd.SIGKILL);
        assertTrue(anchor.pidFd().awaitExit(LIMIT));
        assertTrue(adopt(id, anchor.pid(), start, "SHARED").isEmpty(), "a zombie");
        assertEquals(descriptors, OpenDescriptors.count(home.root()));
    }

    @Test
    void refusesAProcessThatOnlyMentionsTheSession() throws Exception {
        UUID id = UUID.randomUUID();
        Spawn spawn = Spawn.of(BytePath.of("/bin/sleep")).arguments("sleep", "1000");
        long pid = spawn.arguments(AnchorProgram.TITLE, id.toString()).start();
        try (PidFd process = PidFd.open(pid)) {
            assertFalse(adopt(id, pid, ProcStat.startTime(pid), "SHARED").isPresent());
            Termination.of(process, Duration.ZERO, LIMIT);
            Spawn.reap(pid);
        }
    }
}
