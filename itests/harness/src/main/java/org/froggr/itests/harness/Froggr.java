package org.froggr.itests.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.froggr.api.ByteText;
import org.froggr.api.Fault;

/**
 * A person with a home for Froggr, a scratch directory and a mount namespace of their own. Text is
 * {@link ByteText} throughout: it may hold any byte.
 */
public final class Froggr implements AutoCloseable {
    /** What any single command may take on a busy machine, a cold start included. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    private static final int QUIET_LOOKS = 5;

    private final World world;
    private final Account account;
    private final Place place;
    private final Path base;
    private final Map<String, String> environment = new TreeMap<>();
    private List<String> wrapper = List.of();
    private int scripts;

    private Froggr(World world, Account account, Place place, Path base) {
        this.world = world;
        this.account = account;
        this.place = place;
        this.base = base;
        environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("HOME", account.homeDirectory());
        environment.put("USER", account.name());
        environment.put("SHELL", "/bin/sh");
        environment.put("LANG", "C.UTF-8");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("FROGGR_HOME", home());
        // Its archive is made by a second JVM, half a minute after the first start, in the middle of anything.
        environment.put("FROGGR_CDS", "off");
        // What stands by costs time; the tests of that have it on
        environment.put("FROGGR_STANDBY", "off");
        environment.put(
                "FRG", Installed.forEverybody(account).resolve("bin/frg").toString());
    }

    /** A new one, with nothing running. */
    public static Froggr in(World world) {
        Account account = world.account();
        try {
            Path base = Files.createTempDirectory("froggr-it-");
            Files.setPosixFilePermissions(base, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
            Froggr froggr = new Froggr(world, account, Place.open(world.isPropagating()), base);
            Files.createDirectory(base.resolve("run"));
            froggr.rootly("install -d -m 700 -o $USER \"$FROGGR_HOME\"; install -d -o $USER " + froggr.work());
            return froggr;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public World world() {
        return world;
    }

    /** FROGGR_HOME. */
    public String home() {
        return base.resolve("home").toString();
    }

    /** The scratch directory, which is also the working directory of every command. */
    public String work() {
        return base.resolve("work").toString();
    }

    /** An absolute path in the scratch directory. */
    public String path(String name) {
        return work() + "/" + name;
    }

    /** The program under test. */
    public String program() {
        return environment.get("FRG");
    }

    /** Sets a variable for all commands from now on; null takes it away. */
    public Froggr set(String name, String value) {
        if (value == null) {
            environment.remove(name);
        } else {
            environment.put(name, value);
        }
        return this;
    }

    /** Has all that the user runs from now on started by these words, so that the platform is under them, too. */
    public Froggr under(List<String> words) {
        wrapper = List.copyOf(words);
        return this;
    }

    /** Runs {@code frg} with these arguments. */
    public Result run(String... arguments) {
        return start(arguments).end(LIMIT);
    }

    /** Starts {@code frg} with these arguments. */
    public Running start(String... arguments) {
        return startScript("exec \"$FRG\" " + Script.words(arguments));
    }

    /** Runs a shell script as the user; {@code $FRG} is the program, {@code $1…} the arguments. */
    public Result sh(String script, String... arguments) {
        return startScript(script, arguments).end(LIMIT);
    }

    /** Starts a shell script as the user. */
    public Running startScript(String script, String... arguments) {
        return launch(Stream.concat(account.prefix().stream(), wrapper.stream()).toList(), script, arguments);
    }

    /** Runs a shell script with the rights of whoever runs the tests. */
    public Result rootly(String script, String... arguments) {
        return launch(List.of(), script, arguments).end(LIMIT).ok();
    }

    /** Starts a shell script with the rights of whoever runs the tests. */
    public Running startRootScript(String script, String... arguments) {
        return launch(List.of(), script, arguments);
    }

    /** Words that a root script runs a command with as this user. */
    public String asUser() {
        return String.join(" ", account.prefix());
    }

    /** Whether the tests run as root, and so can act for several users. */
    public boolean canBecomeOthers() {
        return Account.isRoot();
    }

    /** Ends the platform in an orderly way, leaving sessions as they are. */
    public void stopPlatform() {
        run("platform", "stop").ok();
        Wait.until("the platform has ended", Duration.ofSeconds(10), () -> platform() == 0);
    }

    /** Kills the platform as a crash would, and returns the process id that it had. */
    public long crashPlatform() {
        long pid = platform();
        Processes.signal("KILL", pid);
        Wait.until("the platform has died", Duration.ofSeconds(10), () -> !Processes.isAlive(pid));
        return pid;
    }

    /** Kills the platform and the loop that would start it again. */
    public void crashAll() {
        Processes.of(home()).stream().filter(this::isPlatform).forEach(pid -> Processes.signal("KILL", pid));
        Wait.until("the platform has died", Duration.ofSeconds(10), () -> platform() == 0);
    }

    private synchronized Running launch(List<String> as, String script, String... arguments) {
        Path file = base.resolve("run").resolve("script" + ++scripts);
        String set = arguments.length == 0 ? "" : "set -- " + Script.words(arguments) + "\n";
        Script.write(file, "cd " + work() + " 2>/dev/null || cd /\n" + set + script + "\n");
        List<String> command = new ArrayList<>(place.prefix());
        command.addAll(as);
        // A build in the background ignores interrupts, and so would all that it starts.
        command.addAll(List.of("env", "-i", "--default-signal"));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(List.of("sh", file.toString()));
        return new Running(
                "[" + world.title() + "] " + script + " " + Script.words(arguments), new ProcessBuilder(command));
    }

    /** {@code frg mount}, private where the user has no privilege; returns the session. */
    public String mount(String... arguments) {
        return run(withMode("mount", arguments)).session();
    }

    /** {@code frg bind}, private where the user has no privilege; returns the session. */
    public String bind(String... arguments) {
        return run(withMode("bind", arguments)).session();
    }

    /** A verb with {@code --private} where the user has no privilege. */
    public String[] withMode(String verb, String... arguments) {
        Stream<String> mode = world.isPrivileged() ? Stream.of(verb) : Stream.of(verb, "--private");
        return Stream.concat(mode, Arrays.stream(arguments)).toArray(String[]::new);
    }

    /** Runs a program where the session's mounts are seen. */
    public Result inside(String session, String... command) {
        if (world.isPrivileged()) {
            return sh("exec \"$@\"", command);
        }
        return run(Stream.concat(Stream.of("exec", session, "--"), Arrays.stream(command))
                .toArray(String[]::new));
    }

    /** Makes directories in the scratch directory and returns the path of the first. */
    public String directory(String... names) {
        for (String name : names) {
            sh("mkdir -p -- \"$1\"", path(name)).ok();
        }
        return path(names[0]);
    }

    /** Makes a file with this content, and the directories to it, and returns its path. */
    public String file(String name, String content) {
        sh("mkdir -p -- \"${1%/*}\" && printf %s \"$2\" >\"$1\"", path(name), content)
                .ok();
        return path(name);
    }

    /** The list of sessions as {@code frg session -l --json} gives it. */
    public JsonNode sessions() {
        return run("session", "-l", "--json").ok().json();
    }

    /** One session of that list, or null. */
    public JsonNode session(String id) {
        for (JsonNode session : sessions()) {
            if (session.path("id").asText().equals(id)) {
                return session;
            }
        }
        return null;
    }

    /** State of a session in capitals, empty if there is none. */
    public String state(String id) {
        JsonNode session = session(id);
        return session == null ? "" : session.path("state").asText().toUpperCase(Locale.ROOT);
    }

    /** Process id of a session's anchor. */
    public long anchor(String session) {
        JsonNode found = session(session);
        return found == null ? 0 : found.path("pid").asLong();
    }

    /** Process id of the platform's JVM, 0 if none runs. */
    public long platform() {
        return Processes.withCommand("-Dfroggr.home=" + home() + " ").stream()
                .findFirst()
                .orElse(0L);
    }

    /** The supervising loop, the JVM, and what the loop starts for a moment. */
    private boolean isPlatform(long pid) {
        return Stream.of(pid, Processes.session(pid))
                .map(Processes::command)
                .anyMatch(command -> command.contains("-Dfroggr.home=" + home()) || command.contains("frg-platform"));
    }

    /** Processes that run for this home, but for the platform itself. */
    public List<Long> processes() {
        return Processes.of(home()).stream()
                .filter(pid -> !isPlatform(pid) && !Processes.command(pid).isEmpty())
                .toList();
    }

    public String mountTable() {
        return place.mountTable();
    }

    /** What there is now. */
    public Snapshot snapshot() {
        return new Snapshot(
                Snapshot.withoutNumbers(mountTable()),
                processes().stream().map(Processes::command).sorted().toList(),
                list("ls -A \"$FROGGR_HOME/sessions\""),
                list("find " + work() + " -xdev -printf '%y %m %p\\n' | sort"));
    }

    private List<String> list(String script) {
        return launch(List.of(), script + " 2>/dev/null").end(LIMIT).lines();
    }

    /**
     * Runs {@code frg}, which must fail in this way and leave nothing behind. With {@code --json} it must
     * say the same.
     */
    public Result refuses(Fault fault, String... arguments) {
        run("session", "-l").ok();
        Snapshot before = snapshot();
        Result result = run(arguments).fails(fault);
        requireSame(before, result);
        String[] json =
                Stream.concat(Arrays.stream(arguments), Stream.of("--json")).toArray(String[]::new);
        Result error = run(json).status(fault.exitStatus());
        JsonNode object = error.jsonError();
        error.require(object.path("code").asText().equals(fault.name()), "code " + fault)
                .require(object.path("message").isTextual() && object.has("path") && object.has("hint"), "all fields");
        requireSame(before, error);
        return result;
    }

    private void requireSame(Snapshot before, Result result) {
        boolean same = Wait.holds(Duration.ofSeconds(2), () -> snapshot().equals(before));
        result.require(same, "nothing left behind; before: " + before + "; after: " + snapshot());
    }

    /** Ends all sessions and requires that nothing of them is left. */
    public void purge(String mountTableBefore) {
        run("session", "-p", "--force").ok();
        Snapshot now = snapshot();
        if (!now.sessions().isEmpty() || !now.mounts().equals(Snapshot.withoutNumbers(mountTableBefore))) {
            throw new AssertionError("left after a purge: " + now.sessions() + "\nmounts before\n" + mountTableBefore
                    + "mounts after\n" + now.mounts());
        }
        Wait.until("no process is left but the platform: " + now.processes(), Duration.ofSeconds(5), () -> processes()
                .isEmpty());
    }

    /** The end of the platform's log, for a report. */
    public String log() {
        return ShellText.visible(String.join("\n", list("tail -n 40 \"$FROGGR_HOME/platform/platform.log\"")));
    }

    /** Ends all that runs for this home, and removes what it made. */
    @Override
    public void close() {
        int[] quiet = {0};
        Wait.until("all processes have ended", Duration.ofSeconds(10), () -> {
            List<Long> left = Processes.of(home());
            left.forEach(pid -> Processes.signal("KILL", pid));
            // A process in the middle of exec(2) has neither arguments nor environment: look again.
            quiet[0] = left.isEmpty() ? quiet[0] + 1 : 0;
            return quiet[0] == QUIET_LOOKS;
        });
        place.close();
        ProcessBuilder removal = new ProcessBuilder("rm", "-rf", "--one-file-system", "--", base.toString());
        new Running("rm", removal).end(LIMIT).ok();
    }
}
