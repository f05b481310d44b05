package org.froggr.features;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads feature files: OSGi Compendium 8.1, 159.5 "Feature JSON", as far as the platform uses it:
 * bundles, and the launching properties of chapter 160. Variables are not substituted; what else a
 * file holds is skipped.
 */
public final class FeatureReader {
    /** Extension with properties for the framework ({@code FeatureLauncherConstants}). */
    private static final String LAUNCHING_PROPERTIES = "framework-launching-properties";

    private static final String START_LEVEL = "bundleStartLevel";
    private static final String START = "froggr.start";

    private FeatureReader() {}

    /**
     * Reads a file.
     *
     * @throws FeatureException if it is not a feature
     */
    public static Feature read(Path file) throws IOException, FeatureException {
        String text = Files.readString(file);
        try {
            return feature(object(JsonReader.read(text)));
        } catch (IllegalArgumentException | ClassCastException e) {
            throw new FeatureException("feature file " + file + ": " + e.getMessage(), e);
        }
    }

    private static Feature feature(Map<String, Object> json) {
        return new Feature(MavenId.of(text(json, "id")), bundles(json), frameworkProperties(json));
    }

    private static List<FeatureBundle> bundles(Map<String, Object> json) {
        List<FeatureBundle> bundles = new ArrayList<>();
        if (json.get("bundles") instanceof List<?> list) {
            list.forEach(item -> bundles.add(bundle(object(item))));
        }
        return bundles;
    }

    private static FeatureBundle bundle(Map<String, Object> json) {
        Object level = json.getOrDefault(START_LEVEL, 1L);
        return new FeatureBundle(
                MavenId.of(text(json, "id")),
                Integer.parseInt(level.toString()),
                !Boolean.FALSE.equals(json.get(START)));
    }

    private static Map<String, String> frameworkProperties(Map<String, Object> json) {
        Map<String, Object> extension = object(object(json.get("extensions")).get(LAUNCHING_PROPERTIES));
        Map<String, String> properties = new HashMap<>();
        object(extension.get("json")).forEach((name, value) -> properties.put(name, String.valueOf(value)));
        return properties;
    }

    private static String text(Map<String, Object> json, String key) {
        if (json.get(key) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("'" + key + "' is missing or not a string in " + json);
    }

    private static Map<String, Object> object(Object value) {
        Map<String, Object> result = new HashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((k, v) -> result.put((String) k, v));
        } else if (value != null) {
            throw new IllegalArgumentException("an object was expected in place of " + value);
        }
        return result;
    }
}
