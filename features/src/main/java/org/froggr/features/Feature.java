package org.froggr.features;

import java.util.List;
import java.util.Map;

/**
 * A feature: bundles, and how the framework is to be launched.
 *
 * @param id its own coordinates
 * @param bundles in the order of installation
 * @param frameworkProperties properties for the framework
 */
public record Feature(MavenId id, List<FeatureBundle> bundles, Map<String, String> frameworkProperties) {
    public Feature {
        bundles = List.copyOf(bundles);
        frameworkProperties = Map.copyOf(frameworkProperties);
    }
}
