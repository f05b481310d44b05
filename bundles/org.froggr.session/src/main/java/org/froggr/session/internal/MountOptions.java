package org.froggr.session.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.ShellWord;

/**
 * The options of {@code -o}, sorted into those that every mount has (mount(8), filesystem-independent
 * mount options) and those that only the backend knows.
 *
 * @param flags the mount's flags, in the order of {@link #KNOWN}
 * @param ofUnion what only a tree that the platform presents has a use for, in the order of {@link #OF_UNION}
 * @param others for the backend, as given
 */
record MountOptions(Set<String> flags, Set<String> ofUnion, List<String> others) {
    static final String SUID = "suid";
    static final String DEV = "dev";
    static final String PLAN9 = "plan9";

    /** What the platform itself knows. */
    static final List<String> KNOWN = List.of("ro", "nosuid", "nodev", "noexec", "noatime", "nosymfollow");

    /** For unions and other trees that the platform presents itself; the kernel's binds are so anyway. */
    static final List<String> OF_UNION = List.of(SUID, DEV, PLAN9);

    private static final Set<String> DEFAULTS = Set.of("rw", "defaults");

    static MountOptions parse(List<String> given) {
        Set<String> wanted = new LinkedHashSet<>();
        List<String> others = new ArrayList<>();
        for (String option : given) {
            if (option.equals("rw")) {
                wanted.remove("ro");
            } else if (KNOWN.contains(option) || OF_UNION.contains(option)) {
                wanted.add(option);
            } else if (!option.isEmpty() && !DEFAULTS.contains(option)) {
                others.add(option);
            }
        }
        return of(wanted, others);
    }

    private static MountOptions of(Set<String> wanted, List<String> others) {
        Set<String> sorted = new LinkedHashSet<>(KNOWN);
        sorted.retainAll(wanted);
        Set<String> ofUnion = new LinkedHashSet<>(OF_UNION);
        ofUnion.retainAll(wanted);
        return new MountOptions(sorted, ofUnion, List.copyOf(others));
    }

    MountOptions readOnly() {
        Set<String> wanted = new LinkedHashSet<>(flags);
        wanted.add("ro");
        wanted.addAll(ofUnion);
        return of(wanted, others);
    }

    boolean isReadOnly() {
        return flags.contains("ro");
    }

    /** All of them, as entries keep them. */
    List<String> all() {
        List<String> all = new ArrayList<>(flags);
        all.addAll(ofUnion);
        all.addAll(others);
        return all;
    }

    /** @throws FroggrException USAGE if there are options that a local tree has no use for */
    void requireNoOthers() throws FroggrException {
        if (!others.isEmpty()) {
            throw FroggrException.of(Fault.USAGE, "the option " + ShellWord.quote(others.get(0)) + " is unknown here")
                    .hint("one of rw, " + String.join(", ", KNOWN) + "; for unions " + String.join(", ", OF_UNION));
        }
    }
}
