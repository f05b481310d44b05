package org.froggr.itests.posix;

import static org.froggr.itests.posix.Linux.*;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A thread with a working directory and umask of its own (unshare(2), CLONE_FS), and perhaps with other
 * credentials. It begins with those of the thread that started it.
 */
final class Worker {
    private final Thread thread;
    private volatile Throwable failure;
    private volatile long tid;

    private Worker(User user, Action action) {
        thread = new Thread(() -> run(user, action), "case");
        thread.setDaemon(true);
    }

    /** With the credentials of this thread if {@code user} is null. */
    static Worker start(User user, Action action) {
        Worker worker = new Worker(user, action);
        worker.thread.start();
        return worker;
    }

    private void run(User user, Action action) {
        tid = Sys.syscall(SYS_GETTID);
        try {
            Call.check(Sys.unshare(CLONE_FS), "unshare");
            if (user != null) {
                user.become();
            }
            action.run();
        } catch (Throwable e) {
            failure = e;
        }
    }

    /** Waits for its end, at most this long; returns whether it has ended. */
    boolean await(Duration limit) throws InterruptedException {
        thread.join(limit.toMillis());
        return !thread.isAlive();
    }

    boolean ended() {
        return !thread.isAlive();
    }

    /** Waits for its end and throws what its action threw. */
    void finish() throws Exception {
        thread.join();
        rethrow(failure);
    }

    /** What its action threw, or null. */
    Throwable failure() {
        return failure;
    }

    static void rethrow(Throwable failure) throws Exception {
        if (failure instanceof Error e) {
            throw e;
        }
        if (failure != null) {
            throw (Exception) failure;
        }
    }

    /** Waits until it is in this system call and sleeps there. */
    void awaitBlocked(long call) throws Exception {
        Wait.until("the thread waits in system call " + call, () -> tid != 0 && Worker.in(pid(), tid, call));
    }

    /** What the thread is doing, for people. */
    String doing() {
        return "system call " + call(pid(), tid);
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    /** Whether that thread sleeps in this system call, proc_pid_syscall(5). */
    static boolean in(long pid, long tid, long call) {
        return call(pid, tid).equals(Long.toString(call));
    }

    private static String call(long pid, long tid) {
        try {
            return Steward.call(() -> Files.readString(Path.of("/proc/" + pid + "/task/" + tid + "/syscall")))
                    .split("\\s")[0];
        } catch (Exception e) {
            return "unknown";
        }
    }
}
