package org.froggr.features.check;

import aQute.bnd.header.OSGiHeader;
import aQute.bnd.header.Parameters;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Manifest;

/** A bundle's jar and what its manifest says. */
final class BundleJar implements AutoCloseable {
    private final Jar jar;
    private final Manifest manifest;
    private final String symbolicName;

    BundleJar(Path file) throws IOException {
        jar = new Jar(file.toFile());
        try {
            manifest = jar.getManifest();
            symbolicName = header("Bundle-SymbolicName").keySet().stream()
                    .findFirst()
                    .orElseThrow(() -> new IOException(file + " is no bundle: it has no Bundle-SymbolicName"));
        } catch (Exception e) {
            jar.close();
            throw e instanceof IOException io ? io : new IOException(file + ": " + e.getMessage(), e);
        }
    }

    String symbolicName() {
        return symbolicName;
    }

    /** The class files of a package, that of package-info among them. */
    List<Resource> classes(String packageName) {
        Map<String, Resource> files = jar.getDirectories().get(packageName.replace('.', '/'));
        return files == null
                ? List.of()
                : files.entrySet().stream()
                        .filter(file -> file.getKey().endsWith(".class"))
                        .map(Map.Entry::getValue)
                        .toList();
    }

    /** Clauses of a header, empty if it is not there. */
    Parameters header(String name) {
        return OSGiHeader.parseHeader(manifest == null ? null : manifest.getMainAttributes().getValue(name));
    }

    @Override
    public void close() {
        jar.close();
    }
}
