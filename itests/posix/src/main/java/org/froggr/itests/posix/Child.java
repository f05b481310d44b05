package org.froggr.itests.posix;

import static org.froggr.itests.posix.Linux.*;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;

/** A program run by this thread: with its credentials, working directory and umask. */
final class Child {
    private static final int SIGNAL_MASK = 0x7f;
    private static final int SIGNALLED = 128;

    private final int pid;

    private Child(int pid) {
        this.pid = pid;
    }

    /**
     * posix_spawn(3) with an empty environment; the program is a path.
     *
     * @throws ErrnoException what execve(2) says
     */
    static Child start(String program, String... arguments) throws ErrnoException {
        List<Memory> strings = new ArrayList<>();
        strings.add(string(program));
        for (String argument : arguments) {
            strings.add(string(argument));
        }
        int[] pid = new int[1];
        try (Memory argv = new Memory((strings.size() + 1L) * Long.BYTES);
                Memory environment = new Memory(Long.BYTES)) {
            for (int i = 0; i < strings.size(); i++) {
                argv.setPointer((long) i * Long.BYTES, strings.get(i));
            }
            argv.setPointer((long) strings.size() * Long.BYTES, Pointer.NULL);
            environment.setPointer(0, Pointer.NULL);
            int error = Sys.posix_spawn(pid, Call.name(program), null, null, argv, environment);
            if (error != 0) {
                throw Call.failed(error, "exec", program);
            }
        } finally {
            strings.forEach(Memory::close);
        }
        return new Child(pid[0]);
    }

    private static Memory string(String text) {
        byte[] bytes = Call.name(text);
        Memory memory = new Memory(bytes.length);
        memory.write(0, bytes, 0, bytes.length);
        return memory;
    }

    /** Runs it to its end; returns its exit status, 128 and the signal's number if one ended it. */
    static int run(String program, String... arguments) throws ErrnoException {
        return start(program, arguments).await();
    }

    int await() throws ErrnoException {
        int[] status = new int[1];
        int result;
        do {
            result = Sys.waitpid(pid, status, 0);
        } while (result < 0 && Call.failedWith(Errno.EINTR));
        Call.check(result, "waitpid");
        int signal = status[0] & SIGNAL_MASK;
        return signal == 0 ? status[0] >> 8 & 0xff : SIGNALLED + signal;
    }

    /** Ends it, at once, and reaps it. */
    void kill() throws ErrnoException {
        Sys.kill(pid, SIGKILL);
        await();
    }
}
