package org.froggr.session.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.BindOrder;
import org.froggr.api.session.Caller;
import org.froggr.api.session.NamespaceRequest;
import org.froggr.linux.Mounts;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.spi.presentation.MountSpace;

/**
 * A request whose source and target have been looked up, are held, and fit each other. Making one
 * changes nothing.
 *
 * @param name what the source is
 * @param source the held source; empty for a scheme
 * @param target the held target; empty if it is to be made
 * @param targetPath absolute and without symbolic links
 * @param order with the default applied
 */
record Plan(
        NamespaceRequest request,
        SourceName name,
        Optional<Located> source,
        Optional<Located> target,
        BytePath targetPath,
        BindOrder order,
        MountOptions options,
        List<String> notes)
        implements AutoCloseable {

    /** Type of the backend for local trees. */
    static final String KERNEL_TYPE = "kernel";

    /** Type of the backend for local trees that the platform presents itself. */
    static final String SERVED_TYPE = "served";

    /**
     * Looks up and checks what can be checked without knowing the session.
     *
     * @throws FroggrException the rows of the path, type and option errors
     */
    static Plan of(NamespaceRequest request, MountSpace space) throws FroggrException {
        Caller caller = request.caller();
        PathText.check(request.target(), "target");
        SourceName name = SourceName.of(request.source(), caller, space);
        Lookup lookup = new Lookup(space);
        Located source = name.isPath() ? lookup.source(checked(request.source(), name)) : null;
        Located target = null;
        try {
            BytePath targetPath = caller.absolute(request.target());
            target = existing(lookup, targetPath, request.create());
            BytePath place = target == null ? new TargetMaker(space).place(targetPath) : target.path();
            Plan plan = assemble(request, name, source, target, place);
            plan.checkTypes();
            return plan;
        } catch (FroggrException e) {
            closeAll(source, target);
            throw e;
        }
    }

    /**
     * Where the target is, as {@link #of} finds it.
     *
     * @throws FroggrException what {@link #of} throws
     */
    static BytePath targetPath(NamespaceRequest request, MountSpace space) throws FroggrException {
        try (Located target = Located.open(space, request.caller().absolute(PathText.check(request.target(), "target")))) {
            return target.path();
        } catch (ErrnoException | FroggrException e) {
            // It is to be made, or what is wrong is to be explained.
            try (Plan plan = of(request, space)) {
                return plan.targetPath();
            }
        }
    }

    private static BytePath checked(String given, SourceName name) throws FroggrException {
        PathText.check(BytePath.of(given), "source");
        return name.path();
    }

    private static Located existing(Lookup lookup, BytePath path, boolean create) throws FroggrException {
        try {
            return lookup.target(path);
        } catch (FroggrException e) {
            // A dangling link keeps its own error: nothing can be made in its place.
            boolean plain = e.fault() == Fault.TARGET_MISSING && e.hint().filter(h -> h.startsWith("-c")).isPresent();
            if (create && plain) {
                return null;
            }
            throw e;
        }
    }

    private static Plan assemble(
            NamespaceRequest request, SourceName name, Located source, Located target, BytePath targetPath)
            throws FroggrException {
        MountOptions options = MountOptions.parse(request.options());
        List<String> notes = new ArrayList<>();
        if (source != null) {
            options.requireNoOthers();
            options = withReadOnly(request, source, options, notes);
        }
        return new Plan(
                request,
                name,
                Optional.ofNullable(source),
                Optional.ofNullable(target),
                targetPath,
                order(request, source),
                options,
                notes);
    }

    private static MountOptions withReadOnly(
            NamespaceRequest request, Located source, MountOptions options, List<String> notes) throws FroggrException {
        try {
            if (!Mounts.statfsFlags(source.descriptor()).readOnly()) {
                return options;
            }
        } catch (ErrnoException e) {
            throw OsFault.of(e, "the file system of " + source.path().quoted() + " cannot be asked");
        }
        if (request.readWrite()) {
            throw FroggrException.of(
                            Fault.READ_ONLY, "the source " + source.path().quoted() + " is on a read-only file system")
                    .about(source.path())
                    .hint("the same without --rw");
        }
        if (!options.isReadOnly()) {
            notes.add("mounted read-only, because " + source.path().quoted() + " is on a read-only file system");
        }
        return options.readOnly();
    }

    /** Between files a bind without a flag replaces; between directories it goes before. */
    private static BindOrder order(NamespaceRequest request, Located source) {
        if (request.order() != BindOrder.UNSPECIFIED) {
            return request.order();
        }
        return source != null && !source.isDirectory() ? BindOrder.REPLACE : BindOrder.BEFORE;
    }

    private void checkTypes() throws FroggrException {
        if (source.isEmpty()) {
            return;
        }
        boolean directory = source.get().isDirectory();
        if (target.isPresent() && target.get().isDirectory() != directory) {
            throw FroggrException.of(
                            Fault.TYPE_MISMATCH,
                            "the source " + source.get().path().quoted() + " is a " + typeName(directory)
                                    + ", the target " + targetPath.quoted() + " is a " + typeName(!directory))
                    .about(targetPath)
                    .hint("a target of the same type");
        }
        if (!directory && order != BindOrder.REPLACE) {
            throw FroggrException.of(
                            Fault.TYPE_MISMATCH,
                            "-b and -a join directories; " + source.get().path().quoted() + " is a file")
                    .about(source.get().path())
                    .hint("-r");
        }
    }

    private static String typeName(boolean directory) {
        return directory ? "directory" : "file";
    }

    /** Whether the target, if it must be made, is to be a directory. */
    boolean makesDirectory() {
        return source.map(Located::isDirectory).orElse(true);
    }

    String shownSource() {
        return source.map(s -> s.path().toString()).orElse(name.shown());
    }

    /**
     * The entry that this plan leads to, not mounted yet.
     *
     * @param at the target that is there by now
     * @param made how many of its last components were made for it
     */
    EntryRecord entry(BytePath at, int made, Instant now) {
        String type = request.type().orElse(name.isPath() ? typeOf(order) : name.scheme());
        return new EntryRecord(
                request.kind(), shownSource(), at.toString(), order, request.recursive(), request.create(),
                options.all(), name.scheme(), type, "", made, 0, 0, 0, 0, null, EntryRecord.Stage.INTENDED, false,
                now);
    }

    /** A union is served; anything else local is left to the kernel. */
    static String typeOf(BindOrder order) {
        return order == BindOrder.REPLACE ? KERNEL_TYPE : SERVED_TYPE;
    }

    /** Whether the platform itself is to present it, as far as is known before a backend was asked. */
    boolean isServed() {
        return order != BindOrder.REPLACE || request.type().filter(SERVED_TYPE::equals).isPresent();
    }

    /** Whether an entry already is what this plan asks for. */
    boolean isFulfilledBy(EntryRecord entry) {
        return entry.stage() == EntryRecord.Stage.PRESENT
                && entry.source().equals(shownSource())
                && entry.scheme().equals(name.scheme())
                && entry.order() == order
                && entry.recursive() == request.recursive()
                && entry.options().equals(options.all());
    }

    @Override
    public void close() {
        closeAll(source.orElse(null), target.orElse(null));
    }

    private static void closeAll(Located... all) {
        for (Located one : all) {
            if (one != null) {
                one.close();
            }
        }
    }
}
