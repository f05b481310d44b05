package org.froggr.linux;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Gets one thread of this process out of a system call that waits, which fails with EINTR then. The signal does
 * nothing else: it is one of those for which nobody but the JVM, which uses its neighbour for the same purpose, has a
 * meaning (SIGRTMAX-3), and its handler is a function of the C library without effects.
 *
 * <p>A thread that has not begun to wait is not kept from it: who wants it out sends until it is.
 */
@ProviderType
public final class ThreadSignal {
    private static final int SIGNAL = 61;

    // signal.h: struct sigaction of glibc and musl on 64 bits begins with the handler; no flags, so no SA_RESTART
    private static final int SIGACTION_BYTES = 152;
    private static final int SIGSET_BYTES = 128;
    private static final int SIG_UNBLOCK = 1;

    // asm/unistd_64.h, asm-generic/unistd.h
    private static final int SYS_GETTID = Platform.isARM() ? 178 : 186;
    private static final int SYS_TGKILL = Platform.isARM() ? 131 : 234;

    private static final long PROCESS = ProcessHandle.current().pid();

    static {
        ByteBuffer action = memory(SIGACTION_BYTES);
        action.putLong(0, Pointer.nativeValue(NativeLibrary.getProcess().getFunction("abs")));
        LibcFuse.sigaction(SIGNAL, FuseDevice.address(action), 0);
        Reference.reachabilityFence(action);
    }

    private final int thread;

    private ThreadSignal(int thread) {
        this.thread = thread;
    }

    private static ByteBuffer memory(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** For the calling thread, which may have been born with the signal blocked. */
    public static ThreadSignal ofThisThread() {
        ByteBuffer set = memory(SIGSET_BYTES);
        set.putLong(0, 1L << SIGNAL - 1);
        LibcFuse.pthread_sigmask(SIG_UNBLOCK, FuseDevice.address(set), 0);
        Reference.reachabilityFence(set);
        return new ThreadSignal((int) LibcRaw.syscall(SYS_GETTID, 0, 0, 0, 0, 0, 0));
    }

    /** Ends what the thread waits in; nothing if it has ended itself. */
    public void send() {
        LibcRaw.syscall(SYS_TGKILL, PROCESS, thread, SIGNAL, 0, 0, 0);
    }

    /** A signal that was sent to the calling thread before ends nothing that it begins after this. */
    public void absorb() {
        // Signals that wait are handled at the end of any system call
        LibcRaw.syscall(SYS_GETTID, 0, 0, 0, 0, 0, 0);
    }
}
