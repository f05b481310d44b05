package org.froggr.session.internal.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.Processes;
import org.froggr.linux.Spawn;

/** The command line of an anchor, and how one is recognised by it. */
final class AnchorProgram {
    /** The word between script and session id, for people who look at {@code ps}. */
    static final String TITLE = "froggr-session";

    private static final String SCRIPT = "/lib/frg-anchor";

    /** What {@code systemd-run --user} and helpers of mount(8) need. */
    private static final List<String> KEPT_VARIABLES =
            List.of("HOME", "USER", "LOGNAME", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS");

    private final BytePath script;
    private final BytePath home;
    private final Programs programs;

    /**
     * @param distribution whose {@code lib/frg-anchor} is run
     * @param home value of FROGGR_HOME for it
     */
    AnchorProgram(BytePath distribution, BytePath home, Programs programs) {
        this.script = BytePath.of(distribution.withoutTrailingSlashes() + SCRIPT);
        this.home = home;
        this.programs = programs;
    }

    /**
     * The start of an anchor, with its descriptors still to be added.
     *
     * @param prefix program and arguments that end up executing the shell, or nothing
     * @throws ErrnoException ENOENT if a program, or the script, is not there
     */
    Spawn command(UUID id, List<String> prefix) throws ErrnoException {
        if (!At.exists(Fd.AT_FDCWD, script)) {
            throw new ErrnoException(Errno.ENOENT.number(), "open", script);
        }
        List<String> words = new ArrayList<>(prefix);
        words.addAll(List.of("sh", script.toString(), TITLE, id.toString()));
        Spawn spawn = Spawn.of(programs.require(words.get(0))).newSession();
        words.forEach(spawn::argument);
        addEnvironment(id, spawn);
        return spawn;
    }

    private void addEnvironment(UUID id, Spawn spawn) throws ErrnoException {
        long self = ProcessHandle.current().pid();
        for (String name : KEPT_VARIABLES) {
            Optional<byte[]> value = Processes.environment(self, name);
            value.ifPresent(bytes -> spawn.environment(name, ByteText.decode(bytes)));
        }
        spawn.environment("PATH", programs.path());
        // Messages of mount(8) are read, see ProgramFailure.
        spawn.environment("LC_ALL", "C");
        spawn.environment("FROGGR_HOME", home.toString());
        spawn.environment("FROGGR_SESSION", id.toString());
    }

    /** Whose anchor a process is, by its command line; empty if it is none. */
    static Optional<UUID> sessionOf(byte[] commandLine) {
        List<String> words = Arrays.asList(ByteText.decode(commandLine).split("\0"));
        int title = words.indexOf(TITLE);
        if (title < 1 || title + 1 >= words.size() || !words.get(title - 1).endsWith(SCRIPT)) {
            return Optional.empty();
        }
        return uuid(words.get(title + 1));
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
