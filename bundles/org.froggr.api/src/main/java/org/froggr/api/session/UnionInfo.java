package org.froggr.api.session;

import java.util.List;
import java.util.Set;
import org.froggr.api.BytePath;
import org.osgi.annotation.versioning.ProviderType;

/** What the platform presents at one target, at one moment. */
@ProviderType
public interface UnionInfo {
    BytePath target();

    /** In the order in which they are looked into; only one where a single tree is presented. */
    List<Member> members();

    /** One tree. */
    @ProviderType
    interface Member {
        /** As it was asked for; the target itself for its own directory. */
        String source();

        /** Whether it is the target's own directory. */
        boolean original();

        /** Whether it was bound to receive new files. */
        boolean create();

        /** Of {@code ro nosuid nodev noexec}: what its mount has. */
        Set<String> flags();

        /** Open files and directories. */
        int handles();
    }
}
