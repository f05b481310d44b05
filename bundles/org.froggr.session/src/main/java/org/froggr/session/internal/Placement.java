package org.froggr.session.internal;

import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.BindOrder;
import org.froggr.api.session.UnmountMode;
import org.froggr.linux.Fd;
import org.froggr.linux.OwnedFd;
import org.froggr.linux.Stat;
import org.froggr.session.internal.served.OwnTree;
import org.froggr.session.internal.served.ServedTrees;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.session.internal.store.HeadRecord;
import org.froggr.spi.backend.Attachment;
import org.froggr.spi.backend.MountBackend;
import org.froggr.spi.backend.Tree;
import org.froggr.spi.presentation.MountSpace;
import org.froggr.spi.presentation.Presenter;
import org.froggr.spi.tree.FileTree;

/**
 * Puts single entries into a session's namespace and takes them out again, by way of backend and
 * presenter. Records nothing; the caller holds the session's lock.
 */
final class Placement {
    private final ManagerContext context;

    Placement(ManagerContext context) {
        this.context = context;
    }

    /**
     * Mounts an entry. Leaves nothing behind when it throws.
     *
     * @param source the held source, empty for a scheme
     * @return the entry with the ids of its mount
     */
    EntryRecord place(LiveSession session, EntryRecord entry, Optional<Located> source, Located target)
            throws FroggrException {
        try (var backend = backendOf(entry)) {
            TreeToShow tree = tree(backend.service(), session, entry, source);
            try {
                EntryRecord placed = show(session, entry, tree, source, target);
                session.attachments().put(placed.treeKey(), new LiveSession.Holding(tree.attachment(), backend.service()));
                return placed;
            } catch (FroggrException | RuntimeException e) {
                close(tree.attachment(), entry);
                session.served().sources().drop(tree.member());
                throw e;
            }
        }
    }

    private EntryRecord show(
            LiveSession session, EntryRecord entry, TreeToShow tree, Optional<Located> source, Located target)
            throws FroggrException {
        if (entry.order() != BindOrder.REPLACE || tree.attachment().tree() instanceof Tree.Served) {
            return new ServedPlacement(context).show(session, entry, tree, source, target);
        }
        try (var presenter = presenter()) {
            return present(presenter.service(), session.space(), entry, tree.attachment(), source, target);
        }
    }

    /** Mounts an entry again where it was, looking up source and target anew. */
    EntryRecord placeAgain(LiveSession session, EntryRecord entry) throws FroggrException {
        Lookup lookup = new Lookup(session.space());
        boolean local = entry.scheme().equals(MountBackend.LOCAL);
        try (Located source = local ? lookup.source(BytePath.of(entry.source())) : null;
                Located target = lookup.target(entry.target())) {
            return place(session, entry, Optional.ofNullable(source), target);
        }
    }

    /** Has the backend produce the tree of an entry. */
    private TreeToShow tree(MountBackend backend, LiveSession session, EntryRecord entry, Optional<Located> source)
            throws FroggrException {
        if (source.isEmpty() || !entry.type().equals(Plan.SERVED_TYPE)) {
            OptionalInt descriptor =
                    source.map(s -> OptionalInt.of(s.descriptor())).orElse(OptionalInt.empty());
            return new TreeToShow(attach(backend, session, entry, descriptor), session.served().newMember(), null);
        }
        Optional<OwnServed.Place> own = own(session.space(), source.get());
        return own.isPresent()
                ? frozen(session, entry, own.get())
                : local(backend, session, entry, source.get());
    }

    private TreeToShow local(MountBackend backend, LiveSession session, EntryRecord entry, Located source)
            throws FroggrException {
        int member = session.served().newMember();
        try {
            // Of a file nothing can be cloned to keep it by
            if (source.isDirectory() || Unprivileged.isTrue(session.record().mode())) {
                session.served().sources().keep(member, source.descriptor(), source.path(), entry.recursive());
            }
            try (OwnedFd kept = source(session, member, Optional.of(source), entry)) {
                return new TreeToShow(attach(backend, session, entry, OptionalInt.of(kept.number())), member, null);
            } catch (FroggrException | RuntimeException e) {
                session.served().sources().drop(member);
                throw e;
            }
        } catch (ErrnoException e) {
            throw cannotAttach(entry, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FroggrException.of(Fault.INTERRUPTED, "interrupted while mounting; nothing was left behind");
        }
    }

    /** What is kept of a member's source; of a file, which cannot be kept, a clone that goes with the descriptor. */
    private static OwnedFd source(LiveSession session, int member, Optional<Located> source, EntryRecord entry)
            throws ErrnoException, FroggrException {
        Optional<OwnedFd> kept = session.served().sources().open(member);
        if (kept.isPresent()) {
            return kept.get();
        }
        if (source.isPresent()) {
            return SourceTree.of(session.space(), source.get(), entry.recursive());
        }
        try (Located again = new Lookup(session.space()).source(BytePath.of(entry.source()))) {
            return SourceTree.of(session.space(), again, entry.recursive());
        }
    }

    private Attachment attach(MountBackend backend, LiveSession session, EntryRecord entry, OptionalInt descriptor)
            throws FroggrException {
        try {
            return context.backends().attach(backend, request(session, entry, descriptor));
        } catch (ErrnoException e) {
            throw cannotAttach(entry, e);
        }
    }

    private static FroggrException cannotAttach(EntryRecord entry, ErrnoException e) {
        return OsFault.of(e, "the backend for " + entry.scheme() + " cannot attach " + BytePath.of(entry.source()).quoted());
    }

    /**
     * Has the backend that is there produce the tree of a member that an earlier one produced.
     *
     * @param kept O_PATH descriptor of the source, if there is one
     */
    FileTree treeAgain(LiveSession session, EntryRecord entry, HeadRecord.Member member, Optional<OwnedFd> kept)
            throws ErrnoException, FroggrException {
        try (var backend = backendOf(entry)) {
            Attachment attachment = member.own() != null
                    ? new SessionSurroundings(context, session).own(member.own()).orElseThrow()
                    : attach(
                            backend.service(), session, entry,
                            kept.map(fd -> OptionalInt.of(fd.number())).orElse(OptionalInt.empty()));
            LiveSession.Holding before = session.attachments()
                    .put(entry.treeKey(), new LiveSession.Holding(attachment, backend.service()));
            if (before != null) {
                close(before.tree(), entry);
            }
            return ServedTrees.served(attachment);
        }
    }

    /** Of what this platform presents itself. */
    Optional<OwnServed.Place> own(MountSpace space, Located located) throws FroggrException {
        try {
            return new OwnServed(context.registry()).find(space, located);
        } catch (ErrnoException e) {
            throw OsFault.of(e, located.path().quoted() + " cannot be looked up").about(located.path());
        }
    }

    private TreeToShow frozen(LiveSession session, EntryRecord entry, OwnServed.Place place) throws FroggrException {
        SessionSurroundings around = new SessionSurroundings(context, session);
        try {
            OwnTree tree = place.frozen(around.unions(), around::say);
            return new TreeToShow(tree.tree(), session.served().newMember(), tree.place());
        } catch (ErrnoException e) {
            throw OsFault.of(e, BytePath.of(entry.source()).quoted() + " cannot be presented");
        }
    }

    private static Calls.Attach request(LiveSession session, EntryRecord entry, OptionalInt descriptor) {
        boolean local = entry.scheme().equals(MountBackend.LOCAL);
        return new Calls.Attach(
                entry.scheme(),
                local ? entry.source() : entry.source().substring(entry.scheme().length() + 1),
                descriptor,
                MountOptions.parse(entry.options()).others(),
                entry.options().contains("ro"),
                session.record().owner());
    }

    private static EntryRecord present(
            Presenter presenter,
            MountSpace space,
            EntryRecord entry,
            Attachment attachment,
            Optional<Located> source,
            Located target)
            throws FroggrException {
        BytePath directory = ((Tree.Kernel) attachment.tree()).directory();
        // A local path was looked up and checked already: that very file is used, not its name.
        try (Located tree = source.isPresent() ? null : Located.open(space, directory)) {
            Located from = source.orElse(tree);
            long id = presenter.present(new Calls.Present(
                    space,
                    from.descriptor(),
                    from.path(),
                    target.descriptor(),
                    entry.target(),
                    entry.recursive(),
                    MountOptions.parse(entry.options()).flags()));
            return entry.with(source.isPresent() ? "" : directory.toString())
                    .mounted(id, uniqueId(space, entry.target(), id), Submounts.cameAlong(space, entry, id));
        } catch (ErrnoException e) {
            throw cannotPresent(entry, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FroggrException.of(Fault.INTERRUPTED, "interrupted while mounting; nothing was left behind");
        } catch (RuntimeException e) {
            throw FroggrException.of(Fault.IO_ERROR, "the presenter of " + entry.target().quoted() + " failed: " + e)
                    .causedBy(e);
        }
    }

    private static FroggrException cannotPresent(EntryRecord entry, ErrnoException e) {
        return OsFault.of(
                        e,
                        BytePath.of(entry.source()).quoted() + " cannot be mounted on " + entry.target().quoted())
                .about(entry.target());
    }

    /** The id that is never given out again of the mount at that path, 0 if another mount is there. */
    static long uniqueId(MountSpace space, BytePath target, long mountId) {
        int fd = -1;
        try {
            fd = space.open(target);
            return Stat.of(fd).mountId() == mountId ? Stat.uniqueMountId(fd) : 0;
        } catch (ErrnoException e) {
            return 0;
        } finally {
            Fd.closeQuietly(fd);
        }
    }

    /**
     * Unmounts an entry that is present, and gives back its tree.
     *
     * @throws ErrnoException EBUSY if it is in use and the mode is orderly; EINVAL if it is not there
     * @throws FroggrException UNSUPPORTED if the presenter is not there
     */
    void withdraw(LiveSession session, EntryRecord entry, UnmountMode mode) throws ErrnoException, FroggrException {
        MountSpace space = session.space();
        requireOurs(space, entry);
        if (entry.isServed()) {
            session.served().remove(entry.head(), entry.member(), entry.target(), entry.mount(), mode);
            giveBack(session, entry);
            return;
        }
        try (var presenter = presenter()) {
            presenter.service().withdraw(Calls.Withdraw.of(space, entry, mode, context.registry()::isMountOfEntry));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ErrnoException(Errno.EINTR, "umount2");
        } catch (RuntimeException e) {
            throw FroggrException.of(Fault.IO_ERROR, "the presenter of " + entry.target().quoted() + " failed: " + e)
                    .about(entry.target())
                    .causedBy(e);
        }
        giveBack(session, entry);
    }

    /** Gives back all there is of an entry whose mount others have taken away. */
    void forget(LiveSession session, EntryRecord entry) {
        try {
            if (entry.isServed()) {
                session.served().forget(entry.head(), entry.member());
            }
        } catch (ErrnoException e) {
            context.log().warn("{} is still a part: {}", BytePath.of(entry.source()).quoted(), e.getMessage());
        }
        giveBack(session, entry);
    }

    /** Closes the tree of an entry, if there is one. */
    void giveBack(LiveSession session, EntryRecord entry) {
        LiveSession.Holding holding = session.attachments().remove(entry.treeKey());
        if (holding != null) {
            close(holding.tree(), entry);
        }
        session.served().sources().drop(entry.member());
    }

    /** Closes the trees of members that no entry refers to, and that are in no union. */
    void giveBackUnreferenced(LiveSession session) {
        Set<String> used = new HashSet<>();
        session.record().entries().forEach(entry -> used.add(entry.treeKey()));
        used.addAll(session.served().members());
        session.takeServedBut(used).forEach(holding -> close(holding.tree(), "a former member"));
    }

    /** Hands a living mount of an earlier backend to the one that is there now. */
    void handOver(LiveSession session, EntryRecord entry, MountBackend backend) {
        try {
            Attachment adopted =
                    context.backends().adopt(backend, request(session, entry, OptionalInt.empty()), BytePath.of(entry.tree()));
            session.attachments().put(entry.treeKey(), new LiveSession.Holding(adopted, backend));
        } catch (ErrnoException e) {
            context.log().warn("the tree of {} was not taken over: {}", entry.target().quoted(), e.getMessage());
        }
    }

    /** Whether the tree of an entry was made by a backend other than this. */
    boolean isMadeByAnother(LiveSession session, EntryRecord entry, MountBackend backend) {
        LiveSession.Holding holding = session.attachments().get(entry.treeKey());
        return holding != null && holding.by() != backend;
    }

    /** Has a tree that the platform presents made anew by the backend that is there now, under those who use it. */
    void exchange(LiveSession session, EntryRecord entry) {
        LiveSession.Holding old = session.attachments().get(entry.treeKey());
        try (var backend = backendOf(entry)) {
            Attachment fresh = attachAgain(backend.service(), session, entry);
            try {
                session.served().replacements().exchange(entry.head(), entry.member(), ServedTrees.served(fresh));
            } catch (ErrnoException | RuntimeException e) {
                close(fresh, entry);
                throw e;
            }
            session.attachments().put(entry.treeKey(), new LiveSession.Holding(fresh, backend.service()));
            close(old.tree(), entry);
        } catch (ErrnoException | FroggrException e) {
            context.log().warn("{} goes on with the backend before: {}", entry.target().quoted(), e.getMessage());
        }
    }

    private Attachment attachAgain(MountBackend backend, LiveSession session, EntryRecord entry)
            throws ErrnoException, FroggrException {
        Optional<HeadRecord.Own> own = session.served().own(entry.head(), entry.member());
        if (own.isPresent()) {
            return new SessionSurroundings(context, session)
                    .own(own.get())
                    .orElseThrow(() -> FroggrException.of(Fault.IO_ERROR, entry.source() + " is not presented any more"));
        }
        if (!entry.scheme().equals(MountBackend.LOCAL)) {
            return attach(backend, session, entry, OptionalInt.empty());
        }
        try (OwnedFd kept = source(session, entry.member(), Optional.empty(), entry)) {
            return attach(backend, session, entry, OptionalInt.of(kept.number()));
        }
    }

    /** Mount ids are given out again: one that is ours by number may be another's mount by now. */
    private static void requireOurs(MountSpace space, EntryRecord entry) throws ErrnoException {
        if (entry.uniqueMount() == 0) {
            return;
        }
        long there = uniqueId(space, entry.target(), entry.mount());
        if (there == 0) {
            there = new MountCheck(space).uniqueId(entry);
        }
        if (there != 0 && there != entry.uniqueMount()) {
            throw new ErrnoException(Errno.EINVAL.number(), "statx", entry.target());
        }
    }

    private void close(Attachment attachment, EntryRecord entry) {
        close(attachment, entry.target().quoted());
    }

    private void close(Attachment attachment, String label) {
        try {
            attachment.close();
        } catch (ErrnoException | RuntimeException e) {
            context.log().warn("the tree of {} could not be given back: {}", label, e.toString());
        }
    }

    /** @throws FroggrException UNSUPPORTED */
    Services<MountBackend>.Lease backendOf(EntryRecord entry) throws FroggrException {
        boolean byScheme = entry.type().equals(entry.scheme());
        return context.backends()
                .lease(byScheme ? Optional.empty() : Optional.of(entry.type()), entry.scheme())
                .orElseThrow(() -> byScheme
                        ? context.missing().service(
                                "the scheme " + entry.scheme(),
                                MountBackend.class,
                                MountBackend.SCHEME + "=" + entry.scheme(),
                                context.backends().byScheme().keys())
                        : missingType(entry.type()));
    }

    /** @throws FroggrException UNSUPPORTED */
    Services<Presenter>.Lease presenter() throws FroggrException {
        return context.presenters()
                .lease(Presenter.KERNEL)
                .orElseThrow(() -> context.missing().service(
                        "kernel mounts",
                        Presenter.class,
                        Presenter.PRESENTS + "=" + Presenter.KERNEL,
                        context.presenters().keys()));
    }

    /** The backend for local trees that the platform presents. */
    Services<MountBackend>.Lease servedBackend() throws FroggrException {
        return context.backends()
                .lease(Optional.of(Plan.SERVED_TYPE), MountBackend.LOCAL)
                .orElseThrow(() -> missingType(Plan.SERVED_TYPE));
    }

    private FroggrException missingType(String type) {
        return context.missing().service(
                "the type " + type, MountBackend.class, MountBackend.TYPE + "=" + type, context.backends().byType().keys());
    }
}
