package org.froggr.session.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.froggr.api.BytePath;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.junit.jupiter.api.Test;

class HomePathTest {
    /** Prints the octets of the path, in a virtual machine of its own. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) throws Exception {
            byte[] path = HomePath.of(System.getProperty(HomePath.PROPERTY)).bytes();
            System.out.write(path, 0, path.length);
            System.out.flush();
        }
    }

    @Test
    void mustBeAbsolute() throws Exception {
        assertEquals(BytePath.of("/x y"), HomePath.of("/x y"));
        assertThrows(FroggrException.class, () -> HomePath.of("relative"));
        FroggrException error = assertThrows(FroggrException.class, () -> HomePath.of(null));
        assertEquals(Fault.BAD_HOME, error.fault());
        // Not on this command line, so what Java made of it has to do.
        assertEquals(BytePath.of("/caf\u00e9"), HomePath.of("/caf\u00e9"));
    }

    @Test
    void keepsEveryByteInAnyLocale() throws Exception {
        for (String locale : new String[] {"C", "C.UTF-8"}) {
            String script = "exec \"$0\" -cp \"$1\" \"-Dfroggr.home=$(printf '/a \\303\\251 \\377')\" \"$2\"";
            ProcessBuilder builder = new ProcessBuilder(
                    "sh", "-c", script, System.getProperty("java.home") + "/bin/java",
                    System.getProperty("java.class.path"), Main.class.getName());
            builder.environment().put("LC_ALL", locale);
            Process java = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String seen = new String(java.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertEquals(0, java.waitFor());
            assertEquals("/a \u00c3\u00a9 \u00ff", seen, locale);
        }
    }
}
