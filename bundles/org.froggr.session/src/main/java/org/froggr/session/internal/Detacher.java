package org.froggr.session.internal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Caller;
import org.froggr.api.session.Change;
import org.froggr.api.session.Ending;
import org.froggr.api.session.NamespaceEntry;
import org.froggr.api.session.SessionMode;
import org.froggr.api.session.UnmountMode;
import org.froggr.api.session.UnmountRequest;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.spi.presentation.MountSpace;

/** Carries out {@code unmount}. */
final class Detacher {
    private final ManagerContext context;
    private final Callers callers;
    private final Terminator terminator;
    private final KeyLocks targets;

    Detacher(ManagerContext context, Terminator terminator, KeyLocks targets) {
        this.context = context;
        this.callers = new Callers(context);
        this.terminator = terminator;
        this.targets = targets;
    }

    Change unmount(UnmountRequest request) throws FroggrException {
        PathText.check(request.target(), "target");
        Optional<LiveSession> named = callers.session(request.session(), request.caller());
        MountSpace space = callers.space(named);
        BytePath target = resolve(space, request.caller().absolute(request.target()));
        return targets.holding(target, () -> {
            LiveSession session = named.isPresent() ? named.get() : owner(target, space);
            return unmount(session, request, space, target);
        });
    }

    /** Without symbolic links if it can be looked up; a target may be gone, or in a private namespace. */
    static BytePath resolve(MountSpace space, BytePath path) {
        try (Located located = Located.open(space, path)) {
            return located.path();
        } catch (ErrnoException e) {
            return path.withoutTrailingSlashes();
        }
    }

    LiveSession owner(BytePath target, MountSpace space) throws FroggrException {
        List<LiveSession> owners = context.registry().ofTarget(target).toList();
        Optional<LiveSession> shared =
                owners.stream().filter(s -> s.record().mode() == SessionMode.SHARED).findFirst();
        if (shared.isPresent()) {
            return shared.get();
        }
        if (owners.size() > 1) {
            throw Registry.ambiguous(target.toString(), owners);
        }
        return owners.stream().findFirst().orElseThrow(() -> nothingThere(target, space));
    }

    private FroggrException nothingThere(BytePath target, MountSpace space) {
        boolean mountRoot = false;
        try (Located located = Located.open(space, target)) {
            mountRoot = located.stat().isMountRoot() && located.path().equals(target);
        } catch (ErrnoException e) {
            context.log().debug("unmount of {}: {}", target, e.getMessage());
        }
        if (mountRoot) {
            return FroggrException.of(
                            Fault.FOREIGN_MOUNT, "the mount on " + target.quoted() + " was not made by Froggr")
                    .about(target)
                    .hint("umount " + target.quoted());
        }
        return Removal.notMounted(target, nearest(target));
    }

    /** The mount that a person may have meant: the one above or below with the most in common. */
    private String nearest(BytePath target) {
        Optional<BytePath> nearest = context.registry().all().stream()
                .flatMap(s -> s.record().entries().stream())
                .map(EntryRecord::target)
                .max(Comparator.comparingInt(t -> common(t, target)));
        return nearest.map(t -> "the nearest mount is " + t.quoted()).orElse("frg session -l (nothing is mounted)");
    }

    private static int common(BytePath one, BytePath other) {
        byte[] a = one.bytes();
        byte[] b = other.bytes();
        int mismatch = Arrays.mismatch(a, b);
        return mismatch < 0 ? a.length : mismatch;
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
            throw notMounted(target);
        }
        if (request.source().isEmpty()) {
            return stack;
        }
        String wanted = wanted(request.source().get(), request.caller(), space);
        return List.of(stack.stream()
                .filter(e -> e.source().equals(wanted) || e.source().equals(request.source().get()))
                .findFirst()
                .orElseThrow(() -> notAmong(
                        target,
                        wanted,
                        stack,
                        "frg unmount " + BytePath.of(stack.get(0).source()).quoted() + " " + target.quoted())));
    }

    FroggrException notMounted(BytePath target) {
        return Removal.notMounted(target, nearest(target));
    }

    /** A source as it is recorded. */
    static String wanted(String source, Caller caller, MountSpace space) {
        SourceName name = SourceName.of(source, caller, space);
        return name.isPath() ? resolve(space, name.path()).toString() : name.shown();
    }

    static FroggrException notAmong(BytePath target, String wanted, List<EntryRecord> stack, String hint) {
        String there = String.join(", ", stack.stream().map(e -> BytePath.of(e.source()).quoted()).toList());
        return FroggrException.of(
                        Fault.NOT_MOUNTED,
                        BytePath.of(wanted).quoted() + " is not mounted on " + target.quoted() + ", but " + there)
                .about(target)
                .hint(hint);
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
