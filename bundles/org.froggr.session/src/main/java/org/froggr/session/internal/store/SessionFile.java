package org.froggr.session.internal.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.froggr.api.BytePath;
import org.froggr.api.ByteText;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.osgi.service.log.Logger;

/**
 * {@code session.json} and the generations around it:
 *
 * <ul>
 *   <li>{@code session.json.new}: being written, never read;
 *   <li>{@code session.json}: the newest; after a loss of power it may be torn, if it was not durable;
 *   <li>{@code session.json.old}: the last durable one before it;
 *   <li>{@code session.json.bad-N}: set aside because it could not be used.
 * </ul>
 *
 * <p>Used by one thread at a time.
 */
final class SessionFile {
    static final BytePath NAME = BytePath.of("session.json");
    static final BytePath OLD = BytePath.of(NAME + ".old");
    static final int MOST_BAD = 9;

    private final UUID id;
    private final Logger logger;
    private boolean durableNow;

    SessionFile(UUID id, Logger logger) {
        this.id = id;
        this.logger = logger;
    }

    static BytePath bad(int number) {
        return BytePath.of(NAME + ".bad-" + number);
    }

    /**
     * Invariant: at every step there is a whole {@code session.json} or a whole {@code session.json.old}.
     */
    void save(int directory, SessionRecord session, boolean durable) throws ErrnoException {
        String json = Json.write(SessionJson.write(session)) + "\n";
        // 1. The new generation is complete under another name.
        AtomicFile.write(directory, NAME, json.getBytes(StandardCharsets.US_ASCII), durable);
        // 2. The present one gets a second name.
        keep(directory);
        // 3. The new one takes its place.
        AtomicFile.replace(directory, NAME, durable);
        durableNow = durable;
    }

    /** Makes the newest generation durable, as if it had been saved so. */
    void sync(int directory) throws ErrnoException {
        AtomicFile.sync(directory, NAME);
        durableNow = true;
    }

    /** A generation that may not have reached the disk must not displace one that has. */
    private void keep(int directory) throws ErrnoException {
        if (durableNow) {
            AtomicFile.removeIfThere(directory, OLD);
        }
        try {
            At.link(directory, NAME, directory, OLD);
        } catch (ErrnoException e) {
            if (e.is(Errno.EPERM) || e.is(Errno.EOPNOTSUPP)) {
                logger.debug("no previous generation of session {}: {}", id, e.getMessage());
            } else if (!e.is(Errno.EEXIST) && !e.is(Errno.ENOENT)) {
                throw e;
            }
        }
    }

    Loaded load(int directory) throws ErrnoException {
        Outcome newest = read(directory, NAME);
        if (newest.session != null) {
            return new Loaded.Current(newest.session);
        }
        if (newest.newer != 0) {
            return new Loaded.Newer(newest.newer);
        }
        return loadPrevious(directory, newest);
    }

    private Loaded loadPrevious(int directory, Outcome newest) throws ErrnoException {
        Outcome previous = read(directory, OLD);
        if (previous.newer != 0) {
            return new Loaded.Newer(previous.newer);
        }
        if (newest.isMissing() && previous.isMissing()) {
            return new Loaded.Missing();
        }
        BytePath aside = newest.isMissing() ? null : setAside(directory, NAME);
        if (previous.session != null) {
            return new Loaded.Previous(previous.session, newest.why(NAME, aside));
        }
        BytePath oldAside = previous.isMissing() ? null : setAside(directory, OLD);
        return new Loaded.Corrupt(
                newest.why(NAME, aside) + "; " + previous.why(OLD, oldAside), aside == null ? oldAside : aside);
    }

    private Outcome read(int directory, BytePath name) throws ErrnoException {
        try {
            byte[] content = AtomicFile.read(directory, name);
            return content == null ? new Outcome(null, 0, null) : parse(Json.parse(ByteText.decode(content)));
        } catch (ErrnoException e) {
            if (e.is(Errno.EISDIR) || e.is(Errno.ELOOP) || e.is(Errno.EFBIG)) {
                return new Outcome(null, 0, e.getMessage());
            }
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            return new Outcome(null, 0, firstLine(e.getMessage()));
        }
    }

    private Outcome parse(Object json) {
        int version = SessionJson.version(json);
        if (version > SessionRecord.VERSION) {
            return new Outcome(null, version, null);
        }
        SessionRecord session = SessionJson.read(json);
        if (!session.id().equals(id)) {
            return new Outcome(null, 0, "it is that of session " + session.id());
        }
        return new Outcome(session, 0, null);
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("unreadable");
    }

    /** Renames to the first free {@code bad-N}; the last one is replaced when all are taken. */
    private static BytePath setAside(int directory, BytePath name) throws ErrnoException {
        int number = 1;
        while (number < MOST_BAD && At.exists(directory, bad(number))) {
            number++;
        }
        At.rename(directory, name, directory, bad(number));
        return bad(number);
    }

    /**
     * What reading one generation gave.
     *
     * @param session the record, or null
     * @param newer the version, if it is a newer one than this class knows, else 0
     * @param fault what is wrong with it, or null
     */
    private record Outcome(SessionRecord session, int newer, String fault) {
        boolean isMissing() {
            return session == null && newer == 0 && fault == null;
        }

        String why(BytePath name, BytePath aside) {
            if (isMissing()) {
                return name + " is missing";
            }
            return name + " is corrupt (" + fault + ") and was set aside as " + aside;
        }
    }
}
