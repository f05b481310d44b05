package org.froggr.itests.harness;

import java.time.Duration;
import java.util.List;

/** A user that commands run as. */
final class Account implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static Account created;

    private final String name;
    private final List<String> prefix;
    private final boolean temporary;

    private Account(String name, List<String> prefix, boolean temporary) {
        this.name = name;
        this.prefix = prefix;
        this.temporary = temporary;
    }

    /** The user that runs the tests. */
    static Account own() {
        return new Account(System.getProperty("user.name"), List.of(), false);
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** An ordinary user: made for the tests if they run as root, and removed when the JVM ends. */
    static synchronized Account ordinary() {
        if (!isRoot()) {
            return own();
        }
        if (created == null) {
            created = create("frgtest" + ProcessHandle.current().pid() % 100_000);
            Runtime.getRuntime().addShutdownHook(new Thread(created::close));
        }
        return created;
    }

    private static Account create(String name) {
        command("useradd", "--create-home", "--shell", "/bin/sh", name).ok();
        String uid = command("id", "-u", name).ok().out().strip();
        String gid = command("id", "-g", name).ok().out().strip();
        return new Account(name, List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--init-groups"), true);
    }

    private static Result command(String... words) {
        return new Running(String.join(" ", words), new ProcessBuilder(words)).end(LIMIT);
    }

    String name() {
        return name;
    }

    String homeDirectory() {
        return temporary ? "/home/" + name : System.getProperty("user.home");
    }

    /** What a command is prefixed with to run as this user. */
    List<String> prefix() {
        return prefix;
    }

    @Override
    public void close() {
        if (temporary) {
            command("userdel", "--remove", name);
        }
    }
}
