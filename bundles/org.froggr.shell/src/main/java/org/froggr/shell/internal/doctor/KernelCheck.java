package org.froggr.shell.internal.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.Ids;
import org.froggr.linux.Kernel;
import org.froggr.linux.MountInfo;
import org.froggr.linux.Mounts;
import org.froggr.linux.PidFd;
import org.froggr.linux.ProcStat;
import org.froggr.linux.Processes;
import org.froggr.spi.doctor.DoctorCheck;
import org.froggr.spi.doctor.Finding;
import org.froggr.spi.doctor.Finding.Severity;
import org.osgi.service.component.annotations.Component;

/** What the kernel can do and how it is set. What can be tried is tried. */
@Component(property = {DoctorCheck.NAME + "=kernel", DoctorCheck.POSITION + ":Integer=10"})
public final class KernelCheck implements DoctorCheck {
    private final SystemText system;

    public KernelCheck() {
        this(BytePath.ROOT);
    }

    KernelCheck(BytePath root) {
        this.system = new SystemText(root);
    }

    @Override
    public List<Finding> examine() throws ErrnoException {
        List<Finding> findings = new ArrayList<>();
        version(findings);
        calls(findings);
        fuse(findings);
        timeouts(findings);
        handOver().ifPresent(findings::add);
        return findings;
    }

    private static void version(List<Finding> findings) {
        if (!Kernel.atLeast(5, 12)) {
            findings.add(Finding.of(Severity.FAULT, "OLD_KERNEL", "this is Linux " + Kernel.release())
                    .why("mounts are made with mount_setattr(2), which 5.12 brought")
                    .advice("a newer kernel")
                    .done());
        } else if (!Kernel.atLeast(6, 8)) {
            findings.add(Finding.of(Severity.NOTE, "NO_UNIQUE_IDS", "mounts have no ids that are never given out again")
                    .object("Linux " + Kernel.release())
                    .why("a mount that somebody else made on a target meanwhile may be taken for Froggr's own")
                    .advice("Linux 6.8 or newer")
                    .done());
        }
    }

    /** A system call that is made in a way that changes nothing. */
    private interface Call {
        void make() throws ErrnoException;
    }

    private static void calls(List<Finding> findings) {
        call("open_tree(2)", "nothing can be mounted", findings, () ->
                Fd.close(Mounts.openTree(Fd.AT_FDCWD, BytePath.ROOT, false, false)));
        call("move_mount(2)", "nothing can be mounted", findings, () -> Mounts.moveMount(-1, -1));
        call("mount_setattr(2)", "nothing can be mounted", findings, () -> Mounts.setAttributes(-1, false, 0, 0, 0));
        call("pidfd_open(2)", "processes cannot be watched", findings, () -> PidFd.open(ownPid()).close());
        call("pidfd_getfd(2)", "the platform cannot take FUSE connections over", findings, () -> {
            try (PidFd self = PidFd.open(ownPid())) {
                Fd.close(self.get(0));
            }
        });
    }

    private static long ownPid() {
        return ProcessHandle.current().pid();
    }

    /** With descriptors that are none, the kernel answers EBADF, or EPERM to who may not mount anyway. */
    private static void call(String name, String consequence, List<Finding> findings, Call call) {
        try {
            call.make();
        } catch (ErrnoException e) {
            boolean filtered = e.is(Errno.EPERM) && Ids.euid() == 0;
            if (e.is(Errno.ENOSYS) || filtered) {
                String what = name + " does not work: " + Errno.describe(e.number());
                findings.add(Finding.of(Severity.FAULT, "NO_CALL", what)
                        .object(name)
                        .why(consequence)
                        .advice(filtered ? "let the container's seccomp filter permit it" : "a newer kernel")
                        .done());
            }
        }
    }

    private void fuse(List<Finding> findings) throws ErrnoException {
        try {
            Fd.close(Fd.open(FuseOffer.DEVICE, Fd.O_RDWR, 0));
            offer(findings);
        } catch (ErrnoException e) {
            boolean missing = e.is(Errno.ENOENT) || e.is(Errno.ENODEV) || e.is(Errno.ENXIO);
            findings.add(Finding.of(
                            Severity.FAULT, "NO_FUSE", "/dev/fuse cannot be opened: " + Errno.describe(e.number()))
                    .object(FuseOffer.DEVICE)
                    .why("unions and whatever else the kernel cannot mount itself are not possible")
                    .advice(missing ? "modprobe fuse (as root)" : "chmod 666 /dev/fuse (as root), as udev has it")
                    .done());
        }
        if (MountInfo.read(MountInfo.THREAD_SELF).stream().noneMatch(mount -> mount.type().equals("fusectl"))) {
            findings.add(Finding.of(Severity.NOTE, "NO_FUSECTL", "fusectl is not mounted at /sys/fs/fuse/connections")
                    .why("connections that hang can be neither seen nor aborted")
                    .advice("mount -t fusectl none /sys/fs/fuse/connections (as root)")
                    .done());
        }
    }

    /** Who may not mount cannot ask: the version of the kernel has to do, and passthrough is for root alone. */
    private static void offer(List<Finding> findings) {
        boolean resend = Kernel.atLeast(6, 9);
        boolean passthrough = true;
        if (Ids.euid() == 0) {
            try {
                FuseOffer offer = FuseOffer.ask();
                resend = offer.has("FUSE_HAS_RESEND");
                passthrough = offer.has("FUSE_PASSTHROUGH");
            } catch (ErrnoException e) {
                findings.add(Finding.of(Severity.WARNING, "NO_FUSE_MOUNT", "FUSE cannot be mounted: " + e.getMessage())
                        .object(FuseOffer.DEVICE)
                        .why("shared sessions cannot have unions")
                        .advice("CAP_SYS_ADMIN, where this runs in a container")
                        .done());
                return;
            }
        }
        lacks(!resend, "NO_RESEND", "requests are not sent again to a platform that follows one that was killed",
                "who waits at that moment gets an error", findings);
        lacks(!passthrough, "NO_PASSTHROUGH", "FUSE cannot pass reads and writes through to the file below",
                "they cost a copy more", findings);
    }

    private static void lacks(boolean lacking, String code, String what, String why, List<Finding> findings) {
        if (lacking) {
            findings.add(Finding.of(Severity.NOTE, code, what)
                    .object("Linux " + Kernel.release())
                    .why(why)
                    .advice("Linux 6.9 or newer, with CONFIG_FUSE_PASSTHROUGH")
                    .done());
        }
    }

    private void timeouts(List<Finding> findings) {
        for (String name : List.of("fs.fuse.default_request_timeout", "fs.fuse.max_request_timeout")) {
            long seconds = system.setting(name).orElse(0);
            if (seconds > 0) {
                findings.add(Finding.of(Severity.WARNING, "REQUEST_TIMEOUT", name + " is " + seconds)
                        .object(name)
                        .why("the kernel aborts a union's connection when an answer takes longer, as it may while a"
                                + " platform is started again or a lock is waited for")
                        .advice("sysctl -w " + name + "=0 (as root), before unions are made")
                        .done());
            }
        }
    }

    /**
     * Whether a platform may fetch descriptors from processes that are not its children, as the next one
     * must. The loop that started this one is such a process.
     */
    private Optional<Finding> handOver() throws ErrnoException {
        long parent = ProcStat.of(ownPid()).map(ProcStat::parent).orElse(0L);
        try (PidFd process = PidFd.open(parent)) {
            if (parent > 1 && Processes.euid(parent) == Ids.euid()) {
                Fd.close(process.get(0));
            }
            return Optional.empty();
        } catch (ErrnoException e) {
            if (!e.is(Errno.EPERM)) {
                return Optional.empty();
            }
            long scope = system.setting("kernel.yama.ptrace_scope").orElse(0);
            return Optional.of(Finding.of(
                            Severity.WARNING, "NO_HANDOVER", "this user's processes may not fetch each other's files")
                    .object(scope > 0 ? "kernel.yama.ptrace_scope=" + scope : "pidfd_getfd(2)")
                    .why("when a platform dies, the next one cannot take its unions over, and programs that use them"
                            + " get errors")
                    .advice("sysctl -w kernel.yama.ptrace_scope=0 (as root)")
                    .done());
        }
    }
}
