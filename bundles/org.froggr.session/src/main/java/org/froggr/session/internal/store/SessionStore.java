package org.froggr.session.internal.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.PlatformHome;
import org.froggr.linux.At;
import org.osgi.service.log.Logger;

/** The session directories below {@code sessions/}. Safe from any thread. */
public final class SessionStore {
    private static final int MODE = 0700;

    private final PlatformHome home;
    private final Logger logger;

    public SessionStore(PlatformHome home, Logger logger) {
        this.home = home;
        this.logger = logger;
    }

    /**
     * Makes the directory of a new session, with its pipes and nothing else.
     *
     * @throws ErrnoException EEXIST if there is one; on any error nothing is left behind
     */
    public SessionDirectory create(UUID id) throws ErrnoException {
        SessionDirectory directory = open(id);
        At.mkdir(home.sessionsDescriptor(), BytePath.of(id.toString()), MODE);
        try {
            directory.ensurePipes();
            return directory;
        } catch (ErrnoException e) {
            removeAfter(e, directory);
            throw e;
        }
    }

    private static void removeAfter(ErrnoException error, SessionDirectory directory) {
        try {
            directory.remove();
        } catch (ErrnoException e) {
            error.addSuppressed(e);
        }
    }

    /**
     * The directory of a session, which need not be there yet. Only one object a session should be in
     * use: it orders what is done to the files.
     */
    public SessionDirectory open(UUID id) {
        return new SessionDirectory(home, id, logger);
    }

    /** The ids that have a directory (or at least a name) below {@code sessions/}. */
    public List<UUID> scan() throws ErrnoException {
        List<UUID> ids = new ArrayList<>();
        for (BytePath name : At.list(home.sessionsDescriptor())) {
            idOf(name).ifPresent(ids::add);
        }
        return ids;
    }

    /** The names below {@code sessions/} that are no ids: nobody's of Froggr, so they are left alone. */
    public List<BytePath> strangers() throws ErrnoException {
        return At.list(home.sessionsDescriptor()).stream()
                .filter(name -> idOf(name).isEmpty())
                .toList();
    }

    private static Optional<UUID> idOf(BytePath name) {
        try {
            UUID id = UUID.fromString(name.toString());
            // fromString also takes shortened forms and capitals, which are not names that create() gives.
            return Optional.of(id).filter(found -> found.toString().equals(name.toString()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
