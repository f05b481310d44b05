package org.froggr.session.internal.store;

import java.util.List;
import java.util.regex.Pattern;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.Stat;
import org.froggr.spi.doctor.Finding;
import org.froggr.spi.doctor.Finding.Severity;
import org.froggr.spi.doctor.Remedy;

/** Whether a session's directory holds what it should, all of it this user's and closed to others. */
public final class DirectoryCheck {
    private static final Pattern SET_ASIDE = Pattern.compile("session\\.json\\.bad-\\d+");
    private static final int OPEN_TO_OTHERS = 0077;
    private static final int PIPE_MODE = 0600;
    private static final int FILE_MODE = 0600;
    private static final int DIRECTORY_MODE = 0700;

    private final SessionDirectory directory;
    private final Remedy pipes;

    /** @param pipes makes its pipes again, where they are not as they should be */
    public DirectoryCheck(SessionDirectory directory, Remedy pipes) {
        this.directory = directory;
        this.pipes = pipes;
    }

    /** Adds what is wrong. A directory that is gone is none of it: it is written again by itself. */
    public void examine(List<Finding> findings) throws ErrnoException {
        try {
            directory.inside(descriptor -> {
                for (BytePath name : SessionDirectory.PIPES) {
                    pipe(descriptor, name, findings);
                }
                for (BytePath name : At.list(descriptor)) {
                    file(descriptor, name, findings);
                }
                return null;
            });
        } catch (ErrnoException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
        }
    }

    private void pipe(int descriptor, BytePath name, List<Finding> findings) throws ErrnoException {
        BytePath path = directory.path().resolve(name);
        String wrong = "is missing";
        if (At.exists(descriptor, name)) {
            Stat stat = Stat.at(descriptor, name, false);
            boolean sound = stat.isFifo() && stat.permissions() == PIPE_MODE;
            if (sound) {
                return;
            }
            wrong = stat.isFifo() ? String.format("has mode %04o", stat.permissions()) : "is no pipe";
        }
        findings.add(finding(Severity.FAULT, "BAD_PIPE", path.quoted() + " " + wrong, path)
                .why("programs talk to the session through it")
                .remedy("make it again", pipes)
                .done());
    }

    private void file(int descriptor, BytePath name, List<Finding> findings) throws ErrnoException {
        if (SessionDirectory.PIPES.contains(name) || Removal.isMountPoint(name)) {
            return;
        }
        BytePath path = directory.path().resolve(name);
        if (SET_ASIDE.matcher(name.toString()).matches()) {
            findings.add(setAside(name, path));
        } else if (!Removal.isKnown(name)) {
            findings.add(finding(Severity.WARNING, "UNKNOWN_FILE", path.quoted() + " is not Froggr's", path)
                    .why("the session cannot be removed as long as it is there")
                    .advice("move it elsewhere")
                    .done());
        } else if (At.exists(descriptor, name)) {
            mode(name, path, Stat.at(descriptor, name, false), findings);
        }
    }

    private Finding setAside(BytePath name, BytePath path) {
        return finding(Severity.WARNING, "SET_ASIDE", path.quoted() + " is a record that was torn or corrupt", path)
                .why("the session goes on from the generation before it, or from the mount table")
                .remedy("remove it", () -> directory.inside(fd -> AtomicFile.removeIfThere(fd, name)))
                .done();
    }

    private void mode(BytePath name, BytePath path, Stat stat, List<Finding> findings) {
        if (!stat.isRegular() && !stat.isDirectory() || name.equals(Removal.RECOVERY) != stat.isDirectory()) {
            findings.add(finding(Severity.FAULT, "WRONG_TYPE", path.quoted() + " is another kind of file", path)
                    .why("the session's record cannot be kept there")
                    .advice("move it elsewhere; it is written again")
                    .done());
        } else if ((stat.permissions() & OPEN_TO_OTHERS) != 0) {
            int mode = stat.isDirectory() ? DIRECTORY_MODE : FILE_MODE;
            String what = String.format("%s is open to others (mode %04o)", path.quoted(), stat.permissions());
            findings.add(finding(Severity.WARNING, "WRONG_MODE", what, path)
                    .why("it tells others what this user has mounted")
                    .remedy(String.format("chmod %04o", mode), () -> directory.inside(fd -> {
                        At.chmod(fd, name, mode);
                        return null;
                    }))
                    .done());
        }
    }

    private Finding.Draft finding(Severity severity, String code, String what, BytePath path) {
        return Finding.of(severity, code, what).object(path).session(directory.id());
    }
}
