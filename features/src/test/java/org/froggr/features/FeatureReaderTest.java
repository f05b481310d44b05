package org.froggr.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureReaderTest {
    @TempDir
    Path directory;

    private Feature read(String json) throws Exception {
        return FeatureReader.read(Files.writeString(directory.resolve("f.json"), json));
    }

    @Test
    void readsBundlesInOrder() throws Exception {
        Feature feature = read("""
                { "id": "g:f:1", "bundles": [
                  { "id": "g:b:2", "bundleStartLevel": 3 },
                  { "id": "g:a:1.0.0", "froggr.start": false } ] }""");
        assertEquals(
                List.of(
                        new FeatureBundle(new MavenId("g", "b", "2"), 3, true),
                        new FeatureBundle(new MavenId("g", "a", "1.0.0"), 1, false)),
                feature.bundles());
        assertEquals("b-2.jar", feature.bundles().get(0).id().fileName());
    }

    @Test
    void readsFrameworkProperties() throws Exception {
        Feature feature = read("""
                { "id": "g:f:1", "extensions": { "framework-launching-properties": {
                  "kind": "mandatory", "type": "json", "json": { "a": "${b}", "n": 5 } } } }""");
        assertEquals(Map.of("a", "${b}", "n", "5"), feature.frameworkProperties());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "{\"id\": \"a:b\"}", "{\"id\": \"a:b:\"}",
        "{\"id\": \"a:b:1\", \"bundles\": [{}]}",
        "{\"id\": \"a:b:1\", \"bundles\": [{\"id\": \"a:b:1\", \"bundleStartLevel\": 0}]}",
        "{\"id\": \"a:b:1\", \"bundles\": [{\"id\": \"a:b:1\", \"bundleStartLevel\": \"x\"}]}"})
    void saysWhichFileIsWrong(String json) {
        FeatureException e = assertThrows(FeatureException.class, () -> read(json));
        assertTrue(e.getMessage().contains("f.json"), e.getMessage());
    }

    @Test
    void readsThePlatformsOwn() throws Exception {
        Feature feature = FeatureReader.read(Path.of("src/main/features/froggr.json"));
        assertFalse(feature.bundles().isEmpty());
        assertTrue(feature.bundles().stream().anyMatch(b -> b.id().artifact().equals("org.froggr.session")));
    }
}
