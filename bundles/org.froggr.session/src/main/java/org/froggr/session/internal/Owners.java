package org.froggr.session.internal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Caller;
import org.froggr.api.session.SessionMode;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.spi.presentation.MountSpace;

/** Finds the session that a request on a mounted target is about, and says what is there instead if there is none. */
final class Owners {
    private final ManagerContext context;
    private final Callers callers;
    private final KeyLocks targets;

    Owners(ManagerContext context, KeyLocks targets) {
        this.context = context;
        this.callers = new Callers(context);
        this.targets = targets;
    }

    /** What is done to a target. */
    interface Action<T> {
        T perform(LiveSession session, MountSpace space, BytePath target) throws FroggrException;
    }

    /**
     * Performs an action while no other request is carried out on that target.
     *
     * @param path of the target, as the caller says it
     * @param named the session, if the caller names one; otherwise it is the one that owns the target
     */
    <T> T of(BytePath path, Optional<String> named, Caller caller, Action<T> action) throws FroggrException {
        PathText.check(path, "target");
        Optional<LiveSession> session = callers.session(named, caller);
        MountSpace space = callers.space(session);
        BytePath target = resolve(space, caller.absolute(path));
        return targets.holding(
                target,
                () -> action.perform(session.isPresent() ? session.get() : owner(target, space), space, target));
    }

    /** Without symbolic links if it can be looked up; a target may be gone, or in a private namespace. */
    private static BytePath resolve(MountSpace space, BytePath path) {
        try (Located located = Located.open(space, path)) {
            return located.path();
        } catch (ErrnoException e) {
            return path.withoutTrailingSlashes();
        }
    }

    private LiveSession owner(BytePath target, MountSpace space) throws FroggrException {
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
}
