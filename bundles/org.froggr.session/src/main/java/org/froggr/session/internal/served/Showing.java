package org.froggr.session.internal.served;

import java.util.Set;
import org.froggr.api.BytePath;
import org.froggr.api.session.BindOrder;
import org.froggr.session.internal.store.HeadRecord;
import org.froggr.spi.tree.FileTree;

/**
 * A served tree that is to appear at a target.
 *
 * @param member number of the tree, from {@link ServedTrees#newMember}
 * @param own where the platform itself presents it, null for others
 * @param label the source as a person gave it
 * @param target O_PATH descriptor of what is visible at the target now
 * @param onHead number of the union that is visible there, 0 if there is none
 * @param receivesNew whether new files go there
 * @param memberFlags of {@code ro nosuid nodev noexec}: what the source's mount has, and what was asked for
 * @param coverFlags flags of the mount on the target, if one is made
 * @param plan9 whether the rules of Plan 9 hold where they differ
 */
public record Showing(
        int member,
        String label,
        FileTree tree,
        HeadRecord.Own own,
        int target,
        BytePath targetPath,
        BindOrder order,
        int onHead,
        boolean receivesNew,
        Set<String> memberFlags,
        Set<String> coverFlags,
        boolean plan9) {}
