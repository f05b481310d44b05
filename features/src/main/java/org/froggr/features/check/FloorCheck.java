package org.froggr.features.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.froggr.features.check.FloorMap.Floor;

/** Checks that imports among Froggr's own bundles point down or sideways, never up. */
final class FloorCheck {
    /** Prefix of the symbolic names, and of the packages, that the floors are about. */
    private static final String OURS = "org.froggr.";

    private static final List<String> FORBIDDEN_HEADERS =
            List.of("DynamicImport-Package", "Require-Bundle", "Fragment-Host");

    private final FloorMap floors;
    private final Map<String, String> owners = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private FloorCheck(FloorMap floors) {
        this.floors = floors;
    }

    /** Looks at every bundle of ours in a directory; one sentence for each thing that is wrong. */
    static List<String> problems(Path bundleDirectory, FloorMap floors) throws IOException {
        FloorCheck check = new FloorCheck(floors);
        List<BundleJar> bundles = new ArrayList<>();
        try {
            for (Path file : jars(bundleDirectory)) {
                bundles.add(new BundleJar(file));
            }
            bundles.removeIf(bundle -> !bundle.symbolicName().startsWith(OURS));
            bundles.forEach(check::noteExports);
            for (BundleJar bundle : bundles) {
                check.check(bundle);
            }
        } finally {
            bundles.forEach(BundleJar::close);
        }
        return check.problems;
    }

    private static List<Path> jars(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    private void noteExports(BundleJar bundle) {
        bundle.header("Export-Package").keySet().forEach(name -> owners.put(name, bundle.symbolicName()));
    }

    private void check(BundleJar bundle) throws IOException {
        String name = bundle.symbolicName();
        Floor floor = floors.of(name).orElse(null);
        if (floor == null) {
            problems.add(name + " stands on no floor; name it in floors.properties");
            return;
        }
        for (String header : FORBIDDEN_HEADERS) {
            if (!bundle.header(header).isEmpty()) {
                problems.add(name + " has the header " + header + "; import its packages by name instead");
            }
        }
        bundle.header("Import-Package").keySet().forEach(imported -> checkImport(name, floor, imported));
        if (floor.exports()) {
            problems.addAll(ExportCheck.problems(bundle));
        } else {
            bundle.header("Export-Package").keySet().forEach(exported ->
                    problems.add(name + " exports " + exported + ", but its packages are not for others"));
        }
    }

    private void checkImport(String importer, Floor floor, String imported) {
        if (!imported.startsWith(OURS)) {
            return;
        }
        String owner = owners.get(imported);
        if (owner == null) {
            problems.add(importer + " imports " + imported + ", which no bundle of Froggr exports");
            return;
        }
        Floor ownerFloor = floors.of(owner).orElse(floor);
        if (!owner.equals(importer) && !floor.mayImportFrom(owner, ownerFloor)) {
            problems.add("%s (floor %d) imports %s of %s (floor %d), which it must not"
                    .formatted(importer, floor.number(), imported, owner, ownerFloor.number()));
        }
    }
}
