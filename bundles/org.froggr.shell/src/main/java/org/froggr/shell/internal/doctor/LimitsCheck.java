package org.froggr.shell.internal.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.MountInfo;
import org.froggr.linux.OwnedFd;
import org.froggr.spi.doctor.DoctorCheck;
import org.froggr.spi.doctor.Finding;
import org.froggr.spi.doctor.Finding.Severity;
import org.osgi.service.component.annotations.Component;

/** What the platform may use of the machine, and how near to the end of it it is. */
@Component(property = {DoctorCheck.NAME + "=limits", DoctorCheck.POSITION + ":Integer=20"})
public final class LimitsCheck implements DoctorCheck {
    /** Of a limit: when to say so. */
    private static final double NEARLY_ALL = 0.8;

    /** The platform alone has about a hundred, a session ten, a union some more for each directory in use. */
    private static final long FEW_DESCRIPTORS = 1024;

    private static final long FEW_WATCHES = 8192;
    private static final long FEW_INSTANCES = 32;
    private static final Pattern DESCRIPTORS =
            Pattern.compile("(?m)^Max open files +(\\d+|unlimited) +(\\d+|unlimited)");
    private static final BytePath OWN_FD = BytePath.of("/proc/self/fd");
    private static final String INOTIFY = "anon_inode:inotify";

    private final SystemText system;

    public LimitsCheck() {
        this(BytePath.ROOT);
    }

    LimitsCheck(BytePath root) {
        this.system = new SystemText(root);
    }

    @Override
    public List<Finding> examine() throws ErrnoException {
        List<Finding> findings = new ArrayList<>();
        List<BytePath> open = ownDescriptors();
        descriptors(open.size()).ifPresent(findings::add);
        inotify(open, findings);
        mounts().ifPresent(findings::add);
        pipes().ifPresent(findings::add);
        processes().ifPresent(findings::add);
        return findings;
    }

    private static List<BytePath> ownDescriptors() throws ErrnoException {
        try (OwnedFd directory = OwnedFd.of(Fd.open(OWN_FD, Fd.O_RDONLY | Fd.O_DIRECTORY, 0))) {
            return new ArrayList<>(At.list(directory.number()));
        }
    }

    private Optional<Finding> descriptors(long used) {
        Matcher limits = DESCRIPTORS.matcher(system.find("proc/self/limits").orElse(""));
        if (!limits.find() || limits.group(2).equals("unlimited")) {
            return Optional.empty();
        }
        // The platform raises its soft limit to the hard one.
        long limit = Long.parseLong(limits.group(2));
        if (limit >= FEW_DESCRIPTORS && used < limit * NEARLY_ALL) {
            return Optional.empty();
        }
        return Optional.of(Finding.of(
                        Severity.WARNING,
                        "FEW_DESCRIPTORS",
                        "the platform may have " + limit + " open files, and has " + used)
                .object("RLIMIT_NOFILE")
                .holder(ProcessHandle.current().pid())
                .why("sessions and open files of unions are refused when there are no more")
                .advice("ulimit -n " + Math.max(limit * 2, 20_000) + " (limits.conf(5)), and then frg platform stop")
                .done());
    }

    private void inotify(List<BytePath> open, List<Finding> findings) {
        long instances = open.stream().filter(LimitsCheck::isInotify).count();
        setting(
                        "fs.inotify.max_user_instances", FEW_INSTANCES, instances, "changes below unions are seen late",
                        "8192")
                .ifPresent(findings::add);
        setting("fs.inotify.max_user_watches", FEW_WATCHES, 0, "changes below unions are seen late", "524288")
                .ifPresent(findings::add);
    }

    private static boolean isInotify(BytePath fd) {
        try {
            return At.readlink(Fd.AT_FDCWD, OWN_FD.resolve(fd)).toString().contains(INOTIFY);
        } catch (ErrnoException e) {
            // The one of the listing itself.
            return false;
        }
    }

    private Optional<Finding> setting(String name, long least, long used, String why, String better) {
        OptionalLong value = system.setting(name);
        if (value.isEmpty() || value.getAsLong() >= least && used < value.getAsLong() * NEARLY_ALL) {
            return Optional.empty();
        }
        String inUse = used == 0 ? "" : ", and the platform uses " + used;
        return Optional.of(Finding.of(Severity.WARNING, "LOW_LIMIT", name + " is " + value.getAsLong() + inUse)
                .object(name)
                .why(why)
                .advice("sysctl -w " + name + "=" + better + " (as root)")
                .done());
    }

    private Optional<Finding> mounts() throws ErrnoException {
        return setting(
                "fs.mount-max", 1000, MountInfo.read(MountInfo.THREAD_SELF).size(), "mounts are refused beyond it",
                "100000");
    }

    /** An ordinary user's pipes have one page each beyond the soft limit (pipe(7)), which is enough. */
    private Optional<Finding> pipes() {
        OptionalLong hard = system.setting("fs.pipe-user-pages-hard");
        return hard.isEmpty() || hard.getAsLong() == 0
                ? Optional.empty()
                : setting("fs.pipe-user-pages-hard", 1024, 0, "a session has four pipes, and is refused without", "0");
    }

    /** Of the control group (cgroups(7), version 2). */
    private Optional<Finding> processes() {
        String group = system.find("proc/self/cgroup").orElse("").lines()
                .filter(line -> line.startsWith("0::/"))
                .map(line -> "sys/fs/cgroup" + line.substring("0::".length()))
                .findFirst()
                .orElse("sys/fs/cgroup");
        OptionalLong most = system.number(group + "/pids.max");
        OptionalLong now = system.number(group + "/pids.current");
        if (most.isEmpty() || now.isEmpty() || now.getAsLong() < most.getAsLong() * NEARLY_ALL) {
            return Optional.empty();
        }
        return Optional.of(Finding.of(
                        Severity.WARNING, "FEW_PROCESSES", now.getAsLong() + " of " + most.getAsLong() + " tasks run")
                .object("/" + group + "/pids.max")
                .why("each session has a process, and cannot be made without")
                .advice("raise TasksMax of the unit that this runs in (systemd.resource-control(5))")
                .done());
    }
}
