package org.froggr.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The real framework, started from a feature file again and again. */
class PlatformTest {
    private static final long STOP_LIMIT_MS = 10_000;

    @TempDir
    Path root;

    private TinyDistribution tiny;

    @BeforeEach
    void makeDistribution() throws Exception {
        tiny = new TinyDistribution(root).bundle("a").bundle("b").bundle("c").feature("a", "b@2", "c@3");
    }

    private interface Use {
        void with(BundleContext context) throws Exception;
    }

    private void run(Use use) throws Exception {
        run(false, use);
    }

    private void run(boolean fresh, Use use) throws Exception {
        try (PlatformLog log = new PlatformLog(tiny.places.platform(), Clock.systemUTC())) {
            Platform platform = Platform.prepare(tiny.places, log, fresh);
            try {
                platform.start();
                use.with(platform.context());
            } finally {
                platform.stop(STOP_LIMIT_MS);
                assertEquals(ExitStatus.STOPPED, platform.awaitStop());
            }
        }
    }

    private static Map<String, Integer> states(BundleContext context) {
        Map<String, Integer> states = new TreeMap<>();
        Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getBundleId() != 0)
                .forEach(bundle -> states.put(bundle.getSymbolicName(), bundle.getState()));
        return states;
    }

    private static Bundle bundle(BundleContext context, String name) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    private static final Map<String, Integer> ALL =
            Map.of("a", Bundle.ACTIVE, "b", Bundle.ACTIVE, "c", Bundle.ACTIVE);

    @Test
    void whatTheFeatureNamesIsStarted() throws Exception {
        run(context -> assertEquals(ALL, states(context)));
    }

    @Test
    void bundlesKnowHomeAndDistribution() throws Exception {
        run(context -> {
            assertEquals(tiny.places.home().toString(), context.getProperty("froggr.home"));
            assertEquals(tiny.places.dist().toString(), context.getProperty("froggr.dist"));
        });
    }

    @Test
    void aLineDeletedFromTheFeatureIsGoneAtTheNextStart() throws Exception {
        run(context -> assertEquals(ALL, states(context)));
        tiny.feature("a", "c@3");
        run(context -> assertEquals(Map.of("a", Bundle.ACTIVE, "c", Bundle.ACTIVE), states(context)));
    }

    @Test
    void theBundleCacheIsKept() throws Exception {
        run(context -> Files.writeString(context.getDataFile("mine").toPath(), "x"));
        run(context -> assertTrue(context.getDataFile("mine").exists()));
    }

    @Test
    void theBundleCacheIsMadeAnewForOtherJars() throws Exception {
        run(context -> Files.writeString(context.getDataFile("mine").toPath(), "x"));
        tiny.bundle("b", "Bundle-Name: another");
        run(context -> {
            assertFalse(context.getDataFile("mine").exists());
            assertEquals(ALL, states(context));
        });
    }

    @Test
    void theBundleCacheIsMadeAnewWhenDistrusted() throws Exception {
        run(context -> Files.writeString(context.getDataFile("mine").toPath(), "x"));
        run(true, context -> assertFalse(context.getDataFile("mine").exists()));
    }

    @Test
    void whatSomebodyStoppedOrRemovedIsBackAtTheNextStart() throws Exception {
        run(context -> {
            bundle(context, "a").uninstall();
            bundle(context, "b").stop();
        });
        run(context -> assertEquals(ALL, states(context)));
    }

    @Test
    void aJarThatIsMissingIsAReasonNotToStart() throws Exception {
        Files.delete(tiny.places.bundles().resolve("b-1.0.0.jar"));
        LaunchException e = assertThrows(LaunchException.class, () -> run(context -> {}));
        assertTrue(e.getMessage().contains("the feature names g:b:1.0.0"), e::getMessage);
    }

    @Test
    void aBundleThatDoesNotResolveIsReportedAndTheRestRuns() throws Exception {
        tiny.bundle("b", "Import-Package: nowhere");
        run(context -> assertEquals(Bundle.ACTIVE, states(context).get("c")));
        assertTrue(tiny.log().contains("nowhere"), tiny::log);
    }

    @Test
    void aBrokenFeatureIsAReasonNotToStart() throws Exception {
        Files.writeString(tiny.places.feature(), "{");
        LaunchException e = assertThrows(LaunchException.class, () -> run(context -> {}));
        assertTrue(e.getMessage().contains("froggr.json"), e.getMessage());
    }
}
