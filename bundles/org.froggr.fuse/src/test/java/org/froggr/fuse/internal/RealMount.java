package org.froggr.fuse.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.froggr.api.ByteText;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.Mounts;
import org.froggr.spi.presentation.FileServer;
import org.froggr.spi.presentation.FileService;
import org.froggr.spi.presentation.ServeRequest;
import org.froggr.spi.tree.FileTree;

/**
 * A tree mounted on a temporary directory. Only other processes use it, each for a limited time: this one
 * serves it, and must be able to end it whatever hangs.
 */
final class RealMount implements AutoCloseable {
    private static final int LIMIT_SECONDS = 60;

    final Path directory;
    final FileService service;
    private final FuseServer server;
    private final int device;

    private RealMount(Path directory, FileService service, FuseServer server, int device) {
        this.directory = directory;
        this.service = service;
        this.server = server;
        this.device = device;
    }

    static RealMount of(FileTree tree, boolean passthrough) throws Exception {
        return of(tree, passthrough, new FuseServer(RealMount::complain));
    }

    static void complain(String message, Throwable cause) {
        System.err.println(message);
        if (cause != null) {
            cause.printStackTrace();
        }
    }

    static RealMount of(FileTree tree, boolean passthrough, FuseServer server) throws Exception {
        return of(tree, passthrough, server, Duration.ZERO);
    }

    static RealMount of(FileTree tree, boolean passthrough, FuseServer server, Duration limit) throws Exception {
        Path directory = Files.createTempDirectory("froggr-fuse-");
        int device = mount(directory, "allow_other,default_permissions");
        try {
            FileService service = server.serve(new Request(device, tree, "test", passthrough, limit));
            return new RealMount(directory, service, server, device);
        } catch (Exception e) {
            unmount(directory, device);
            throw e;
        }
    }

    /** A device that is mounted, and not served yet. */
    static int mount(Path directory, String options) throws ErrnoException {
        int device = Fd.open(BytePath.of("/dev/fuse"), Fd.O_RDWR, 0);
        String data = "fd=" + device + ",rootmode=40000,user_id=0,group_id=0," + options;
        try {
            Mounts.mount(
                    BytePath.of("froggr"),
                    BytePath.of(directory.toString()),
                    FileServer.FILE_SYSTEM_TYPE,
                    Mounts.MS_NOSUID,
                    ByteText.encode(data));
        } catch (ErrnoException e) {
            Fd.close(device);
            throw e;
        }
        return device;
    }

    static void unmount(Path directory, int device) throws IOException {
        abort(device);
        Fd.closeQuietly(device);
        try {
            Mounts.umount(BytePath.of(directory.toString()), Mounts.MNT_DETACH);
        } finally {
            Files.delete(directory);
        }
    }

    /** Ends the connection, so that nobody hangs in it: fusectl, Documentation/filesystems/fuse.rst. */
    static void abort(int device) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/fdinfo/" + device))) {
            if (line.startsWith("fuse_connection:")) {
                abort(line.substring(line.indexOf(':') + 1).strip());
            }
        }
    }

    private static void abort(String number) throws IOException {
        Path control = Files.createTempDirectory("froggr-fusectl-");
        BytePath target = BytePath.of(control.toString());
        Mounts.mount(BytePath.of("none"), target, "fusectl", 0, null);
        try {
            Path file = control.resolve(number).resolve("abort");
            if (Files.exists(file)) {
                Files.writeString(file, "1");
            }
        } finally {
            Mounts.umount(target, Mounts.MNT_DETACH);
            Files.delete(control);
        }
    }

    int device() {
        return device;
    }

    /** Runs a script of sh(1) in the mount, which must succeed; returns what it printed, without the last newline. */
    String sh(String script) throws Exception {
        Ended ended = tryShell(script);
        assertEquals(0, ended.status, script + "\n" + ended.output);
        return ended.output;
    }

    /** How a script ended. */
    record Ended(int status, String output) {}

    Ended tryShell(String script) throws Exception {
        return run("sh", "-ec", script);
    }

    Ended run(String... command) throws Exception {
        Process process = start(command);
        // Read by another thread would be better, but what these print fits into a pipe
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after " + LIMIT_SECONDS + " s: " + String.join(" ", command));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        return new Ended(process.exitValue(), output.stripTrailing());
    }

    Process start(String... command) throws IOException {
        // The working directory is entered by the child: the shell does it, not this process
        String[] inside = new String[command.length + 5];
        inside[0] = "sh";
        inside[1] = "-c";
        inside[2] = "cd \"$1\" || exit 99; shift; exec \"$@\"";
        inside[3] = "sh";
        inside[4] = directory.toString();
        System.arraycopy(command, 0, inside, 5, command.length);
        Process process = new ProcessBuilder(inside).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return process;
    }

    @Override
    public void close() throws IOException {
        try {
            service.close();
            server.close();
        } finally {
            unmount(directory, device);
        }
    }

    /** What the session manager would ask for. */
    record Request(int device, FileTree tree, String label, boolean passthrough, Duration operationLimit)
            implements ServeRequest {
        Request(int device, FileTree tree, String label, boolean passthrough) {
            this(device, tree, label, passthrough, Duration.ZERO);
        }
    }
}
