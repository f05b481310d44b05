package org.froggr.session.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.session.internal.store.IncidentRecord;
import org.froggr.session.internal.store.NamespaceText;
import org.froggr.session.internal.store.SessionDirectory;
import org.froggr.session.internal.store.SessionRecord;
import org.osgi.service.log.Logger;

/**
 * What is recorded of one session, in memory and on disk. Changes are made under the session's lock;
 * reading needs none.
 */
final class Ledger {
    private static final int MOST_INCIDENTS = 100;

    private final SessionDirectory directory;
    private final Logger log;

    private volatile SessionRecord record;

    Ledger(SessionDirectory directory, SessionRecord record, Logger log) {
        this.directory = directory;
        this.record = record;
        this.log = log;
    }

    SessionRecord record() {
        return record;
    }

    String namespaceText() {
        return NamespaceText.render(record.entries());
    }

    /**
     * Changes the record and saves it. If it cannot be saved, the record stays as it was.
     *
     * @param durable whether it must survive a power failure
     */
    void update(UnaryOperator<SessionRecord> change, boolean durable) throws ErrnoException {
        SessionRecord changed = change.apply(record);
        save(changed, durable);
        record = changed;
    }

    /**
     * Changes the record, and saves it if that is possible: for what has happened already, or must not
     * depend on a disk that is full.
     */
    void updateAnyway(UnaryOperator<SessionRecord> change) {
        SessionRecord changed = change.apply(record);
        try {
            save(changed, false);
        } catch (ErrnoException e) {
            log.error("session {}: its file is out of date: {}", record.id(), e.getMessage());
        }
        record = changed;
    }

    private void save(SessionRecord changed, boolean durable) throws ErrnoException {
        if (changed.entries().equals(record.entries())) {
            directory.save(changed, durable);
        } else {
            directory.save(changed, NamespaceText.render(changed.entries()), durable);
        }
    }

    /** Makes what was saved last survive a power failure. */
    void sync() throws ErrnoException {
        try {
            directory.sync();
        } catch (ErrnoException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
            save(record, true);
        }
    }

    /** What came along with an entry, and was unmounted by others, is no part of it any more. */
    void forgetGoneSubmounts(MountCheck mounts) {
        List<EntryRecord> left = mounts.withoutGoneSubmounts(record.entries());
        if (!left.equals(record.entries())) {
            updateAnyway(r -> r.withEntries(left));
        }
    }

    /** Keeps a newest incident, and forgets the oldest beyond a hundred. */
    void addIncident(IncidentRecord incident) {
        List<IncidentRecord> all = new ArrayList<>(record.incidents());
        all.add(incident);
        List<IncidentRecord> kept = all.subList(Math.max(0, all.size() - MOST_INCIDENTS), all.size());
        updateAnyway(r -> r.withIncidents(kept));
    }

    /** Writes a line of history; a full disk must not make the operation itself fail. */
    void remember(String operation, List<String> arguments, String result, Duration duration) {
        try {
            directory.history(record.limits().history()).append(Instant.now(), operation, arguments, result, duration);
        } catch (ErrnoException e) {
            log.warn("session {}: the history cannot be written: {}", record.id(), e.getMessage());
        }
    }
}
