package org.froggr.shell.internal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.froggr.shell.internal.verb.MountVerb;
import org.junit.jupiter.api.Test;

class OwnVerbsTest {
    @Test
    void theServerWaitsForEveryVerbOfThisBundle() throws Exception {
        assertEquals(CommandServer.OWN_VERBS, verbs());
    }

    private static long verbs() throws IOException, URISyntaxException {
        Path classes = Path.of(MountVerb.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        String folder = MountVerb.class.getPackageName().replace('.', '/');
        try (Stream<Path> files = Files.list(classes.resolve(folder))) {
            return files.filter(file -> file.getFileName().toString().endsWith("Verb.class"))
                    .filter(OwnVerbsTest::isComponent)
                    .count();
        }
    }

    /** The annotation is not there at run time, only its name in the class file. */
    private static boolean isComponent(Path classFile) {
        try {
            return Files.readString(classFile, StandardCharsets.ISO_8859_1)
                    .contains("Lorg/osgi/service/component/annotations/Component;");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
