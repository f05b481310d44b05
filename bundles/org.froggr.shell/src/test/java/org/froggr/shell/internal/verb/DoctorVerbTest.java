package org.froggr.shell.internal.verb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.froggr.shell.internal.doctor.Checks;
import org.froggr.shell.internal.doctor.Diagnosis;
import org.froggr.shell.internal.doctor.Examination;
import org.froggr.shell.internal.testing.Fakes;
import org.froggr.shell.internal.testing.Frg;
import org.froggr.shell.internal.testing.RecordingExchange;
import org.froggr.spi.doctor.DoctorCheck;
import org.froggr.spi.doctor.Finding;
import org.froggr.spi.doctor.Finding.Severity;
import org.junit.jupiter.api.Test;

class DoctorVerbTest {
    private final Frg frg = new Frg();
    private final Checks checks = new Checks();
    private final AtomicInteger mended = new AtomicInteger();

    DoctorVerbTest() {
        frg.offer(() -> new DoctorVerb(checks, Fakes.logger()), 110, "doctor");
    }

    private void check(String name, int position, DoctorCheck check) {
        checks.add(check, Map.of(DoctorCheck.NAME, name, DoctorCheck.POSITION, position));
    }

    private Finding wrong() {
        return Finding.of(Severity.FAULT, "STALE", "something is stale")
                .object("/a b")
                .holder(ProcessHandle.current().pid())
                .why("it hurts")
                .remedy("remove it", mended::incrementAndGet)
                .done();
    }

    @Test
    void nothingWrongIsStatusZero() {
        check("home", 1, List::of);
        RecordingExchange done = frg.run("doctor");
        assertEquals(0, done.status());
        assertEquals("1 check, nothing is wrong\n", done.out());
        assertEquals("", frg.run("doctor", "-q").out());
    }

    @Test
    void aFindingTellsAllAndIsStatus78() {
        check("home", 1, () -> List.of(wrong()));
        RecordingExchange done = frg.run("doctor");
        assertEquals(78, done.status());
        assertTrue(done.out().startsWith("home: FAULT STALE: something is stale\n  object   '/a b'\n"), done.out());
        assertTrue(done.out().contains("holder   process " + ProcessHandle.current().pid() + " (java) of "), done.out());
        assertTrue(done.out().contains("matters  it hurts\n  --fix    remove it\n"), done.out());
        assertTrue(done.out().endsWith("1 thing is wrong, frg doctor --fix mends 1\n"), done.out());
        assertEquals(0, mended.get());
    }

    @Test
    void aRehearsalChangesNothingEvenWithFix() {
        check("home", 1, () -> List.of(wrong()));
        assertTrue(frg.run("doctor", "--dry-run").out().contains("  would    remove it\n"));
        assertEquals(78, frg.run("doctor", "--fix", "-n").status());
        assertEquals(0, mended.get());
    }

    @Test
    void whatIsMendedIsStatusZero() {
        check("home", 1, () -> mended.get() == 0 ? List.of(wrong()) : List.of());
        RecordingExchange done = frg.run("doctor", "--fix");
        assertEquals(0, done.status());
        assertTrue(done.out().contains("  mended   remove it\n"), done.out());
        assertEquals(1, mended.get());
        assertEquals("1 check, nothing is wrong\n", frg.run("doctor").out());
    }

    @Test
    void aRemedyThatFailsSaysWhy() {
        Finding finding = Finding.of(Severity.WARNING, "X", "x")
                .remedy("try", () -> {
                    throw new IllegalStateException("it is stuck");
                })
                .done();
        check("home", 1, () -> List.of(finding));
        RecordingExchange done = frg.run("doctor", "--fix");
        assertEquals(78, done.status());
        assertTrue(done.out().contains("  failed   try\n  because  it is stuck\n"), done.out());
    }

    @Test
    void notesAreShownAndDoNotCount() {
        check("kernel", 1, () -> List.of(Finding.of(Severity.NOTE, "OLD", "it is old").done()));
        RecordingExchange done = frg.run("doctor");
        assertEquals(0, done.status());
        assertTrue(done.out().contains("kernel: NOTE OLD: it is old\n"), done.out());
    }

    @Test
    void aCheckThatFailsIsAFinding() {
        check("a", 2, () -> List.of(wrong()));
        check("b", 1, () -> {
            throw new IllegalStateException("no idea");
        });
        String out = frg.run("doctor").out();
        assertTrue(out.startsWith("b: FAULT CHECK_FAILED: the check failed: no idea\n"), out);
        assertTrue(out.contains("a: FAULT STALE"), out);
    }

    @Test
    void aCheckThatHangsIsAFindingAndTheOthersAreHeard() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        check("b", 1, () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return List.of();
        });
        check("c", 2, () -> List.of(wrong()));
        List<Diagnosis> made = new Examination(Duration.ofMillis(200), Fakes.logger()).make(checks.all());
        assertEquals(List.of("CHECK_HANGS", "STALE"), made.stream().map(d -> d.finding().code()).toList());
        interrupted.await();
    }

    @Test
    void jsonHasTheSame() throws Exception {
        check("home", 1, () -> List.of(wrong()));
        RecordingExchange done = frg.run("doctor", "--json");
        JsonNode json = new ObjectMapper().readTree(done.out());
        assertEquals(78, done.status());
        assertFalse(json.path("healthy").asBoolean());
        JsonNode finding = json.path("findings").get(0);
        assertEquals("STALE", finding.path("code").asText());
        assertEquals("/a b", finding.path("object").asText());
        assertEquals(ProcessHandle.current().pid(), finding.path("holder").path("pid").asLong());
        assertEquals("remove it", finding.path("fix").asText());
    }
}
