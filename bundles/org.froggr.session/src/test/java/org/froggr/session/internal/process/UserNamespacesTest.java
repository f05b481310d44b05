package org.froggr.session.internal.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.froggr.api.BytePath;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class UserNamespacesTest {
    private static final String NOT_PERMITTED = "unshare: unshare failed: Operation not permitted";

    @TempDir
    Path sysctls;

    private void set(String name, String value) throws IOException {
        Path file = sysctls.resolve(name.replace('.', '/'));
        Files.createDirectories(file.getParent());
        Files.writeString(file, value + "\n");
    }

    private FroggrException refusal(String said) {
        return new UserNamespaces(BytePath.of(sysctls.toString())).refusal(said);
    }

    private void assertNames(String setting, String said) {
        FroggrException e = refusal(said);
        assertEquals(Fault.NO_USERNS, e.fault());
        assertTrue(e.getMessage().contains(setting), e.getMessage());
        assertTrue(e.hint().orElseThrow().contains("root"));
    }

    @Test
    void namesTheLimit() throws IOException {
        set("user.max_user_namespaces", "0");
        assertNames("user.max_user_namespaces=0", NOT_PERMITTED);
        set("user.max_user_namespaces", "7");
        assertNames("user.max_user_namespaces=7", "unshare: unshare failed: No space left on device");
    }

    @Test
    void namesDebiansSwitch() throws IOException {
        set("user.max_user_namespaces", "1000");
        set("kernel.unprivileged_userns_clone", "0");
        assertNames("kernel.unprivileged_userns_clone=0", NOT_PERMITTED);
    }

    @Test
    void namesAppArmors() throws IOException {
        set("kernel.unprivileged_userns_clone", "1");
        set("kernel.apparmor_restrict_unprivileged_userns", "1");
        assertNames(
                "kernel.apparmor_restrict_unprivileged_userns=1",
                "unshare: write failed /proc/self/uid_map: Operation not permitted");
    }

    @Test
    void saysWhatWasSaidIfNothingForbidsIt() {
        assertNames(NOT_PERMITTED, NOT_PERMITTED);
    }

    @Test
    void tellsAnOldProgram() {
        assertEquals(Fault.UNSUPPORTED, refusal("unshare: unrecognized option '--keep-caps'").fault());
    }

    /** Inside an outer user namespace, whose limit is its own. */
    @Test
    @Timeout(60)
    void isWhatAPersonSees() throws Exception {
        String script = "echo 0 >/proc/sys/user/max_user_namespaces && exec \"$@\"";
        try (TestHome home = new TestHome();
                OtherPlatform platform = new OtherPlatform(
                        List.of("unshare", "--user", "--map-root-user", "sh", "-c", script, "sh"),
                        home.root(),
                        "PRIVATE",
                        false)) {
            String said = platform.line();
            assertTrue(said.startsWith("NO_USERNS ") && said.contains("user.max_user_namespaces=0"), said);
        }
    }
}
