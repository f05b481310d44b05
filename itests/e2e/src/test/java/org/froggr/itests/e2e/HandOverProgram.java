package org.froggr.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Need;
import org.froggr.itests.harness.Running;
import org.froggr.itests.harness.Wait;

/**
 * A program that lives on while what serves its files is killed: Python, which carries out one statement after the
 * other and keeps its files open in between. It stands in a directory of the mount, and names are relative.
 */
final class HandOverProgram implements AutoCloseable {
    private static final String LOOP =
            """
            import sys, os, fcntl, mmap, errno
            os.chdir(sys.argv[1])
            names = globals()
            print("begun", flush=True)
            for line in sys.stdin:
                try:
                    exec(compile(line, "line", "exec"), names)
                    print("done", flush=True)
                except OSError as e:
                    print("failed " + errno.errorcode[e.errno], flush=True)
                except BaseException as e:
                    print("failed %r" % e, flush=True)
            """;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Running running;
    private int read;

    private HandOverProgram(Running running) {
        this.running = running;
    }

    /** Starts one where the session's mounts are seen. */
    static HandOverProgram in(Froggr frg, String session, String directory) {
        Need.program("python3");
        String[] words = {"/usr/bin/python3", "-c", LOOP, directory};
        HandOverProgram program = new HandOverProgram(
                frg.world().isPrivileged()
                        ? frg.startScript("exec \"$@\"", words)
                        : frg.start("exec", session, "--", words[0], words[1], words[2], words[3]));
        assertEquals("begun", program.answer("its start"));
        return program;
    }

    /** Starts one inside a private session. */
    static HandOverProgram inside(Froggr frg, String session, String directory) {
        Need.program("python3");
        HandOverProgram program =
                new HandOverProgram(frg.start("exec", session, "--", "/usr/bin/python3", "-c", LOOP, directory));
        assertEquals("begun", program.answer("its start"));
        return program;
    }

    /** Carries out statements, which must not fail. */
    HandOverProgram does(String... statements) {
        for (String statement : statements) {
            begin(statement);
            ends(statement);
        }
        return this;
    }

    /** Carries out a statement that must fail with this errno. */
    HandOverProgram fails(String errno, String statement) {
        begin(statement);
        assertEquals("failed " + errno, answer(statement), statement);
        return this;
    }

    /** Whether a statement succeeds; if not, it must fail with this errno. */
    boolean doesOrFails(String errno, String statement) {
        begin(statement);
        String answer = answer(statement);
        if (!answer.equals("done")) {
            assertEquals("failed " + errno, answer, statement);
        }
        return answer.equals("done");
    }

    /** Begins a statement without waiting for its end. */
    void begin(String statement) {
        running.type(statement + "\n");
    }

    /** Waits for the end of a statement that was begun. */
    void ends(String statement) {
        assertEquals("done", answer(statement), statement);
    }

    /** Requires that an expression has this value, as Python prints it. */
    HandOverProgram sees(String value, String expression) {
        begin("print('value', repr(" + expression + "))");
        assertEquals("value " + value, answer(expression), expression);
        ends(expression);
        return this;
    }

    long pid() {
        return running.pid();
    }

    private String answer(String to) {
        Wait.until("an answer to: " + to, LIMIT, () -> running.outSoFar().indexOf('\n', read) >= 0 || !running.isAlive());
        String said = running.outSoFar();
        int end = said.indexOf('\n', read);
        if (end < 0) {
            throw new AssertionError("it has ended at: " + to + "; " + running.end(LIMIT));
        }
        String line = said.substring(read, end);
        read = end + 1;
        return line;
    }

    @Override
    public void close() {
        running.close();
    }
}
