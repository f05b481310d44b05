package org.froggr.features.check;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** Which bundle stands on which floor, as {@code floors.properties} says. */
final class FloorMap {
    /** Properties that may follow a name. */
    private static final List<String> SUFFIXES = List.of(".floor", ".may", ".exports");

    private final List<Floor> floors = new ArrayList<>();

    private FloorMap() {}

    static FloorMap read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        FloorMap map = new FloorMap();
        for (String key : properties.stringPropertyNames()) {
            if (SUFFIXES.stream().noneMatch(key::endsWith)) {
                throw new IOException(file + ": '" + key + "' ends in none of " + SUFFIXES);
            }
            if (key.endsWith(".floor")) {
                map.floors.add(floor(key.substring(0, key.length() - ".floor".length()), properties));
            }
        }
        return map;
    }

    private static Floor floor(String pattern, Properties properties) {
        int number = Integer.parseInt(properties.getProperty(pattern + ".floor").trim());
        String may = properties.getProperty(pattern + ".may", "").trim();
        boolean exports = Boolean.parseBoolean(properties.getProperty(pattern + ".exports", "false").trim());
        return new Floor(pattern, number, may.isEmpty() ? List.of() : List.of(may.split("\\s*,\\s*")), exports);
    }

    /** Where a bundle stands; empty if the map does not know it. */
    Optional<Floor> of(String symbolicName) {
        return floors.stream().filter(floor -> floor.covers(symbolicName)).findFirst();
    }

    /**
     * One line of the map.
     *
     * @param pattern a symbolic name, or a prefix of one and {@code .*}
     * @param number the floor, 0 at the bottom
     * @param may the bundles it may import from; empty means all of its floor and below
     * @param exports whether it may export packages
     */
    record Floor(String pattern, int number, List<String> may, boolean exports) {
        boolean covers(String symbolicName) {
            return pattern.endsWith(".*")
                    ? symbolicName.startsWith(pattern.substring(0, pattern.length() - 1))
                    : symbolicName.equals(pattern);
        }

        boolean mayImportFrom(String owner, Floor ownerFloor) {
            return ownerFloor.number <= number && (may.isEmpty() || may.contains(owner));
        }
    }
}
