package org.froggr.backend.kernel.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.MountInfo;
import org.froggr.linux.Namespaces;
import org.froggr.linux.OwnedFd;
import org.froggr.spi.presentation.MountSpace;

/** A shell in a mount namespace of its own, which runs what it is told on its standard input. */
final class Inhabitant implements AutoCloseable {
    /** Reads the name of a file with a command, runs it, answers its status and then its first error line. */
    private static final String LOOP = "echo ready; while IFS= read -r f; do"
            + " e=$(xargs -0 -a \"$f\" env 2>&1 >/dev/null); echo \"$? $(printf %s \"$e\" | tr '\\n' ' ')\"; done";

    private final Process process;
    private final BufferedReader answers;

    private Inhabitant(String... prefix) throws IOException {
        String[] command = Stream.concat(Stream.of(prefix), Stream.of("sh", "-c", LOOP)).toArray(String[]::new);
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1));
        if (!"ready".equals(answers.readLine())) {
            throw new IOException("did not start: " + List.of(command));
        }
    }

    /** In a mount namespace, as root. */
    static Inhabitant inMountNamespace() throws IOException {
        return new Inhabitant("unshare", "--mount", "--propagation", "slave");
    }

    /** In a user namespace and a mount namespace, as an ordinary user. */
    static Inhabitant inUserNamespace() throws IOException {
        return new Inhabitant(
                "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "unshare", "--user",
                "--map-current-user", "--keep-caps", "--mount", "--propagation", "slave");
    }

    long pid() {
        return process.pid();
    }

    String mountInfo() throws ErrnoException {
        return ByteText.decode(MountInfo.readBytes(proc("mountinfo")));
    }

    private BytePath proc(String name) {
        return BytePath.of("/proc/" + pid() + "/" + name);
    }

    /** Its namespace as a thread of the platform enters it. */
    MountSpace entered() {
        return new Space(MountSpace.Access.ENTERED, null);
    }

    /** Its namespace where only it may mount; command files go to {@code scratch}. */
    MountSpace byProcess(BytePath scratch) {
        return new Space(MountSpace.Access.BY_PROCESS, scratch);
    }

    /** Runs a script inside, which must succeed. */
    void shell(BytePath scratch, String script, BytePath... arguments) throws ErrnoException {
        Stream<BytePath> words = Stream.of("sh", "-ec", script, "sh").map(BytePath::of);
        run(scratch, Stream.concat(words, Stream.of(arguments)).toList());
    }

    private synchronized void run(BytePath scratch, List<BytePath> command) throws ErrnoException {
        BytePath file = scratch.resolve("command");
        try (OwnedFd fd = OwnedFd.of(Fd.open(file, Fd.O_WRONLY | Fd.O_CREAT | Fd.O_TRUNC, 0644))) {
            for (BytePath word : command) {
                Fd.writeFully(fd.number(), word.cString());
            }
        }
        String answer = ask(file);
        if (!answer.startsWith("0 ")) {
            Errno errno = answer.contains("busy") ? Errno.EBUSY : Errno.EIO;
            throw new ErrnoException(errno.number(), command.get(0) + ": " + answer, null);
        }
    }

    private String ask(BytePath file) throws ErrnoException {
        try {
            OutputStream in = process.getOutputStream();
            in.write(ByteText.encode(file + "\n"));
            in.flush();
            return answers.readLine();
        } catch (IOException e) {
            throw new ErrnoException(Errno.ESRCH, "write");
        }
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.destroyForcibly().onExit().join();
    }

    private final class Space implements MountSpace {
        private final Access access;
        private final BytePath scratch;

        Space(Access access, BytePath scratch) {
            this.access = access;
            this.scratch = scratch;
        }

        @Override
        public Access access() {
            return access;
        }

        @Override
        public <T> T call(Action<T> action) throws ErrnoException {
            if (access != Access.ENTERED) {
                throw new ErrnoException(Errno.EPERM, "setns");
            }
            try (OwnedFd namespace = OwnedFd.of(Namespaces.openMount(pid()))) {
                return Namespaces.callIn(namespace.number(), action::perform);
            }
        }

        @Override
        public void run(List<BytePath> command) throws ErrnoException {
            Inhabitant.this.run(scratch, command);
        }

        @Override
        public int open(BytePath path) throws ErrnoException {
            try (OwnedFd root = OwnedFd.of(Fd.open(proc("root"), Fd.O_PATH | Fd.O_DIRECTORY, 0))) {
                return Fd.openInRoot(root.number(), path, Fd.O_PATH);
            }
        }

        @Override
        public byte[] mountInfo() throws ErrnoException {
            return MountInfo.readBytes(proc("mountinfo"));
        }
    }
}
