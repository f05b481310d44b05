package org.froggr.session.internal;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.froggr.api.BytePath;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.ShellWord;
import org.froggr.api.session.SessionMode;
import org.froggr.api.session.SessionState;

/** The sessions that this platform knows, and the ways to name one. */
final class Registry {
    private static final Set<SessionState> SHAREABLE = EnumSet.of(SessionState.ACTIVE, SessionState.RECOVERING);

    private final Map<UUID, LiveSession> sessions = new ConcurrentHashMap<>();

    void add(LiveSession session) {
        sessions.put(session.id(), session);
    }

    void remove(LiveSession session) {
        sessions.remove(session.id(), session);
    }

    int size() {
        return sessions.size();
    }

    Optional<LiveSession> find(UUID id) {
        return Optional.ofNullable(sessions.get(id));
    }

    /** Oldest first. */
    List<LiveSession> all() {
        return sessions.values().stream()
                .sorted(Comparator.comparing((LiveSession s) -> s.record().created()).thenComparing(LiveSession::id))
                .toList();
    }

    /** The session whose file system has that device number, see {@link org.froggr.linux.Stat#device}. */
    Optional<LiveSession> ofDevice(long device) {
        return sessions.values().stream().filter(s -> s.served().isOn(device)).findAny();
    }

    boolean isNameTaken(String name) {
        return sessions.values().stream().anyMatch(s -> name.equals(s.record().name()));
    }

    /** The living session of that root and mode which requests may share; one that recovers is worth a wait. */
    Optional<LiveSession> ofRoot(BytePath root, SessionMode mode) {
        return sessions.values().stream()
                .filter(s -> SHAREABLE.contains(s.record().state()) && s.record().mode() == mode)
                .filter(s -> s.record().root().equals(root.toString()))
                .min(Comparator.comparing(s -> s.record().created()));
    }

    /** The sessions that have an entry at that target. */
    Stream<LiveSession> ofTarget(BytePath target) {
        return sessions.values().stream().filter(s -> s.hasEntryAt(target));
    }

    /** Whether some session has an entry whose mount has that id. */
    boolean isMountOfEntry(long mountId) {
        return sessions.values().stream()
                .flatMap(s -> s.record().entries().stream())
                .anyMatch(e -> e.present() && e.mount() == mountId);
    }

    /** The session whose private mount namespace has this inode number. */
    Optional<LiveSession> ofMountNamespace(long inode) {
        return sessions.values().stream()
                .filter(s -> s.record().mode() == SessionMode.PRIVATE && s.isMountNamespace(inode))
                .findFirst();
    }

    /**
     * The session that a person named: by name, by id, or by a unique prefix of an id.
     *
     * @throws FroggrException NO_SESSION, AMBIGUOUS
     */
    LiveSession get(String reference) throws FroggrException {
        Optional<LiveSession> named =
                sessions.values().stream().filter(s -> reference.equals(s.record().name())).findFirst();
        if (named.isPresent()) {
            return named.get();
        }
        String prefix = reference.toLowerCase(Locale.ROOT);
        List<LiveSession> matching = prefix.isEmpty()
                ? List.of()
                : sessions.values().stream().filter(s -> s.id().toString().startsWith(prefix)).toList();
        if (matching.size() > 1) {
            throw ambiguous(reference, matching);
        }
        return matching.stream().findFirst().orElseThrow(() -> unknown(reference));
    }

    static FroggrException ambiguous(String reference, List<LiveSession> candidates) {
        String ids = String.join(", ", candidates.stream().map(LiveSession::label).sorted().limit(8).toList());
        return FroggrException.of(
                        Fault.AMBIGUOUS,
                        ShellWord.quote(reference) + " names " + candidates.size() + " sessions: " + ids)
                .hint("more digits of the id");
    }

    private FroggrException unknown(String reference) {
        List<String> known = sessions.values().stream()
                .flatMap(s -> Stream.concat(Stream.ofNullable(s.record().name()), Stream.of(s.id().toString())))
                .toList();
        return FroggrException.of(Fault.NO_SESSION, "there is no session " + ShellWord.quote(reference))
                .hint(
                        known.isEmpty()
                                ? "frg session new (there are no sessions)"
                                : "the nearest: " + String.join(", ", SessionNames.nearest(reference, known)));
    }
}
