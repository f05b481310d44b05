package org.froggr.session.internal.store;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * One union as a successor needs it to go on: what it is made of, in order. Where it is mounted the entries say.
 *
 * @param number in the session's file system
 * @param target as ByteText
 * @param original what the target showed before, null if the union does not have that
 * @param members without the original's tree, which is one of them by its number 0
 */
public record HeadRecord(int number, String target, boolean plan9, Original original, List<Member> members) {
    public HeadRecord {
        members = List.copyOf(members);
    }

    /**
     * The target's own directory.
     *
     * @param own where the platform itself presents it, null if a clone of it is kept
     */
    public record Original(Own own) {}

    /**
     * A tree of the union.
     *
     * @param number 0 for the target's own directory
     * @param label the source as a person gave it
     * @param own where the platform itself presents it, null for others
     */
    public record Member(int number, String label, boolean receivesNew, Set<String> flags, Own own) {
        public Member {
            flags = Set.copyOf(flags);
        }
    }

    /**
     * A directory in something that the platform itself presents.
     *
     * @param session whose it is
     * @param head number of the union in it
     * @param members of that union, those that belong to it; empty: all that it has at any time
     * @param names way from the top of the union to the directory, as ByteText
     */
    public record Own(UUID session, int head, List<Long> members, List<String> names) {
        public Own {
            members = List.copyOf(members);
            names = List.copyOf(names);
        }
    }
}
