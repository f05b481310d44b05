package org.froggr.session.internal.store;

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
import org.osgi.service.log.Logger;

/**
 * Removes a session directory. Invariant: only names that Froggr gives are unlinked, in directories
 * that are on the same mount as {@code sessions/}; a tree of the user's that is mounted or was put
 * there is never entered.
 */
final class Removal {
    static final BytePath RECOVERY = BytePath.of("recovery");

    private static final Pattern STATE = Pattern.compile("session\\.json(\\.old|\\.new|\\.bad-\\d+)?");
    private static final Pattern KNOWN =
            Pattern.compile("ctl|reply|anchor|answer|ns|ns\\.new|post-mortem\\.txt(\\.new)?|log\\.jsonl|log\\.jsonl\\.1");

    /** Where the session's file system, what its unions cover, and what they are made of are mounted. */
    private static final Pattern MOUNT_POINT = Pattern.compile("fs|original-\\d+|member-\\d+");

    private final PlatformHome home;
    private final SessionDirectory session;
    private final Logger logger;
    private final List<BytePath> left = new ArrayList<>();

    Removal(PlatformHome home, SessionDirectory session, Logger logger) {
        this.home = home;
        this.session = session;
        this.logger = logger;
    }

    /** Whether something is mounted on that name from time to time. */
    static boolean isMountPoint(BytePath name) {
        return MOUNT_POINT.matcher(name.toString()).matches();
    }

    /** Whether Froggr gives that name to a file, or to the directory {@link #RECOVERY}. */
    static boolean isKnown(BytePath name) {
        String text = name.toString();
        return KNOWN.matcher(text).matches() || STATE.matcher(text).matches() || name.equals(RECOVERY);
    }

    void run() throws ErrnoException {
        session.inside(directory -> {
            refuseMount(directory, home.sessionsDescriptor(), session.path());
            removeFiles(directory);
            return null;
        });
        At.rmdir(home.sessionsDescriptor(), BytePath.of(session.id().toString()));
    }

    private void removeFiles(int directory) throws ErrnoException {
        // 1. What can be made again or is of no use to a successor.
        List<BytePath> states = new ArrayList<>();
        for (BytePath name : At.list(directory)) {
            if (STATE.matcher(name.toString()).matches()) {
                states.add(name);
            } else if (name.equals(RECOVERY)) {
                removeRecovery(directory);
            } else {
                removeKnown(directory, name);
            }
        }
        // 2. What is not Froggr's keeps the record alive.
        refuseStrangers();
        // 3. The newest record last: "session.json" is the shortest of their names.
        states.sort((a, b) -> b.length() - a.length());
        for (BytePath state : states) {
            AtomicFile.removeIfThere(directory, state);
        }
    }

    private void removeKnown(int directory, BytePath name) throws ErrnoException {
        if (MOUNT_POINT.matcher(name.toString()).matches()) {
            // An empty directory, or one that is busy: rmdir(2) tells.
            At.rmdir(directory, name);
            return;
        }
        boolean known = KNOWN.matcher(name.toString()).matches();
        if (known && !Stat.at(directory, name, false).isDirectory()) {
            AtomicFile.removeIfThere(directory, name);
        } else {
            left.add(session.path().resolve(name));
        }
    }

    /** All files in {@code recovery/} are Froggr's; directories in it are not. */
    private void removeRecovery(int parent) throws ErrnoException {
        BytePath path = session.path().resolve(RECOVERY);
        int flags = Fd.O_RDONLY | Fd.O_DIRECTORY | Fd.O_NOFOLLOW;
        try (OwnedFd recovery = OwnedFd.of(Fd.openat(parent, RECOVERY, flags, 0))) {
            refuseMount(recovery.number(), parent, path);
            for (BytePath name : At.list(recovery.number())) {
                if (Stat.at(recovery.number(), name, false).isDirectory()) {
                    left.add(path.resolve(name));
                } else {
                    AtomicFile.removeIfThere(recovery.number(), name);
                }
            }
        }
        if (left.isEmpty()) {
            At.rmdir(parent, RECOVERY);
        }
    }

    private static void refuseMount(int descriptor, int parent, BytePath path) throws ErrnoException {
        Stat stat = Stat.of(descriptor);
        Stat above = Stat.of(parent);
        // The device as well: kernels before 5.8 do not tell the mount.
        if (stat.mountId() != above.mountId() || stat.device() != above.device()) {
            throw new ErrnoException(Errno.EBUSY.number(), "rmdir", path);
        }
    }

    private void refuseStrangers() throws ErrnoException {
        if (left.isEmpty()) {
            return;
        }
        for (BytePath stranger : left) {
            logger.warn("{} is not Froggr's and was left", stranger.quoted());
        }
        throw new ErrnoException(Errno.ENOTEMPTY.number(), "rmdir", left.get(0));
    }
}
