package org.froggr.itests.posix;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The whole list, by category. */
final class Catalogue {
    private final Map<String, Chapter> chapters = new LinkedHashMap<>();

    /** Every case there is, category after category. */
    static List<Case> all() {
        Catalogue list = new Catalogue();
        OpenCases.list(list);
        UnnamedCases.list(list);
        PathCases.list(list);
        CreateCases.list(list);
        NodeCases.list(list);
        SpecialFileCases.list(list);
        LinkCases.list(list);
        SymlinkCases.list(list);
        RenameCases.list(list);
        RenameFlagCases.list(list);
        PermissionCases.list(list);
        ChmodCases.list(list);
        ChownCases.list(list);
        SetIdCases.list(list);
        StickyCases.list(list);
        StatCases.list(list);
        HandleCases.list(list);
        TimeCases.list(list);
        TruncateCases.list(list);
        FileCases.list(list);
        UnlinkedCases.list(list);
        DescriptorCases.list(list);
        SparseCases.list(list);
        CopyCases.list(list);
        SpaceCases.list(list);
        MappingCases.list(list);
        XattrCases.list(list);
        AclCases.list(list);
        LockCases.list(list);
        LockWaitCases.list(list);
        DirectoryCases.list(list);
        ChangingDirectoryCases.list(list);
        TreeCases.list(list);
        NameCases.list(list);
        ProgramCases.list(list);
        StressCases.list(list);
        return list.chapters.values().stream().flatMap(chapter -> chapter.cases().stream()).toList();
    }

    /** The chapter of that category, an empty one at first. */
    Chapter chapter(String category) {
        return chapters.computeIfAbsent(category, Chapter::new);
    }
}
