package org.froggr.features.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles that break a rule, one each, made with the real bnd and judged by the real map. */
class FloorCheckTest {
    @TempDir
    Path root;

    private Path bundles;

    @BeforeEach
    void makeDirectory() throws Exception {
        bundles = Files.createDirectory(root.resolve("bundles"));
        api().build(bundles);
    }

    private static TestBundle api() {
        return new TestBundle("org.froggr.api").packageOfApi("org.froggr.api");
    }

    private static TestBundle user(String symbolicName, String packageName, String used) {
        return new TestBundle(symbolicName)
                .source(packageName + ".User", "class User implements " + used + " {}")
                .header("Private-Package", packageName);
    }

    private List<String> problems() throws Exception {
        return FloorCheck.problems(bundles, FloorMap.read(Path.of("src/main/features/floors.properties")));
    }

    private void assertOneProblem(String... words) throws Exception {
        List<String> problems = problems();
        assertEquals(1, problems.size(), problems::toString);
        for (String word : words) {
            assertTrue(problems.get(0).contains(word), () -> "'" + word + "' in: " + problems);
        }
    }

    @Test
    void importsThatPointDownAreFine() throws Exception {
        user("org.froggr.session", "org.froggr.session.internal", "org.froggr.api.Thing").build(bundles);
        user("org.froggr.backend.kernel", "org.froggr.backend.kernel.internal", "org.froggr.api.Thing").build(bundles);
        assertEquals(List.of(), problems());
    }

    @Test
    void anUpwardImportFails() throws Exception {
        new TestBundle("org.froggr.linux").packageOfApi("org.froggr.linux").build(bundles);
        new TestBundle("org.froggr.api")
                .packageOfApi("org.froggr.api")
                .source("org.froggr.api.Upward", "final class Upward implements org.froggr.linux.Thing {}")
                .build(bundles);
        assertOneProblem("org.froggr.api (floor 0)", "org.froggr.linux (floor 1)");
    }

    @Test
    void abackendMayNotImportFromTheNamespace() throws Exception {
        new TestBundle("org.froggr.namespace").packageOfApi("org.froggr.namespace").build(bundles);
        user("org.froggr.backend.bad", "org.froggr.backend.bad", "org.froggr.namespace.Thing").build(bundles);
        List<String> problems = problems();
        assertTrue(problems.stream().anyMatch(p -> p.contains("org.froggr.backend.bad (floor 3) imports")), problems::toString);
    }

    @Test
    void aPolicyMayImportOnlyTheApi() throws Exception {
        new TestBundle("org.froggr.linux").packageOfApi("org.froggr.linux").build(bundles);
        user("org.froggr.recovery.bad", "org.froggr.recovery.bad", "org.froggr.linux.Thing").build(bundles);
        assertOneProblem("org.froggr.recovery.bad", "org.froggr.linux", "must not");
    }

    @Test
    void anUnversionedExportFails() throws Exception {
        new TestBundle("org.froggr.linux")
                .source("org.froggr.linux.Thing", "public final class Thing {}")
                .header("Export-Package", "org.froggr.linux")
                .build(bundles);
        assertOneProblem("org.froggr.linux is exported without a version");
    }

    @Test
    void anExportedTypeWithoutRoleFails() throws Exception {
        api().source("org.froggr.api.Nobody", "public interface Nobody { enum Kind { A } final class Done {} }")
                .build(bundles);
        assertOneProblem("org.froggr.api.Nobody is exported", "@ProviderType");
    }

    @Test
    void closedTypesNeedNoRole() throws Exception {
        api().source("org.froggr.api.Sum", "public sealed interface Sum { record One(int n) implements Sum {} }")
                .source("org.froggr.api.Hue", "public enum Hue { RED { }, BLUE }")
                .build(bundles);
        assertEquals(List.of(), problems());
    }

    @Test
    void anExportOutsideTheApiFails() throws Exception {
        new TestBundle("org.froggr.shell").packageOfApi("org.froggr.shell").build(bundles);
        assertOneProblem("org.froggr.shell exports org.froggr.shell");
    }

    @Test
    void anInternalExportFails() throws Exception {
        new TestBundle("org.froggr.linux").packageOfApi("org.froggr.linux.internal").build(bundles);
        assertOneProblem("org.froggr.linux.internal is internal");
    }

    @Test
    void aDynamicImportFails() throws Exception {
        new TestBundle("org.froggr.shell").header("DynamicImport-Package", "*").build(bundles);
        assertOneProblem("org.froggr.shell", "DynamicImport-Package");
    }

    @Test
    void aBundleOnNoFloorFails() throws Exception {
        new TestBundle("org.froggr.stray").build(bundles);
        assertOneProblem("org.froggr.stray stands on no floor");
    }

    @Test
    void othersAreNotOurs() throws Exception {
        new TestBundle("com.example.thing").header("DynamicImport-Package", "*").build(bundles);
        assertEquals(List.of(), problems());
    }
}
