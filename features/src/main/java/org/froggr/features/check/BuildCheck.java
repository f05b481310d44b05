package org.froggr.features.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.froggr.features.Feature;
import org.froggr.features.FeatureException;
import org.froggr.features.FeatureReader;
import org.osgi.framework.BundleException;

/** Entry point of the checks for the build, which fails with their findings as its message. */
public final class BuildCheck {
    private BuildCheck() {}

    /**
     * Runs all checks.
     *
     * @param arguments feature file, floor map, directory of the bundles
     * @throws IllegalStateException if anything is wrong, with one line for each finding
     */
    public static void main(String[] arguments)
            throws IOException, FeatureException, BundleException, InterruptedException {
        Path bundles = Path.of(arguments[2]);
        Feature feature = FeatureReader.read(Path.of(arguments[0]));
        List<String> problems = new ArrayList<>(FloorCheck.problems(bundles, FloorMap.read(Path.of(arguments[1]))));
        problems.addAll(ResolveCheck.problems(feature, bundles));
        if (!problems.isEmpty()) {
            throw new IllegalStateException(problems.size() + " findings in the bundles of the platform:\n  "
                    + String.join("\n  ", problems));
        }
    }
}
