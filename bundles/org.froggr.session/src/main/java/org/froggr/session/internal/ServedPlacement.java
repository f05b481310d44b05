package org.froggr.session.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.BindOrder;
import org.froggr.api.session.SessionMode;
import org.froggr.linux.MountFlags;
import org.froggr.session.internal.served.Presence;
import org.froggr.session.internal.served.ServedTrees;
import org.froggr.session.internal.served.Showing;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.spi.backend.Tree;
import org.froggr.spi.presentation.MountSpace;
import org.froggr.spi.presentation.UnionMember;
import org.froggr.spi.presentation.Unions;

/**
 * Puts entries that the platform itself presents into a session's namespace: unions, and trees that the
 * kernel cannot serve. Records nothing; the caller holds the session's lock.
 */
final class ServedPlacement {
    private final ManagerContext context;

    ServedPlacement(ManagerContext context) {
        this.context = context;
    }

    /**
     * All that must be there, before anything is changed.
     *
     * @throws FroggrException UNSUPPORTED
     */
    static void require(ManagerContext context) throws FroggrException {
        SessionSurroundings.server(context);
        if (context.unions().get().isEmpty()) {
            throw context.missing().service("unions of directories", Unions.class, "no property", List.of());
        }
    }

    EntryRecord show(
            LiveSession session, EntryRecord entry, TreeToShow shown, Optional<Located> source, Located target)
            throws FroggrException {
        try {
            Presence presence = session.served().add(showing(session, entry, shown, source, target));
            long unique = Placement.uniqueId(session.space(), entry.target(), presence.mount());
            return entry.served(presence.head(), presence.member()).mounted(presence.mount(), unique, List.of());
        } catch (ErrnoException e) {
            throw OsFault.of(
                            e,
                            BytePath.of(entry.source()).quoted() + " cannot be presented on " + entry.target().quoted())
                    .about(entry.target());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FroggrException.of(Fault.INTERRUPTED, "interrupted while mounting; nothing was left behind");
        }
    }

    private Showing showing(
            LiveSession session, EntryRecord entry, TreeToShow shown, Optional<Located> source, Located target)
            throws FroggrException, ErrnoException {
        if (!(shown.attachment().tree() instanceof Tree.Served tree)) {
            throw FroggrException.of(
                    Fault.UNSUPPORTED,
                    "the type " + entry.type() + " leaves its trees to the kernel, which makes no unions of them");
        }
        List<EntryRecord> stack = Entries.at(entry.target(), session.record().entries()).stream()
                .filter(e -> e.present() && (!e.isServed() || session.served().head(e.head()).isPresent()))
                .toList();
        MountOptions options = MountOptions.parse(entry.options());
        Set<String> memberFlags = memberFlags(session, options, source);
        return new Showing(
                shown.member(),
                entry.source(),
                tree.files(),
                shown.own(),
                target.descriptor(),
                entry.target(),
                entry.order(),
                stack.isEmpty() ? 0 : stack.get(0).head(),
                entry.create(),
                memberFlags,
                coverFlags(session, entry, memberFlags, target),
                options.ofUnion().contains(MountOptions.PLAN9));
    }

    /** What the source's own mount forbids must not become possible through another mount of its files. */
    private static Set<String> memberFlags(LiveSession session, MountOptions options, Optional<Located> source)
            throws ErrnoException, FroggrException {
        Set<String> flags = new HashSet<>(options.flags());
        if (source.isPresent()) {
            MountFlags of = MountFlags.of(source.get().descriptor());
            addIf(of.readOnly(), "ro", flags);
            addIf(of.noSuid(), "nosuid", flags);
            addIf(of.noDev(), "nodev", flags);
            addIf(of.noExec(), "noexec", flags);
        }
        flags.retainAll(Set.of("ro", "nosuid", "nodev", "noexec"));
        addIf(session.space().access() == MountSpace.Access.BY_PROCESS, UnionMember.OWN_IDS, flags);
        return flags;
    }

    private static void addIf(boolean condition, String flag, Set<String> flags) {
        if (condition) {
            flags.add(flag);
        }
    }

    /**
     * Set-user-id programs and devices work where root asks for that, and for nobody else, and only as long
     * as no member's mount forbids them.
     */
    private static Set<String> coverFlags(
            LiveSession session, EntryRecord entry, Set<String> memberFlags, Located target) throws ErrnoException {
        MountOptions options = MountOptions.parse(entry.options());
        Set<String> flags = new HashSet<>(options.flags());
        // Of one member only, which sees to it itself.
        flags.removeAll(Set.of("ro", "noexec"));
        boolean trusted = session.record().owner() == 0 && session.record().mode() == SessionMode.SHARED;
        addIf(!trusted || !options.ofUnion().contains(MountOptions.SUID), "nosuid", flags);
        addIf(!trusted || !options.ofUnion().contains(MountOptions.DEV), "nodev", flags);
        MountFlags covered = MountFlags.of(target.descriptor());
        boolean union = entry.order() != BindOrder.REPLACE;
        addIf(memberFlags.contains("nosuid") || union && covered.noSuid(), "nosuid", flags);
        addIf(memberFlags.contains("nodev") || union && covered.noDev(), "nodev", flags);
        return flags;
    }

    /**
     * Makes unions and members go that no entry refers to: what an earlier platform was about to add, or had removed; and
     * has the entries say the order of the others.
     */
    static void forgetUnreferenced(LiveSession session) throws ErrnoException {
        forgetLost(session);
        Set<Integer> members = new HashSet<>();
        session.record().entries().forEach(e -> members.add(e.member()));
        session.served().retainMembers(members);
        Reordering.align(session);
    }

    /** Makes unions go whose last entry others unmounted. */
    static void forgetLost(LiveSession session) {
        ServedTrees served = session.served();
        Set<Integer> present = new HashSet<>();
        session.record().entries().stream()
                .filter(e -> e.stage() != EntryRecord.Stage.LOST)
                .forEach(e -> present.add(e.head()));
        served.retain(present);
    }
}
