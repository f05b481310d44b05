package org.froggr.itests.posix;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/** The C library, as its headers declare it; names end in NUL. {@link #check} makes errors exceptions. */
final class Sys {
    static {
        Native.register(Sys.class, NativeLibrary.getProcess());
    }

    private Sys() {}

    // fcntl.h, unistd.h
    static native int open(byte[] path, int flags, int mode);

    static native int openat(int dir, byte[] path, int flags, int mode);

    static native int close(int fd);

    static native long read(int fd, byte[] buffer, long length);

    static native long read(int fd, Pointer buffer, long length);

    static native long write(int fd, byte[] buffer, long length);

    static native long write(int fd, Pointer buffer, long length);

    static native long pread(int fd, byte[] buffer, long length, long offset);

    static native long pwrite(int fd, byte[] buffer, long length, long offset);

    static native long preadv(int fd, Pointer vector, int count, long offset);

    static native long pwritev(int fd, Pointer vector, int count, long offset);

    static native long lseek(int fd, long offset, int whence);

    static native int fsync(int fd);

    static native int fdatasync(int fd);

    static native int syncfs(int fd);

    static native int sync_file_range(int fd, long offset, long length, int flags);

    static native int truncate(byte[] path, long length);

    static native int ftruncate(int fd, long length);

    static native int fallocate(int fd, int mode, long offset, long length);

    static native int posix_fadvise(int fd, long offset, long length, int advice);

    static native long copy_file_range(int in, long[] inOffset, int out, long[] outOffset, long length, int flags);

    static native long sendfile(int out, int in, long[] offset, long length);

    static native long splice(int in, long[] inOffset, int out, long[] outOffset, long length, int flags);

    static native int pipe2(int[] ends, int flags);

    static native int dup(int fd);

    static native int fcntl(int fd, int command, int argument);

    static native int fcntl(int fd, int command, byte[] lock);

    static native int flock(int fd, int operation);

    static native int ioctl(int fd, long request, int[] argument);

    static native int poll(byte[] fds, long count, int millis);

    static native int epoll_create1(int flags);

    static native int epoll_ctl(int epoll, int operation, int fd, byte[] event);

    // Names: unistd.h, sys/stat.h, stdio.h
    static native int mkdir(byte[] path, int mode);

    static native int mkdirat(int dir, byte[] path, int mode);

    static native int rmdir(byte[] path);

    static native int unlink(byte[] path);

    static native int unlinkat(int dir, byte[] path, int flags);

    static native int rename(byte[] from, byte[] to);

    static native int renameat2(int fromDir, byte[] from, int toDir, byte[] to, int flags);

    static native int link(byte[] from, byte[] to);

    static native int linkat(int fromDir, byte[] from, int toDir, byte[] to, int flags);

    static native int symlink(byte[] target, byte[] path);

    static native long readlink(byte[] path, byte[] buffer, long size);

    static native int chmod(byte[] path, int mode);

    static native int fchmod(int fd, int mode);

    static native int fchmodat(int dir, byte[] path, int mode, int flags);

    static native int chown(byte[] path, int uid, int gid);

    static native int lchown(byte[] path, int uid, int gid);

    static native int fchown(int fd, int uid, int gid);

    static native int mkfifo(byte[] path, int mode);

    static native int mknod(byte[] path, int mode, long device);

    static native int utimensat(int dir, byte[] path, long[] times, int flags);

    static native int futimens(int fd, long[] times);

    static native int statx(int dir, byte[] path, int flags, int mask, byte[] result);

    static native int statvfs(byte[] path, byte[] result);

    static native int fstatvfs(int fd, byte[] result);

    static native int name_to_handle_at(int dir, byte[] path, byte[] handle, int[] mountId, int flags);

    static native int open_by_handle_at(int mount, byte[] handle, int flags);

    static native int access(byte[] path, int mode);

    static native int chdir(byte[] path);

    static native int fchdir(int fd);

    static native int umask(int mask);

    // dirent.h
    static native Pointer fdopendir(int fd);

    static native Pointer readdir(Pointer dir);

    static native void rewinddir(Pointer dir);

    static native long telldir(Pointer dir);

    static native void seekdir(Pointer dir, long place);

    static native int closedir(Pointer dir);

    // sys/xattr.h
    static native int setxattr(byte[] path, byte[] name, byte[] value, long size, int flags);

    static native int lsetxattr(byte[] path, byte[] name, byte[] value, long size, int flags);

    static native int fsetxattr(int fd, byte[] name, byte[] value, long size, int flags);

    static native long getxattr(byte[] path, byte[] name, byte[] value, long size);

    static native long lgetxattr(byte[] path, byte[] name, byte[] value, long size);

    static native long fgetxattr(int fd, byte[] name, byte[] value, long size);

    static native long listxattr(byte[] path, byte[] list, long size);

    static native int removexattr(byte[] path, byte[] name);

    static native int fremovexattr(int fd, byte[] name);

    // sys/mman.h
    static native Pointer mmap(Pointer address, long length, int protection, int flags, int fd, long offset);

    static native int munmap(Pointer address, long length);

    static native int msync(Pointer address, long length, int flags);

    static native int mprotect(Pointer address, long length, int protection);

    // sys/uio.h
    static native long process_vm_readv(int pid, Pointer local, long locals, Pointer remote, long remotes, long flags);

    // sys/socket.h, sys/inotify.h
    static native int socket(int domain, int type, int protocol);

    static native int bind(int fd, byte[] address, int length);

    static native int listen(int fd, int backlog);

    static native int connect(int fd, byte[] address, int length);

    static native int accept4(int fd, Pointer address, Pointer length, int flags);

    static native int inotify_init1(int flags);

    static native int inotify_add_watch(int fd, byte[] path, int mask);

    // Processes: sched.h, spawn.h, sys/wait.h, time.h
    static native int unshare(int flags);

    static native int posix_spawn(
            int[] pid, byte[] path, Pointer actions, Pointer attributes, Pointer arguments, Pointer environment);

    static native int waitpid(int pid, int[] status, int options);

    static native int kill(int pid, int signal);

    static native int clock_gettime(int clock, long[] time);

    static native int getuid();

    static native int getgid();

    // syscall(2), for what the C library has no call for or makes one of all threads
    static native long syscall(long number);

    static native long syscall(long number, long a, long b, long c);

    static native long syscall(long number, long count, int[] ids);

    static native long syscall(long number, byte[] buffer, long size);

    static native long syscall(long number, long fd, byte[] buffer, long size);

    static native long syscall(long number, long dir, byte[] path, long mode, long flags);

    static native long syscall(long number, long dir, byte[] path, long[] how, long size);
}
