package org.froggr.session.internal.process;

import java.util.OptionalInt;

/**
 * What a session's new process gets of the one before, by descriptors of the platform that only have to be open
 * while it is started.
 *
 * @param device of the session's file system, to hold open; empty if there is none
 * @param store socket of open files that are kept under way in it ({@link org.froggr.linux.DescriptorStore}), to hold
 *     open; empty if there is none
 * @param namespace mount namespace to live in; empty for a new one, if the session is private
 */
public record Inheritance(OptionalInt device, OptionalInt store, OptionalInt namespace) {
    /** Nothing. */
    public static final Inheritance NONE = new Inheritance(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
}
