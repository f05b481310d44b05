package org.froggr.session.internal.process;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.froggr.api.ByteText;
import org.froggr.api.FroggrException;
import org.froggr.linux.Ids;
import org.froggr.spi.doctor.DoctorCheck;
import org.froggr.spi.doctor.Finding;
import org.froggr.spi.doctor.Finding.Severity;

/** Whether an ordinary user gets the user namespace that a private session needs: by making one. */
public final class UserNamespaceCheck implements DoctorCheck {
    private static final int PATIENCE_SECONDS = 5;

    @Override
    public List<Finding> examine() throws IOException, InterruptedException {
        if (Ids.euid() == 0) {
            return List.of();
        }
        Programs programs = new Programs(System.getenv().getOrDefault("PATH", ""));
        if (programs.find("unshare").isEmpty()) {
            // That is said of the program.
            return List.of();
        }
        Process trial = new ProcessBuilder(
                        programs.require("unshare").toString(),
                        "--user", "--map-current-user", "--keep-caps", "--mount", "true")
                .redirectErrorStream(true)
                .start();
        try {
            return judge(trial);
        } finally {
            trial.destroyForcibly();
        }
    }

    private static List<Finding> judge(Process trial) throws IOException, InterruptedException {
        trial.getOutputStream().close();
        String said = ByteText.decode(trial.getInputStream().readAllBytes()).strip();
        if (trial.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && trial.exitValue() == 0) {
            return List.of();
        }
        FroggrException refusal = new UserNamespaces().refusal(said);
        return List.of(Finding.of(Severity.FAULT, refusal.fault().name(), refusal.getMessage())
                .object("unshare(1)")
                .why("without privilege, no session can be made")
                .advice(refusal.hint().orElse("run frg as root"))
                .done());
    }
}
