package org.froggr.session.internal.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.PlatformHome;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.Fifo;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.Stat;
import org.osgi.service.log.Logger;

/**
 * The files of one session. No descriptor is kept: a platform may have thousands of them. Safe from
 * any thread; what writes is done one at a time.
 */
public final class SessionDirectory {
    /** Requests of people and programs to the platform. */
    public static final BytePath CTL = BytePath.of("ctl");
    /** What the platform tells people and programs. */
    public static final BytePath REPLY = BytePath.of("reply");
    /** Words from the platform to the session's process. */
    public static final BytePath ANCHOR = BytePath.of("anchor");
    /** Words from the session's process to the platform. */
    public static final BytePath ANSWER = BytePath.of("answer");

    static final List<BytePath> PIPES = List.of(CTL, REPLY, ANCHOR, ANSWER);
    static final BytePath NAMESPACE = BytePath.of("ns");

    /** Why it was put into quarantine. */
    static final BytePath POST_MORTEM = BytePath.of("post-mortem.txt");

    /** In {@code recovery/}: the unions. */
    private static final BytePath UNIONS = BytePath.of("unions.json");

    private static final int PIPE_MODE = 0600;
    private static final int MOUNT_POINT_MODE = 0700;

    private final PlatformHome home;
    private final UUID id;
    private final BytePath name;
    private final Logger logger;
    private final SessionFile file;
    private HistoryLog history;
    private String namespace;

    SessionDirectory(PlatformHome home, UUID id, Logger logger) {
        this.home = home;
        this.id = id;
        this.logger = logger;
        name = BytePath.of(id.toString());
        file = new SessionFile(id, logger);
    }

    public UUID id() {
        return id;
    }

    /** Whether something is mounted on that name in a session's directory from time to time. */
    public static boolean isMountPoint(BytePath name) {
        return Removal.isMountPoint(name);
    }

    /** Absolute path, for messages and for programs that are started. */
    public BytePath path() {
        return home.path().resolve("sessions").resolve(name);
    }

    /** Whether there is a directory of that name. */
    public boolean exists() {
        try {
            return Stat.at(home.sessionsDescriptor(), name, false).isDirectory();
        } catch (ErrnoException e) {
            return false;
        }
    }

    /**
     * Opens the directory for reading, as {@code openat(2)} and {@code flock(2)} need it.
     *
     * @return a descriptor that the caller closes
     * @throws ErrnoException EPERM if it belongs to another user, ENOTDIR if it is a symbolic link
     */
    public int openDirectory() throws ErrnoException {
        return ownDirectory(home.sessionsDescriptor(), name, path());
    }

    /** What is done with the directory's descriptor. */
    interface Use<T> {
        T in(int directory) throws ErrnoException;
    }

    <T> T inside(Use<T> use) throws ErrnoException {
        try (OwnedFd directory = OwnedFd.of(openDirectory())) {
            return use.in(directory.number());
        }
    }

    /**
     * Replaces {@code session.json}. The file is whole at any moment, the old one or the new one.
     *
     * @param durable whether it must also be there after a loss of power; costs two fsync(2)
     */
    public synchronized void save(SessionRecord session, boolean durable) throws ErrnoException {
        inside(directory -> {
            file.save(directory, session, durable);
            return null;
        });
    }

    /**
     * Replaces {@code session.json}, and {@code ns} unless the same was written before. The lines of
     * {@code ns} only repeat what the record says: if they cannot be written, that is logged.
     *
     * @param namespaceText in the form of {@link NamespaceText}
     */
    public synchronized void save(SessionRecord session, String namespaceText, boolean durable) throws ErrnoException {
        inside(directory -> {
            file.save(directory, session, durable);
            if (!namespaceText.equals(namespace)) {
                tryToSaveNamespace(directory, namespaceText);
            }
            return null;
        });
    }

    private void tryToSaveNamespace(int directory, String text) {
        try {
            saveNamespace(directory, text);
        } catch (ErrnoException e) {
            logger.warn("the lines of {} are out of date: {}", path().resolve(NAMESPACE).quoted(), e.getMessage());
        }
    }

    /**
     * Makes what was saved last durable.
     *
     * @throws ErrnoException ENOENT if it is not there any more
     */
    public synchronized void sync() throws ErrnoException {
        inside(directory -> {
            file.sync(directory);
            return null;
        });
    }

    /**
     * Reads {@code session.json}. A bad file is set aside, and the generation before it is taken.
     *
     * @throws ErrnoException if the directory or a file cannot be read
     */
    public synchronized Loaded load() throws ErrnoException {
        try {
            return inside(file::load);
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                return new Loaded.Missing();
            }
            throw e;
        }
    }

    /** Replaces {@code ns}, unless the same was written before and is there. */
    public synchronized void saveNamespace(String byteText) throws ErrnoException {
        inside(directory -> {
            if (!byteText.equals(namespace) || !At.exists(directory, NAMESPACE)) {
                saveNamespace(directory, byteText);
            }
            return null;
        });
    }

    private void saveNamespace(int directory, String byteText) throws ErrnoException {
        namespace = null;
        AtomicFile.write(directory, NAMESPACE, SavedNamespace.write(byteText), false);
        AtomicFile.replace(directory, NAMESPACE, false);
        namespace = byteText;
    }

    /** What {@link #saveNamespace} wrote, if it is there. */
    public synchronized Optional<SavedNamespace> loadNamespace() throws ErrnoException {
        byte[] content = inside(directory -> AtomicFile.read(directory, NAMESPACE));
        Optional<SavedNamespace> found = Optional.ofNullable(content).map(SavedNamespace::read);
        if (found.isPresent() && !found.get().whole()) {
            logger.warn("{} was cut off", path().resolve(NAMESPACE).quoted());
        }
        return found;
    }

    /**
     * Opens {@code recovery/}, which is made if it is not there.
     *
     * @return a descriptor that the caller closes
     * @throws ErrnoException EPERM if it belongs to another user, ENOTDIR if it is a symbolic link
     */
    public synchronized int openRecovery() throws ErrnoException {
        return inside(directory -> {
            if (!At.exists(directory, Removal.RECOVERY)) {
                At.mkdir(directory, Removal.RECOVERY, MOUNT_POINT_MODE);
            }
            return ownDirectory(directory, Removal.RECOVERY, path().resolve(Removal.RECOVERY));
        });
    }

    /** Absolute path of {@code recovery/}, for programs that are started. */
    public BytePath recoveryPath() {
        return path().resolve(Removal.RECOVERY);
    }

    private int ownDirectory(int parent, BytePath child, BytePath shown) throws ErrnoException {
        int descriptor = Fd.openat(parent, child, Fd.O_RDONLY | Fd.O_DIRECTORY | Fd.O_NOFOLLOW, 0);
        try {
            if (Stat.of(descriptor).uid() == home.owner()) {
                return descriptor;
            }
            throw new ErrnoException(Errno.EPERM.number(), "openat", shown);
        } catch (ErrnoException e) {
            Fd.closeQuietly(descriptor);
            throw e;
        }
    }

    /** Replaces what a successor is told of the unions; it is whole at any moment. */
    public synchronized void saveUnions(List<HeadRecord> unions) throws ErrnoException {
        byte[] json = ByteText.encode(Json.write(HeadJson.write(unions)) + "\n");
        try (OwnedFd recovery = OwnedFd.of(openRecovery())) {
            AtomicFile.write(recovery.number(), UNIONS, json, false);
            AtomicFile.replace(recovery.number(), UNIONS, false);
        }
    }

    /** What {@link #saveUnions} wrote last; empty if that cannot be used, which is logged, or if there is nothing. */
    public synchronized Optional<List<HeadRecord>> loadUnions() throws ErrnoException {
        try (OwnedFd recovery = OwnedFd.of(openRecovery())) {
            byte[] content = AtomicFile.read(recovery.number(), UNIONS);
            return content == null ? Optional.empty() : Optional.of(HeadJson.read(Json.parse(ByteText.decode(content))));
        } catch (IOException | IllegalArgumentException e) {
            if (e instanceof ErrnoException errno) {
                throw errno;
            }
            logger.warn("{} cannot be used: {}", path().resolve(Removal.RECOVERY).resolve(UNIONS).quoted(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Replaces {@code post-mortem.txt}. */
    public synchronized void savePostMortem(String byteText) throws ErrnoException {
        inside(directory -> {
            AtomicFile.write(directory, POST_MORTEM, ByteText.encode(byteText), false);
            AtomicFile.replace(directory, POST_MORTEM, false);
            return null;
        });
    }

    /**
     * The operation history, {@code log.jsonl}: one object as long as the bound stays the same.
     *
     * @param bound how many entries it remembers, at least 1
     */
    public synchronized HistoryLog history(int bound) {
        if (history == null || history.bound() != bound) {
            history = new HistoryLog(this, bound);
        }
        return history;
    }

    /**
     * Makes the pipes that are missing, and replaces what is in their place and is no pipe of this user
     * with mode 0600. A pipe that was replaced is another one than the session's process holds.
     *
     * @return whether anything had to be mended
     * @throws ErrnoException EISDIR if a directory is in the place of a pipe
     */
    public synchronized boolean ensurePipes() throws ErrnoException {
        return inside(directory -> {
            boolean mended = false;
            for (BytePath pipe : PIPES) {
                mended |= ensurePipe(directory, pipe);
            }
            return mended;
        });
    }

    private boolean ensurePipe(int directory, BytePath pipe) throws ErrnoException {
        if (At.exists(directory, pipe)) {
            Stat stat = Stat.at(directory, pipe, false);
            if (stat.isFifo() && stat.uid() == home.owner()) {
                return ensureMode(directory, pipe, stat);
            }
            At.unlink(directory, pipe);
            logger.warn("{} was no pipe of this user and was replaced", path().resolve(pipe).quoted());
        }
        Fifo.make(directory, pipe);
        return true;
    }

    private static boolean ensureMode(int directory, BytePath pipe, Stat stat) throws ErrnoException {
        if (stat.permissions() == PIPE_MODE) {
            return false;
        }
        At.chmod(directory, pipe, PIPE_MODE);
        return true;
    }

    /**
     * Makes an empty directory that something may be mounted on, unless it is there.
     *
     * @return its absolute path
     */
    public synchronized BytePath makeMountPoint(BytePath mountPoint) throws ErrnoException {
        inside(directory -> {
            if (!At.exists(directory, mountPoint)) {
                At.mkdir(directory, mountPoint, MOUNT_POINT_MODE);
            }
            return null;
        });
        return path().resolve(mountPoint);
    }

    /** The names of all there are. */
    public synchronized List<BytePath> mountPoints() throws ErrnoException {
        if (!exists()) {
            return List.of();
        }
        return inside(directory -> At.list(directory).stream().filter(Removal::isMountPoint).toList());
    }

    /**
     * Removes such a directory, if it is there.
     *
     * @throws ErrnoException EBUSY if something is mounted on it
     */
    public synchronized void removeMountPoint(BytePath mountPoint) throws ErrnoException {
        if (exists()) {
            inside(directory -> {
                if (At.exists(directory, mountPoint)) {
                    At.rmdir(directory, mountPoint);
                }
                return null;
            });
        }
    }

    /**
     * Removes the files by their known names and then the directory. Never goes deeper than {@code
     * recovery/} and never across a mount. {@code session.json} goes last, so that a removal which is
     * cut off can be taken up again. Does nothing if there is no directory.
     *
     * @throws ErrnoException ENOTEMPTY naming the first file that Froggr did not make, which is left, as is
     *     {@code session.json}; EBUSY naming what something is mounted on
     */
    public synchronized void remove() throws ErrnoException {
        if (exists()) {
            new Removal(home, this, logger).run();
        }
    }
}
