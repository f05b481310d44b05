package org.froggr.itests.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Processes of the machine, found by what {@code /proc} says of them (proc(5)). */
public final class Processes {
    private Processes() {}

    /** Those that run for this home: it is in their command line or environment. Zombies do not count. */
    public static List<Long> of(String home) {
        return all().filter(pid -> concerns(pid, home)).toList();
    }

    /** Those whose command line contains the text. */
    public static List<Long> withCommand(String text) {
        return all().filter(pid -> command(pid).contains(text)).toList();
    }

    private static Stream<Long> all() {
        long self = ProcessHandle.current().pid();
        return ProcessHandle.allProcesses().map(ProcessHandle::pid).filter(pid -> pid != self && isAlive(pid));
    }

    private static boolean concerns(long pid, String home) {
        return command(pid).contains(home) || (file(pid, "environ") + "\0").contains("FROGGR_HOME=" + home + "\0");
    }

    /** Its arguments, separated by spaces; empty if it is gone. */
    public static String command(long pid) {
        return file(pid, "cmdline").replace('\0', ' ');
    }

    /** Whether it exists and is no zombie. */
    public static boolean isAlive(long pid) {
        String state = state(pid);
        return !state.isEmpty() && !state.equals("Z") && !state.equals("X");
    }

    /** Its state letter, empty if it is gone. */
    public static String state(long pid) {
        String[] fields = afterName(pid);
        return fields.length == 0 ? "" : fields[0];
    }

    /** Process id of the leader of its session (setsid(2)), 0 if it is gone. */
    public static long session(long pid) {
        String[] fields = afterName(pid);
        return fields.length < 4 ? 0 : Long.parseLong(fields[3]);
    }

    /** The fields of {@code /proc/PID/stat} from the third on. */
    private static String[] afterName(long pid) {
        String stat = file(pid, "stat");
        int name = stat.lastIndexOf(") ");
        return name < 0 ? new String[0] : stat.substring(name + 2).split(" ");
    }

    /** A file of {@code /proc/PID}, one character a byte; empty if it cannot be read. */
    public static String file(long pid, String name) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/" + name), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // It ended between the listing and here, or belongs to somebody else.
            return "";
        }
    }

    /** Sends a signal by name. */
    public static void signal(String name, long pid) {
        new Running("kill", new ProcessBuilder("kill", "-" + name, Long.toString(pid)))
                .end(java.time.Duration.ofSeconds(10));
    }
}
