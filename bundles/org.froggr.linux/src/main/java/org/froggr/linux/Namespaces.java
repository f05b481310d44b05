package org.froggr.linux;

import java.util.concurrent.FutureTask;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/** Mount namespaces, mount_namespaces(7): setns(2), unshare(2), and threads that live in another one. */
@ProviderType
public final class Namespaces {
    // linux/sched.h
    public static final int CLONE_FS = 0x200;
    public static final int CLONE_NEWNS = 0x20000;
    public static final int CLONE_NEWUSER = 0x10000000;
    public static final int CLONE_NEWPID = 0x20000000;

    private Namespaces() {}

    /** What {@link #callIn} runs. */
    @ConsumerType
    @FunctionalInterface
    public interface Action<T, X extends Exception> {
        T call() throws ErrnoException, X;
    }

    /** A descriptor of a process's mount namespace, which lives as long as one is open. */
    public static int openMount(long pid) throws ErrnoException {
        return Fd.open(BytePath.of("/proc/" + pid + "/ns/mnt"), Fd.O_RDONLY, 0);
    }

    /**
     * setns(2): moves the calling thread, for good. EINVAL for a mount namespace as long as the thread
     * shares its root directory with others, see {@link #CLONE_FS}.
     */
    public static void setns(int fd, int type) throws ErrnoException {
        Libc.check(LibcMounts.setns(fd, type), "setns", null);
    }

    /** unshare(2): concerns the calling thread, for good. */
    public static void unshare(int flags) throws ErrnoException {
        Libc.check(LibcMounts.unshare(flags), "unshare", null);
    }

    /**
     * Runs an action in a mount namespace, on a thread of its own, which ends with it. Relative paths
     * start from the root of that namespace there, and {@code /proc/self} still means the first thread of
     * the process: use {@code /proc/thread-self}.
     *
     * <p>Waits for the end even if the caller is interrupted, and leaves its interrupt status set then.
     *
     * @param mountNamespace as {@link #openMount} gives it
     * @throws ErrnoException EPERM without CAP_SYS_ADMIN in the user namespaces of both
     * @throws X what the action throws
     */
    public static <T, X extends Exception> T callIn(int mountNamespace, Action<T, X> action)
            throws ErrnoException, X {
        return callIsolated(() -> {
            setns(mountNamespace, CLONE_NEWNS);
            return action.call();
        });
    }

    /**
     * Runs an action on a thread of its own that shares neither root nor working directory with others
     * (CLONE_FS), so that it may move to other namespaces. Waits as {@link #callIn} does.
     */
    public static <T, X extends Exception> T callIsolated(Action<T, X> action) throws ErrnoException, X {
        FutureTask<Outcome<T>> task = new FutureTask<>(() -> run(action));
        Thread thread = new Thread(task, "froggr-namespace");
        thread.setDaemon(true);
        thread.start();
        return Uninterruptible.<Outcome<T>>get(task).<X>result();
    }

    private static <T> Outcome<T> run(Action<T, ?> action) {
        try {
            unshare(CLONE_FS);
            return new Outcome<>(action.call(), null);
        } catch (Throwable t) {
            // Whatever it is, the calling thread throws it.
            return new Outcome<>(null, t);
        }
    }

    private record Outcome<T>(T value, Throwable failure) {
        /** An exception is an {@code X} or unchecked: {@link Action#call} lets no other out. */
        @SuppressWarnings("unchecked")
        <X extends Exception> T result() throws ErrnoException, X {
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure != null) {
                throw (X) failure;
            }
            return value;
        }
    }
}
