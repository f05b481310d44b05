package org.froggr.features.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.froggr.features.Feature;
import org.froggr.features.FeatureReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Features that do not fit together, each for one reason, in the real framework. */
class ResolveCheckTest {
    @TempDir
    Path root;

    private Path bundles;

    @BeforeEach
    void makeDirectory() throws Exception {
        bundles = Files.createDirectory(root.resolve("bundles"));
        new TestBundle("base").packageOfApi("example.base").build(bundles);
        new TestBundle("user")
                .source("example.user.User", "class User implements example.base.Thing {}")
                .header("Private-Package", "example.user")
                .build(bundles);
    }

    private Path feature(String... artifacts) throws Exception {
        String list = Arrays.stream(artifacts)
                .map("{ \"id\": \"g:%s:1.0.0\" }"::formatted)
                .collect(Collectors.joining(", "));
        return Files.writeString(root.resolve("f.json"), "{ \"id\": \"g:f:1\", \"bundles\": [" + list + "] }");
    }

    private List<String> problems(String... artifacts) throws Exception {
        Feature feature = FeatureReader.read(feature(artifacts));
        return ResolveCheck.problems(feature, bundles);
    }

    @Test
    void aCompleteFeatureIsFine() throws Exception {
        assertEquals(List.of(), problems("user", "base"));
    }

    @Test
    void aMissingJarFails() throws Exception {
        Files.delete(bundles.resolve("base-1.0.0.jar"));
        List<String> problems = problems("user", "base");
        assertEquals(2, problems.size(), problems::toString);
        assertTrue(problems.get(0).contains("the feature names g:base:1.0.0"), problems::toString);
        assertTrue(problems.get(1).startsWith("user needs package"), problems::toString);
        assertTrue(problems.get(1).contains("example.base"), problems::toString);
    }

    @Test
    void aBundleLeftOutOfTheFeatureFails() throws Exception {
        List<String> problems = problems("user");
        assertEquals(2, problems.size(), problems::toString);
        assertTrue(problems.get(0).startsWith("user needs package"), problems::toString);
        assertTrue(problems.get(1).startsWith("the feature does not name"), problems::toString);
    }

    @Test
    void aServiceThatNobodyOffersFails() throws Exception {
        new TestBundle("needy")
                .header("Require-Capability", "osgi.service;filter:=\"(objectClass=example.Service)\";effective:=active")
                .build(bundles);
        List<String> problems = problems("base", "user", "needy");
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).startsWith("needy needs a service (objectClass=example.Service)"), problems::toString);
    }

    @Test
    void theWrongVersionFails() throws Exception {
        new TestBundle("picky").header("Import-Package", "example.base;version=\"[2,3)\"").build(bundles);
        List<String> problems = problems("base", "user", "picky");
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).startsWith("picky needs package"), problems::toString);
    }

    @Test
    void theBuildFailsWithAllFindings() throws Exception {
        Path floors = Files.writeString(root.resolve("floors.properties"), "org.froggr.api.floor = 0\n");
        String[] arguments = {feature("user").toString(), floors.toString(), bundles.toString()};
        Exception e = assertThrows(IllegalStateException.class, () -> BuildCheck.main(arguments));
        assertTrue(e.getMessage().startsWith("2 findings"), e.getMessage());
    }
}
