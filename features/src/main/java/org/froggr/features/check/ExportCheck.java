package org.froggr.features.check;

import aQute.bnd.header.Attrs;
import aQute.bnd.osgi.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks what a bundle exports: each package has a version of its own, and each type that others
 * could implement says whether they may.
 */
final class ExportCheck {
    private static final String VERSION = "org/osgi/annotation/versioning/Version";
    private static final List<String> ROLES =
            List.of("org/osgi/annotation/versioning/ProviderType", "org/osgi/annotation/versioning/ConsumerType");

    private final BundleJar bundle;
    private final List<String> problems = new ArrayList<>();

    private ExportCheck(BundleJar bundle) {
        this.bundle = bundle;
    }

    static List<String> problems(BundleJar bundle) throws IOException {
        ExportCheck check = new ExportCheck(bundle);
        for (Map.Entry<String, Attrs> export : bundle.header("Export-Package").entrySet()) {
            check.checkPackage(export.getKey(), export.getValue());
        }
        return check.problems;
    }

    private void checkPackage(String name, Attrs attributes) throws IOException {
        if (name.contains(".internal")) {
            problem(name, "is internal and must not be exported");
        }
        // bnd falls back to the bundle's version where package-info has none: both must be there.
        boolean versioned = false;
        for (Resource file : bundle.classes(name)) {
            TypeFile type = TypeFile.read(file);
            if (type.isPackageInfo()) {
                versioned = type.isAnnotated(VERSION);
            } else if (type.isOpenToOthers() && ROLES.stream().noneMatch(type::isAnnotated)) {
                problem(type.name(), "is exported and says neither @ProviderType nor @ConsumerType");
            }
        }
        if (attributes.getVersion() == null || !versioned) {
            problem(name, "is exported without a version; add @Version to its package-info");
        }
    }

    private void problem(String what, String why) {
        problems.add(bundle.symbolicName() + ": " + what + " " + why);
    }
}
