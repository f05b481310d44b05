package org.froggr.session.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.SessionMode;
import org.froggr.api.session.SessionState;
import org.froggr.linux.MountInfo;
import org.froggr.session.internal.process.AnchorSweep;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.session.internal.store.Loaded;
import org.froggr.session.internal.store.NamespaceText;
import org.froggr.session.internal.store.SavedNamespace;
import org.froggr.session.internal.store.SessionDirectory;
import org.froggr.session.internal.store.SessionRecord;

/**
 * Makes a session's record anew when its file is lost: from the lines of {@code ns}, from the process
 * that still runs for it, and from the kernel's mount table.
 */
final class Reconstruction {
    private final ManagerContext context;

    Reconstruction(ManagerContext context) {
        this.context = context;
    }

    /** A record, or empty if there is nothing to make one from; the directory is then removed. */
    Optional<SessionRecord> from(SessionDirectory directory, Loaded loaded) throws ErrnoException {
        Optional<SavedNamespace> namespace = directory.loadNamespace();
        Optional<AnchorSweep.Stray> process = process(directory);
        if (namespace.isEmpty() && process.isEmpty()) {
            context.log().warn("session {} was never finished and is removed", directory.id());
            directory.remove();
            return Optional.empty();
        }
        String reason = loaded instanceof Loaded.Corrupt corrupt ? corrupt.reason() : "session.json is missing";
        context.log().warn("session {} is made anew from its namespace and the mount table: {}", directory.id(), reason);
        return Optional.of(record(directory, namespace.map(SavedNamespace::text).orElse(""), process));
    }

    private Optional<AnchorSweep.Stray> process(SessionDirectory directory) throws ErrnoException {
        return context.sweep().find(Set.of()).stream()
                .filter(s -> s.session().equals(directory.id()))
                .findFirst();
    }

    /** An earlier generation of the record, with what was made since: the lines of {@code ns}, if whole, are newer. */
    SessionRecord complete(SessionDirectory directory, SessionRecord earlier) throws ErrnoException {
        Optional<SavedNamespace> namespace = directory.loadNamespace().filter(SavedNamespace::whole);
        Optional<AnchorSweep.Stray> process = process(directory);
        SessionRecord record = earlier;
        if (namespace.isPresent()) {
            record = record.withEntries(NamespaceText.parse(namespace.get().text()).stream()
                    .map(line -> entry(line, earlier.entries()))
                    .toList());
        }
        if (process.isPresent()) {
            record = record.withProcess(process.get().pid(), process.get().processStart(), context.bootId());
        }
        boolean made = namespace.isPresent() || process.isPresent();
        return made && record.state() == SessionState.CREATING ? record.in(SessionState.ACTIVE) : record;
    }

    private static EntryRecord entry(NamespaceText.Line line, List<EntryRecord> known) {
        return known.stream()
                .filter(e -> e.kind() == line.kind()
                        && e.source().equals(line.source())
                        && e.target().equals(line.target()))
                .findFirst()
                .orElseGet(() -> lost(line));
    }

    private SessionRecord record(SessionDirectory directory, String namespace, Optional<AnchorSweep.Stray> process)
            throws ErrnoException {
        boolean isPrivate = isPrivate(directory, process);
        List<EntryRecord> entries = new ArrayList<>();
        for (NamespaceText.Line line : NamespaceText.parse(namespace)) {
            entries.add(lost(line));
        }
        return new SessionRecord(
                SessionRecord.VERSION, directory.id(), null, process.map(AnchorSweep.Stray::pid).orElse(0L),
                process.map(AnchorSweep.Stray::processStart).orElse(0L), context.bootId(),
                entries.isEmpty() ? "/" : entries.get(0).targetText(), Instant.now(), context.home().owner(),
                isPrivate ? SessionMode.PRIVATE : SessionMode.SHARED, SessionState.ACTIVE, context.settings().recovery(),
                true, new SessionRecord.Limits(context.settings().maxMounts(), context.settings().historySize()), entries,
                List.of());
    }

    /** Without a process to look at: who may not mount had a private one, but for what fusermount3 mounted. */
    private boolean isPrivate(SessionDirectory directory, Optional<AnchorSweep.Stray> process) throws ErrnoException {
        return process.isPresent()
                ? process.get().mountNamespace() != context.ownNamespace()
                : !Capabilities.mayMount() && !isMountedOnTarget(directory);
    }

    private static boolean isMountedOnTarget(SessionDirectory directory) throws ErrnoException {
        return MountInfo.read(MountInfo.THREAD_SELF).stream().anyMatch(m -> m.source().equals(directory.path()));
    }

    /** Whether it is mounted is looked up when the session's namespace is there. */
    private static EntryRecord lost(NamespaceText.Line line) {
        SourceName name = SourceName.parse(line.source());
        String type = line.type() != null ? line.type() : name.isPath() ? Plan.typeOf(line.order()) : name.scheme();
        return new EntryRecord(
                line.kind(), line.source(), line.target().toString(), line.order(), line.recursive(), line.create(),
                line.options(), name.scheme(), type, "", 0, 0, 0, 0, 0, null, EntryRecord.Stage.LOST, false, Instant.now());
    }
}
