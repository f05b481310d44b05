package org.froggr.features.check;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A bundle made for a test: sources that the real compiler compiles, and that the real bnd packs. */
final class TestBundle {
    private final String symbolicName;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();

    TestBundle(String symbolicName) {
        this.symbolicName = symbolicName;
    }

    TestBundle header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Adds a source file; {@code name} is the type's, or {@code …package-info}. */
    TestBundle source(String name, String text) {
        int dot = name.lastIndexOf('.');
        sources.put(name, "%s\npackage %s;\n%s".formatted(
                name.endsWith("package-info") ? text : "",
                name.substring(0, dot),
                name.endsWith("package-info") ? "" : text));
        return this;
    }

    /** Adds a package with a version and one interface with a role. */
    TestBundle packageOfApi(String name) {
        return source(name + ".package-info", "@org.osgi.annotation.versioning.Version(\"1.0.0\")")
                .source(name + ".Thing", "@org.osgi.annotation.versioning.ConsumerType public interface Thing {}")
                .header("Export-Package", name);
    }

    /** Compiles it against the jars that are in the directory already, and puts its jar there. */
    Path build(Path directory) throws Exception {
        Path work = Files.createTempDirectory(directory.getParent(), "build");
        Path classes = compile(work, directory);
        Path jar = directory.resolve(symbolicName + "-1.0.0.jar");
        try (Builder builder = new Builder()) {
            builder.setBundleSymbolicName(symbolicName);
            builder.setBundleVersion("1.0.0");
            builder.setClasspath(Stream.concat(Stream.of(classes), jars(directory).stream())
                    .map(Path::toFile)
                    .toArray(File[]::new));
            builder.setIncludeResource(classes.toString());
            headers.forEach(builder::setProperty);
            Jar built = builder.build();
            built.write(jar.toFile());
        }
        return jar;
    }

    private Path compile(Path work, Path libraries) throws Exception {
        Path classes = Files.createDirectory(work.resolve("classes"));
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = work.resolve(source.getKey().replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, source.getValue()));
        }
        if (files.isEmpty()) {
            return classes;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(messages, manager, null,
                    List.of("-d", classes.toString(), "--release", "17", "-cp", classPath(libraries)),
                    null, manager.getJavaFileObjectsFromPaths(files)).call();
            if (!compiled) {
                throw new IllegalStateException(messages.toString());
            }
        }
        return classes;
    }

    private static String classPath(Path libraries) throws Exception {
        StringBuilder path = new StringBuilder(System.getProperty("java.class.path"));
        jars(libraries).forEach(jar -> path.append(File.pathSeparatorChar).append(jar));
        return path.toString();
    }

    private static List<Path> jars(Path directory) throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }
}
