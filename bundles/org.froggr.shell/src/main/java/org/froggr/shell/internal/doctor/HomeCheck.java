package org.froggr.shell.internal.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.PlatformHome;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.Stat;
import org.froggr.spi.doctor.DoctorCheck;
import org.froggr.spi.doctor.Finding;
import org.froggr.spi.doctor.Finding.Severity;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Froggr's home and what is in it, but for the sessions: whose it is, who may read it, what does not belong
 * there, and whether there is room. Everything is reached from the home's own descriptors.
 */
@Component(property = {DoctorCheck.NAME + "=home", DoctorCheck.POSITION + ":Integer=40"})
public final class HomeCheck implements DoctorCheck {
    private static final Pattern IN_HOME = Pattern.compile("platform|sessions|etc|bundles|cache");
    private static final Pattern IN_PLATFORM = Pattern.compile(
            "(pid|sock|history)(\\.new)?|heartbeat|ctl|slots|presents|standby|supervisor(\\.lock)?|(console|platform)\\.log(\\.\\d+)?"
                    + "|crash\\.log");
    private static final Pattern IN_SLOTS =
            Pattern.compile("slots/\\d+\\.(req|taken|reply|out|err|in|back\\.\\d+)");
    private static final Pattern PASSING = Pattern.compile("(pid|sock|history)\\.new|slots/\\d+\\.(req|back\\.\\d+)");

    /** Written by clients, whatever their umask is. */
    private static final Pattern REQUEST = Pattern.compile("slots/\\d+\\.(req|taken|back\\.\\d+)");

    /** What is written and renamed, or taken, within milliseconds unless somebody dies in between. */
    private static final Duration STALE = Duration.ofMinutes(1);

    private static final int OPEN_TO_OTHERS = 0077;

    private final PlatformHome home;

    @Activate
    public HomeCheck(@Reference PlatformHome home) {
        this.home = home;
    }

    @Override
    public List<Finding> examine() throws ErrnoException {
        List<Finding> findings = new ArrayList<>();
        mode(home.path(), Fd.AT_FDCWD, home.path(), Stat.of(home.descriptor()), findings);
        directory(home.descriptor(), IN_HOME, findings);
        directory(home.platformDescriptor(), IN_PLATFORM, findings);
        slots(findings);
        findings.addAll(new Space(home).examine());
        return findings;
    }

    private void slots(List<Finding> findings) throws ErrnoException {
        int flags = Fd.O_RDONLY | Fd.O_DIRECTORY | Fd.O_NOFOLLOW;
        try (OwnedFd slots = OwnedFd.of(Fd.openat(home.platformDescriptor(), BytePath.of("slots"), flags, 0))) {
            for (BytePath name : At.list(slots.number())) {
                // From a descriptor that is open when a remedy is applied, too.
                tryFile(home.platformDescriptor(), BytePath.of("slots").resolve(name), IN_SLOTS, findings);
            }
        } catch (ErrnoException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
        }
    }

    private void directory(int descriptor, Pattern known, List<Finding> findings) throws ErrnoException {
        for (BytePath name : At.list(descriptor)) {
            tryFile(descriptor, name, known, findings);
        }
    }

    private void tryFile(int directory, BytePath name, Pattern known, List<Finding> findings) throws ErrnoException {
        try {
            BytePath parent = directory == home.descriptor() ? home.path() : home.path().resolve("platform");
            file(directory, name, parent.resolve(name), known, findings);
        } catch (ErrnoException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
        }
    }

    private void file(int directory, BytePath name, BytePath path, Pattern known, List<Finding> findings)
            throws ErrnoException {
        Stat stat = Stat.at(directory, name, false);
        if (stat.uid() != home.owner()) {
            findings.add(of(Severity.FAULT, "FOREIGN_FILE", path.quoted() + " belongs to user " + stat.uid(), path)
                    .why("somebody else can change what Froggr relies on")
                    .advice("find out who put it there; then remove it as its owner or root")
                    .done());
        } else if (stat.isSymlink()) {
            findings.add(of(Severity.WARNING, "SYMLINK", path.quoted() + " is a symbolic link", path)
                    .why("Froggr follows none in its home, and does not use what is behind it")
                    .advice("replace it by what it leads to, or remove it")
                    .done());
        } else if (!known.matcher(name.toString()).matches()) {
            findings.add(of(Severity.WARNING, "UNKNOWN_FILE", path.quoted() + " is not Froggr's", path)
                    .why("the home is for Froggr alone; a later version may use that name")
                    .advice("move it elsewhere")
                    .done());
        } else if (PASSING.matcher(name.toString()).matches() && isStale(path)) {
            findings.add(stale(directory, name, path));
        } else if (!REQUEST.matcher(name.toString()).matches()) {
            mode(path, directory, name, stat, findings);
            crash(name, path, findings);
        }
    }

    private static void mode(BytePath path, int directory, BytePath name, Stat stat, List<Finding> findings) {
        if ((stat.permissions() & OPEN_TO_OTHERS) == 0) {
            return;
        }
        int closed = stat.permissions() & 0700;
        String what = String.format("%s is open to others (mode %04o)", path.quoted(), stat.permissions());
        findings.add(of(Severity.FAULT, "WRONG_MODE", what, path)
                .why("others can see or do what only its owner may; a platform refuses to start in an open home")
                .remedy(String.format("chmod %04o", closed), () -> close(directory, name, stat))
                .done());
    }

    /** Only what was looked at: somebody may have put something else there. */
    private static void close(int directory, BytePath name, Stat seen) throws ErrnoException {
        Stat now = Stat.at(directory, name, false);
        if (now.sameFile(seen) && !now.isSymlink()) {
            At.chmod(directory, name, now.permissions() & 0700);
        }
    }

    private static Finding stale(int directory, BytePath name, BytePath path) {
        return of(Severity.WARNING, "STALE_FILE", path.quoted() + " was left by somebody who died", path)
                .why("it takes up room, and a slot for requests if it is one")
                .remedy("remove it", () -> {
                    if (isStale(path)) {
                        At.unlink(directory, name);
                    }
                })
                .done();
    }

    private static boolean isStale(BytePath path) {
        try {
            // The home's own name is valid UTF-8, and so are those that Froggr gives.
            Path file = Path.of(path.toString());
            Instant changed = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
            return changed.isBefore(Instant.now().minus(STALE));
        } catch (IOException e) {
            return false;
        }
    }

    private static void crash(BytePath name, BytePath path, List<Finding> findings) {
        if (name.toString().equals("crash.log")) {
            findings.add(of(Severity.WARNING, "CRASHED", "a platform crashed inside the JVM: " + path.quoted(), path)
                    .why("that is a defect of the JVM, of a native library or of this machine's memory")
                    .advice("read it, keep it for a report, and remove it")
                    .done());
        }
    }

    private static Finding.Draft of(Severity severity, String code, String what, BytePath path) {
        return Finding.of(severity, code, what).object(path);
    }
}
