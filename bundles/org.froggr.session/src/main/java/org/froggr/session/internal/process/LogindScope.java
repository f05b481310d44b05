package org.froggr.session.internal.process;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.froggr.api.BytePath;
import org.froggr.linux.Ids;

/**
 * Where systemd-logind ends the processes of users who log out (KillUserProcesses, logind.conf(5)), an
 * anchor must be in a scope of its own to outlive the terminal.
 */
final class LogindScope {
    private static final int ASK_LIMIT_SECONDS = 3;

    private final BytePath booted;
    private final BytePath cgroup;
    private final Programs programs;
    private Boolean needed;

    /** @param programs where {@code loginctl} and {@code systemd-run} are looked for */
    LogindScope(Programs programs) {
        this(BytePath.of("/run/systemd/system"), BytePath.of("/proc/self/cgroup"), programs);
    }

    /**
     * @param booted directory that is there where systemd is the init (sd_booted(3))
     * @param cgroup of this process, as {@code /proc/PID/cgroup}
     */
    LogindScope(BytePath booted, BytePath cgroup, Programs programs) {
        this.booted = booted;
        this.cgroup = cgroup;
        this.programs = programs;
    }

    /** Program and arguments to put in front of the anchor's; empty where no scope is needed. */
    synchronized List<String> prefix(UUID id) {
        if (needed == null) {
            needed = ProcText.exists(booted) && isInLoginSession() && killsProcesses();
        }
        if (!needed) {
            return List.of();
        }
        String manager = Ids.euid() == 0 ? "--system" : "--user";
        return List.of("systemd-run", manager, "--scope", "--quiet", "--collect", "--unit=froggr-" + id, "--");
    }

    /** Whether this process itself ends with its user's last login. */
    boolean endsWithLogin() {
        return ProcText.exists(booted)
                && isInLoginSession()
                && programs.find("loginctl").isPresent()
                && isKiller(programs.find("loginctl").orElseThrow());
    }

    /** Only what is in the scope of a login session ends with it. */
    private boolean isInLoginSession() {
        return ProcText.find(cgroup).filter(text -> text.matches("(?s).*/session-[^/\\n]*\\.scope.*")).isPresent();
    }

    /** Asks logind: without an argument, {@code show-session} shows its own properties (loginctl(1)). */
    private boolean killsProcesses() {
        return programs.find("loginctl").isPresent()
                && programs.find("systemd-run").isPresent()
                && isKiller(programs.find("loginctl").orElseThrow());
    }

    private static boolean isKiller(BytePath loginctl) {
        return answer(loginctl.toString()).contains("KillUserProcesses=yes");
    }

    private static String answer(String loginctl) {
        try {
            Process process = new ProcessBuilder(loginctl, "show-session", "--property=KillUserProcesses")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(ASK_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "";
            }
            return new String(process.getInputStream().readAllBytes());
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
