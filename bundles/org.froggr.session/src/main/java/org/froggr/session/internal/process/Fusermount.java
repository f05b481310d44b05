package org.froggr.session.internal.process;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.linux.Fd;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.Processes;
import org.froggr.linux.Spawn;
import org.froggr.linux.UnixSocket;

/**
 * The set-user-id program fusermount3(1), with which users mount FUSE file systems where all their processes see
 * them. It opens the device itself and sends it over a socket whose number is in {@code _FUSE_COMMFD} (libfuse,
 * lib/mount.c and util/fusermount.c).
 */
public final class Fusermount {
    private static final String PROGRAM = "fusermount3";
    private static final int SOCKET = 3;
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 16 * 1024;

    private Fusermount() {}

    /** Whether it is there. */
    public static boolean isInstalled() {
        try {
            return programs().find(PROGRAM).isPresent();
        } catch (ErrnoException e) {
            return false;
        }
    }

    private static Programs programs() throws ErrnoException {
        Optional<byte[]> path = Processes.environment(ProcessHandle.current().pid(), "PATH");
        return new Programs(path.map(ByteText::decode).orElse(""));
    }

    /**
     * Mounts a FUSE file system, which nobody answers for yet.
     *
     * @param target a directory or file that this user may write to
     * @param options as fusermount3 takes them
     * @return the kernel's device, which the caller closes
     * @throws FroggrException NO_PRIVILEGE, LIMIT or UNAVAILABLE: why it refuses, and what to try
     */
    public static OwnedFd mount(BytePath target, String options) throws ErrnoException, FroggrException {
        int[] pair = UnixSocket.pair();
        try (OwnedFd ours = OwnedFd.of(pair[0])) {
            Outcome outcome;
            try (OwnedFd its = OwnedFd.of(pair[1])) {
                outcome = run(List.of("-o", options, "--"), target, OptionalInt.of(its.number()));
            }
            if (outcome.status() != 0) {
                throw refusal(target, outcome.said());
            }
            OptionalInt device =
                    UnixSocket.receiveDescriptor(ours.number(), new byte[1]).descriptor();
            return OwnedFd.of(device.orElseThrow(() -> new ErrnoException(Errno.EPROTO, "recvmsg")));
        }
    }

    /**
     * Unmounts one of this user's.
     *
     * @param lazily also if it is in use
     * @throws ErrnoException EBUSY if it is in use, EINVAL if nothing of this user is mounted there
     */
    public static void unmount(BytePath target, boolean lazily) throws ErrnoException {
        Outcome outcome = run(lazily ? List.of("-u", "-z", "--") : List.of("-u", "--"), target, OptionalInt.empty());
        if (outcome.status() != 0) {
            throw ProgramFailure.of(List.of(BytePath.of(PROGRAM), target), outcome.said());
        }
    }

    private record Outcome(int status, String said) {}

    private static Outcome run(List<String> options, BytePath target, OptionalInt socket) throws ErrnoException {
        Programs programs = programs();
        Spawn spawn = Spawn.of(programs.require(PROGRAM)).argument(PROGRAM);
        options.forEach(spawn::argument);
        spawn.argument(target.bytes()).environment("PATH", programs.path());
        // Its messages are read.
        spawn.environment("LC_ALL", "C");
        if (socket.isPresent()) {
            spawn.environment("_FUSE_COMMFD", Integer.toString(SOCKET)).descriptor(SOCKET, socket.getAsInt());
        }
        int[] complaints = Fd.pipe();
        try (OwnedFd from = OwnedFd.of(complaints[0])) {
            long pid;
            try (OwnedFd to = OwnedFd.of(complaints[1])) {
                pid = spawn.descriptor(2, to.number()).start();
            }
            OptionalInt status = Spawn.await(pid, LIMIT);
            if (status.isEmpty()) {
                throw new ErrnoException(Errno.ETIMEDOUT.number(), PROGRAM, target);
            }
            String said = ByteText.decode(Fd.readFully(from.number(), MOST_BYTES));
            return new Outcome(status.getAsInt(), said.replace('\n', ' ').strip());
        }
    }

    /** In the words of fusermount.c where those say enough. */
    private static FroggrException refusal(BytePath target, String said) {
        String why = said.replaceFirst("^fusermount3: ", "");
        String message = target.quoted() + " cannot be mounted on without privilege: " + PROGRAM + ": " + why;
        return FroggrException.of(faultOf(why), message).about(target).hint(hintFor(why));
    }

    private static Fault faultOf(String why) {
        if (why.contains("too many FUSE")) {
            return Fault.LIMIT;
        }
        return why.contains("device not found") ? Fault.UNAVAILABLE : Fault.NO_PRIVILEGE;
    }

    private static String hintFor(String why) {
        if (why.contains("failed to access mountpoint")) {
            return "a target that does not lie in a FUSE mount of this user's, where it may not go; or --private";
        }
        if (why.contains("no write access") || why.contains("not owned by user")) {
            return "a target that this user may write to, for one in a directory as /tmp that this user owns; or --private";
        }
        if (why.contains("determine username")) {
            return "a user that has a name (getent passwd); or --private";
        }
        if (why.contains("too many FUSE")) {
            return "mount_max in /etc/fuse.conf, or frg unmount of those no longer needed";
        }
        if (why.contains("file system type") || why.contains("filesystem type")) {
            return "a target on another file system, or --private";
        }
        if (why.contains("/dev/fuse") || why.contains("device not found")) {
            return "as root: modprobe fuse, and chmod 666 /dev/fuse; or --private";
        }
        return "--private, for a session with a mount namespace of its own, or run it as root";
    }
}
