package org.froggr.features;

/**
 * One bundle of a feature.
 *
 * @param id where it comes from
 * @param startLevel its start level, 1 or more (metadata {@code bundleStartLevel} of chapter 160)
 * @param started whether it is started; if not, others can still use its packages
 */
public record FeatureBundle(MavenId id, int startLevel, boolean started) {
    public FeatureBundle {
        if (startLevel < 1) {
            throw new IllegalArgumentException(id + ": start level " + startLevel + " is below 1");
        }
    }
}
