package org.froggr.spi.presentation;

import java.util.Set;
import org.froggr.spi.tree.FileTree;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One tree of a union.
 *
 * @param id tells it from the other members of the union
 * @param label for people: the source as they gave it
 * @param tree its files
 * @param receivesNew whether it was bound with {@code -c}
 * @param original whether it is the target's own directory
 * @param flags of {@code ro nosuid nodev noexec}: what its mount has; and {@link #OWN_IDS}
 */
@ProviderType
public record UnionMember(
        long id, String label, FileTree tree, boolean receivesNew, boolean original, Set<String> flags) {
    public UnionMember {
        flags = Set.copyOf(flags);
    }

    /**
     * Flag: all files are shown as the platform's own user's and group's. In a user namespace that has no
     * other ids the kernel refuses to write to a file of an owner it does not know (inode_permission,
     * fs/namei.c); what may really be done is decided below, where the platform is that user.
     */
    public static final String OWN_IDS = "own-ids";
}
