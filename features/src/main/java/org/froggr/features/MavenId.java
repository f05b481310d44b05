package org.froggr.features;

/**
 * Maven coordinates of a jar, {@code group:artifact:version}. Types and classifiers are not
 * supported: a bundle of the platform is a plain jar.
 */
public record MavenId(String group, String artifact, String version) {
    /**
     * Coordinates from text.
     *
     * @throws IllegalArgumentException if there are not exactly three parts
     */
    public static MavenId of(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3 || parts[0].isBlank() || parts[1].isBlank() || parts[2].isBlank()) {
            throw new IllegalArgumentException("'" + text + "' is not of the form group:artifact:version");
        }
        return new MavenId(parts[0], parts[1], parts[2]);
    }

    /** Name of the jar in the distribution, as Maven's dependency plugin names it. */
    public String fileName() {
        return artifact + "-" + version + ".jar";
    }

    @Override
    public String toString() {
        return group + ":" + artifact + ":" + version;
    }
}
