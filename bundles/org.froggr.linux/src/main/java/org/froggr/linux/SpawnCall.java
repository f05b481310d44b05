package org.froggr.linux;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.ErrnoException;

/** One call of posix_spawn(3): its structures in native memory, and the descriptors it needs meanwhile. */
final class SpawnCall {
    private static final BytePath DEV_NULL = BytePath.of("/dev/null");

    /** More than posix_spawnattr_t (336), posix_spawn_file_actions_t (80) and sigset_t (128) take. */
    private static final int STRUCT_BYTES = 1024;

    // spawn.h
    private static final short POSIX_SPAWN_SETSIGDEF = 0x04;
    private static final short POSIX_SPAWN_SETSIGMASK = 0x08;
    private static final short POSIX_SPAWN_SETSID = 0x80;

    /** glibc 2.34; where it is missing, the descriptors are made close-on-exec one by one. */
    private static final Optional<Function> ADD_CLOSE_FROM = find("posix_spawn_file_actions_addclosefrom_np");

    private final Spawn spawn;
    private final List<Memory> memory = new ArrayList<>();
    private final List<Integer> copies = new ArrayList<>();

    SpawnCall(Spawn spawn) {
        this.spawn = spawn;
    }

    private static Optional<Function> find(String name) {
        try {
            return Optional.of(NativeLibrary.getProcess().getFunction(name));
        } catch (UnsatisfiedLinkError e) {
            return Optional.empty();
        }
    }

    long run() throws ErrnoException {
        Memory actions = struct();
        Memory attributes = struct();
        check(LibcProcesses.posix_spawn_file_actions_init(actions), "posix_spawn_file_actions_init");
        check(LibcProcesses.posix_spawnattr_init(attributes), "posix_spawnattr_init");
        try {
            fillActions(actions);
            fillAttributes(attributes);
            return call(actions, attributes);
        } finally {
            LibcProcesses.posix_spawn_file_actions_destroy(actions);
            LibcProcesses.posix_spawnattr_destroy(attributes);
            copies.forEach(Fd::closeQuietly);
            memory.forEach(Memory::close);
        }
    }

    private long call(Pointer actions, Pointer attributes) throws ErrnoException {
        byte[] path = spawn.program.cString();
        List<byte[]> arguments = spawn.arguments.isEmpty() ? List.of(spawn.program.bytes()) : spawn.arguments;
        int[] pid = new int[1];
        int error = LibcProcesses.posix_spawn(
                pid, path, actions, attributes, strings(arguments), strings(spawn.environment));
        if (error != 0) {
            throw new ErrnoException(error, "posix_spawn", spawn.program);
        }
        return pid[0];
    }

    /**
     * 1. The working directory, while the parent's descriptors are there. 2. Each descriptor from a copy
     * above all wanted numbers, so that none is overwritten before it is used. 3. Everything else away.
     */
    private void fillActions(Pointer actions) throws ErrnoException {
        addCheck(LibcProcesses.posix_spawn_file_actions_addchdir_np(actions, spawn.directory.cString()));
        int last = spawn.descriptors.isEmpty() ? 2 : Math.max(2, spawn.descriptors.lastKey());
        for (Map.Entry<Integer, Integer> entry : spawn.descriptors.entrySet()) {
            int copy = Fd.dup(entry.getValue(), last + 1);
            copies.add(copy);
            addCheck(LibcProcesses.posix_spawn_file_actions_adddup2(actions, copy, entry.getKey()));
        }
        for (int number = 0; number <= last; number++) {
            if (!spawn.descriptors.containsKey(number)) {
                addAbsent(actions, number);
            }
        }
        addCloseFrom(actions, last + 1);
    }

    private static void addAbsent(Pointer actions, int number) throws ErrnoException {
        if (number <= 2) {
            byte[] path = DEV_NULL.cString();
            addCheck(LibcProcesses.posix_spawn_file_actions_addopen(actions, number, path, Fd.O_RDWR, 0));
        } else {
            // Closing what is not open is no error here: glibc ignores it.
            addCheck(LibcProcesses.posix_spawn_file_actions_addclose(actions, number));
        }
    }

    private static void addCloseFrom(Pointer actions, int lowest) throws ErrnoException {
        if (ADD_CLOSE_FROM.isPresent()) {
            addCheck(ADD_CLOSE_FROM.get().invokeInt(new Object[] {actions, lowest}));
            return;
        }
        BytePath own = BytePath.of("/proc/self/fd");
        try (OwnedFd dir = OwnedFd.of(Fd.open(own, Fd.O_RDONLY | Fd.O_DIRECTORY, 0))) {
            for (BytePath name : At.list(dir.number())) {
                markCloseOnExec(Integer.parseInt(name.toString()));
            }
        }
    }

    private static void markCloseOnExec(int fd) {
        if (fd > 2) {
            LibcFiles.fcntl(fd, Fd.F_SETFD, Fd.FD_CLOEXEC);
        }
    }

    private void fillAttributes(Pointer attributes) throws ErrnoException {
        Memory none = struct();
        Memory all = struct();
        LibcProcesses.sigemptyset(none);
        LibcProcesses.sigfillset(all);
        check(LibcProcesses.posix_spawnattr_setsigmask(attributes, none), "posix_spawnattr_setsigmask");
        check(LibcProcesses.posix_spawnattr_setsigdefault(attributes, all), "posix_spawnattr_setsigdefault");
        int flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | (spawn.newSession ? POSIX_SPAWN_SETSID : 0);
        check(LibcProcesses.posix_spawnattr_setflags(attributes, (short) flags), "posix_spawnattr_setflags");
    }

    private Memory struct() {
        Memory struct = new Memory(STRUCT_BYTES);
        struct.clear();
        memory.add(struct);
        return struct;
    }

    /** A null-terminated array of C strings. */
    private Memory strings(List<byte[]> words) {
        Memory array = new Memory((words.size() + 1L) * Native.POINTER_SIZE);
        memory.add(array);
        for (int i = 0; i < words.size(); i++) {
            Memory word = new Memory(words.get(i).length + 1L);
            memory.add(word);
            word.write(0, Libc.cString(words.get(i)), 0, (int) word.size());
            array.setPointer((long) i * Native.POINTER_SIZE, word);
        }
        array.setPointer((long) words.size() * Native.POINTER_SIZE, null);
        return array;
    }

    private static void addCheck(int error) throws ErrnoException {
        check(error, "posix_spawn_file_actions_add");
    }

    /** These functions return the error and leave errno alone. */
    private static void check(int error, String call) throws ErrnoException {
        if (error != 0) {
            throw new ErrnoException(error, call, null);
        }
    }
}
