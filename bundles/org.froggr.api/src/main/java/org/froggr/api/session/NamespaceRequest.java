package org.froggr.api.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.froggr.api.BytePath;

/**
 * What {@code frg mount} and {@code frg bind} ask for. Immutable: each method that sets something
 * gives a changed copy.
 */
public final class NamespaceRequest implements Cloneable {
    private final EntryKind kind;
    private final String source;
    private final BytePath target;
    private Caller caller = Caller.platform();
    private BindOrder order = BindOrder.UNSPECIFIED;
    private boolean create;
    private boolean recursive;
    private boolean force;
    private boolean readWrite;
    private boolean isPrivate;
    private List<String> options = List.of();
    private String type;
    private String session;

    private NamespaceRequest(EntryKind kind, String source, BytePath target) {
        this.kind = kind;
        this.source = Objects.requireNonNull(source);
        this.target = Objects.requireNonNull(target);
    }

    /**
     * Attach the tree that {@code source} names at {@code target}.
     *
     * @param source a path, or {@code scheme:rest}, as {@link org.froggr.api.ByteText}
     */
    public static NamespaceRequest mount(String source, BytePath target) {
        return new NamespaceRequest(EntryKind.MOUNT, source, target).order(BindOrder.REPLACE);
    }

    /** Put the existing tree {@code source} into the namespace at {@code target}. */
    public static NamespaceRequest bind(BytePath source, BytePath target) {
        return new NamespaceRequest(EntryKind.BIND, source.toString(), target);
    }

    private interface Setting {
        void on(NamespaceRequest copy);
    }

    private NamespaceRequest with(Setting setting) {
        try {
            NamespaceRequest copy = (NamespaceRequest) clone();
            setting.on(copy);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /** Who asks; the platform itself unless set. */
    public NamespaceRequest from(Caller who) {
        return with(r -> r.caller = Objects.requireNonNull(who));
    }

    /** Where a bind goes; a mount always replaces. */
    public NamespaceRequest order(BindOrder where) {
        return with(r -> r.order = Objects.requireNonNull(where));
    }

    /** {@code -c}: make the target if it does not exist, and let this member receive new files. */
    public NamespaceRequest create(boolean yes) {
        return with(r -> r.create = yes);
    }

    /** {@code -R}: take the mounts below the source along. */
    public NamespaceRequest recursive(boolean yes) {
        return with(r -> r.recursive = yes);
    }

    /** {@code --force}: also over a mount that Froggr did not make. */
    public NamespaceRequest force(boolean yes) {
        return with(r -> r.force = yes);
    }

    /** {@code --rw}: refuse rather than mount read-only. */
    public NamespaceRequest readWrite(boolean yes) {
        return with(r -> r.readWrite = yes);
    }

    /** {@code --private}: in a session with a mount namespace of its own. */
    public NamespaceRequest inPrivate(boolean yes) {
        return with(r -> r.isPrivate = yes);
    }

    /** {@code -o}: options, one an element ({@code ro}, {@code noexec}, {@code key=value}). */
    public NamespaceRequest options(List<String> all) {
        return with(r -> r.options = List.copyOf(all));
    }

    /** {@code -t}: the type of backend, instead of the one that the source asks for. */
    public NamespaceRequest type(String name) {
        return with(r -> r.type = name);
    }

    /** {@code -s}: id, prefix or name of the session to use. */
    public NamespaceRequest session(String reference) {
        return with(r -> r.session = reference);
    }

    public EntryKind kind() {
        return kind;
    }

    /** As given: a path or {@code scheme:rest}. */
    public String source() {
        return source;
    }

    /** As given: not yet absolute. */
    public BytePath target() {
        return target;
    }

    public Caller caller() {
        return caller;
    }

    public BindOrder order() {
        return order;
    }

    public boolean create() {
        return create;
    }

    public boolean recursive() {
        return recursive;
    }

    public boolean force() {
        return force;
    }

    public boolean readWrite() {
        return readWrite;
    }

    public boolean inPrivate() {
        return isPrivate;
    }

    public List<String> options() {
        return new ArrayList<>(options);
    }

    public Optional<String> type() {
        return Optional.ofNullable(type);
    }

    public Optional<String> session() {
        return Optional.ofNullable(session);
    }
}
