package org.froggr.session.internal;

import java.util.List;
import java.util.stream.Stream;
import org.froggr.api.BytePath;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Change;
import org.froggr.api.session.Ending;
import org.froggr.api.session.NamespaceEntry;
import org.froggr.api.session.UnmountMode;
import org.froggr.api.session.UnmountRequest;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.spi.presentation.MountSpace;

/** Carries out {@code unmount}. */
final class Detacher {
    private final ManagerContext context;
    private final Owners owners;
    private final Terminator terminator;

    Detacher(ManagerContext context, Owners owners, Terminator terminator) {
        this.context = context;
        this.owners = owners;
        this.terminator = terminator;
    }

    Change unmount(UnmountRequest request) throws FroggrException {
        return owners.of(
                request.target(), request.session(), request.caller(),
                (session, space, target) -> unmount(session, request, space, target));
    }

    private Change unmount(LiveSession session, UnmountRequest request, MountSpace space, BytePath target)
            throws FroggrException {
        session.lock().lock();
        long start = System.nanoTime();
        List<String> arguments = Stream.concat(request.source().stream(), Stream.of(target.toString())).toList();
        try {
            List<EntryRecord> selected = select(session, request, space, target);
            Removal removal = new Removal(context, session);
            removal.remove(selected, request.mode());
            Histories.ok(session, "unmount", arguments, start);
            return finish(session, target, request.mode(), removal.notes());
        } catch (FroggrException e) {
            Histories.failed(session, "unmount", arguments, e, start);
            throw e;
        } finally {
            session.lock().unlock();
        }
    }

    private List<EntryRecord> select(LiveSession session, UnmountRequest request, MountSpace space, BytePath target)
            throws FroggrException {
        List<EntryRecord> stack = Entries.at(target, session.record().entries());
        if (stack.isEmpty() || session.hasEnded()) {
            throw owners.notMounted(target);
        }
        if (request.source().isEmpty()) {
            return stack;
        }
        String wanted = Owners.wanted(request.source().get(), request.caller(), space);
        return List.of(stack.stream()
                .filter(e -> e.source().equals(wanted) || e.source().equals(request.source().get()))
                .findFirst()
                .orElseThrow(() -> Owners.notAmong(
                        target,
                        wanted,
                        stack,
                        "frg unmount " + BytePath.of(stack.get(0).source()).quoted() + " " + target.quoted())));
    }

    /** A session that mount or bind made ends with its last entry. */
    private Change finish(LiveSession session, BytePath target, UnmountMode mode, List<String> notes) {
        List<NamespaceEntry> stack = List.copyOf(Entries.at(target, session.record().entries()));
        if (!session.record().permanent() && session.record().entries().isEmpty()) {
            Ending ending = terminator.end(session, mode);
            ending.obstacle().ifPresent(o -> notes.add("the session stays: " + o.getMessage()));
        }
        return new Results.ChangeResult(session.info(), true, stack, notes);
    }
}
