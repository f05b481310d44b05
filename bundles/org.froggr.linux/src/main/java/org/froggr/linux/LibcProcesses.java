package org.froggr.linux;

import com.sun.jna.Pointer;

/**
 * Processes: spawn.h, sys/wait.h, unistd.h, pwd.h and sys/prctl.h of the C library, and through
 * syscall(2) the calls on pidfds, whose numbers all architectures share (asm-generic/unistd.h).
 */
final class LibcProcesses {
    static final long SYS_PIDFD_SEND_SIGNAL = 424;
    static final long SYS_PIDFD_OPEN = 434;
    static final long SYS_PIDFD_GETFD = 438;

    static {
        Libc.register(LibcProcesses.class);
    }

    private LibcProcesses() {}

    /** pidfd_open. */
    static native long syscall(long number, long pid, long flags);

    /** pidfd_getfd. */
    static native long syscall(long number, long pidfd, long target, long flags);

    /** pidfd_send_signal. */
    static native long syscall(long number, long pidfd, long signal, Pointer info, long flags);

    static native int waitpid(int pid, int[] status, int options);

    static native int prctl(int option, long a, long b, long c, long d);

    static native int prctl(int option, byte[] name, long b, long c, long d);

    static native int prctl(int option, int[] result, long b, long c, long d);

    static native int geteuid();

    static native int getegid();

    static native int getgroups(int size, int[] groups);

    static native int getpwuid_r(int uid, Pointer entry, Pointer buffer, long size, Pointer result);

    static native int posix_spawn(
            int[] pid, byte[] path, Pointer actions, Pointer attributes, Pointer argv, Pointer env);

    static native int posix_spawn_file_actions_init(Pointer actions);

    static native int posix_spawn_file_actions_destroy(Pointer actions);

    static native int posix_spawn_file_actions_adddup2(Pointer actions, int from, int to);

    static native int posix_spawn_file_actions_addclose(Pointer actions, int fd);

    static native int posix_spawn_file_actions_addopen(Pointer actions, int fd, byte[] path, int flags, int mode);

    static native int posix_spawn_file_actions_addchdir_np(Pointer actions, byte[] path);

    static native int posix_spawnattr_init(Pointer attributes);

    static native int posix_spawnattr_destroy(Pointer attributes);

    static native int posix_spawnattr_setflags(Pointer attributes, short flags);

    static native int posix_spawnattr_setsigmask(Pointer attributes, Pointer set);

    static native int posix_spawnattr_setsigdefault(Pointer attributes, Pointer set);

    static native int sigemptyset(Pointer set);

    static native int sigfillset(Pointer set);
}
