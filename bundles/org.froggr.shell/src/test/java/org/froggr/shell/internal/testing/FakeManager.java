package org.froggr.shell.internal.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Change;
import org.froggr.api.session.Ending;
import org.froggr.api.session.EntryKind;
import org.froggr.api.session.NamespaceRequest;
import org.froggr.api.session.ReorderRequest;
import org.froggr.api.session.Session;
import org.froggr.api.session.SessionManager;
import org.froggr.api.session.SessionRequest;
import org.froggr.api.session.SessionState;
import org.froggr.api.session.UnmountMode;
import org.froggr.api.session.UnmountRequest;

/** Three sessions, and memory of what was asked. */
public final class FakeManager implements SessionManager {
    public static final String DEV = "3f2a0000-0000-4000-8000-000000000001";
    public static final String PLAIN = "77770000-0000-4000-8000-000000000002";
    public static final String BUSY = "bbbb0000-0000-4000-8000-000000000003";

    public final List<NamespaceRequest> attached = new ArrayList<>();
    public final List<UnmountRequest> unmounted = new ArrayList<>();
    public final List<ReorderRequest> reordered = new ArrayList<>();
    public final List<SessionRequest> created = new ArrayList<>();
    public final List<String> killed = new ArrayList<>();
    public Change answer = new Fakes.Changed(
            Fakes.info(DEV, "dev", "/mnt/x"), true, List.of(Fakes.entry(EntryKind.MOUNT, "/src", "/mnt/x")), List.of());

    private final List<Session> sessions = List.of(
            new FakeSession(Fakes.info(DEV, "dev", "/mnt/x")),
            new FakeSession(Fakes.info(PLAIN, null, "/mnt/\u4e2d\u6587 dir")),
            new FakeSession(Fakes.info(BUSY, "busy", "/srv/\u001b[31mred", SessionState.FAILED)));

    @Override
    public Session create(SessionRequest request) {
        created.add(request);
        return sessions.get(0);
    }

    @Override
    public Session obtain(SessionRequest request) {
        return sessions.get(0);
    }

    @Override
    public Session get(String reference) throws FroggrException {
        return sessions.stream()
                .filter(session -> session.id().toString().startsWith(reference)
                        || session.info().name().filter(reference::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> FroggrException.of(Fault.NO_SESSION, "no session is called " + reference)
                        .hint("frg session -l"));
    }

    @Override
    public Optional<Session> find(UUID id) {
        return sessions.stream().filter(session -> session.id().equals(id)).findFirst();
    }

    @Override
    public List<Session> list() {
        return sessions;
    }

    @Override
    public Change attach(NamespaceRequest request) {
        attached.add(request);
        return answer;
    }

    @Override
    public Change unmount(UnmountRequest request) {
        unmounted.add(request);
        return answer;
    }

    @Override
    public Change reorder(ReorderRequest request) {
        reordered.add(request);
        return answer;
    }

    @Override
    public Ending kill(Session session, UnmountMode mode) {
        killed.add(session.id() + " " + mode);
        if (session.id().toString().equals(BUSY) && mode == UnmountMode.ORDERLY) {
            FroggrException busy = FroggrException.of(Fault.BUSY, "session " + BUSY + " is in use").hint("--lazy");
            return new Fakes.Ended(session.id(), false, Optional.of(busy), List.of());
        }
        return new Fakes.Ended(session.id(), true, Optional.empty(), List.of("unmounted /mnt/x"));
    }

    @Override
    public List<Ending> purge(UnmountMode mode) {
        return sessions.stream().map(session -> kill(session, mode)).toList();
    }
}
