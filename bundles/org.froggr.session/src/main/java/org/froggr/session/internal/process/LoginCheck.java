package org.froggr.session.internal.process;

import java.util.List;
import org.froggr.spi.doctor.DoctorCheck;
import org.froggr.spi.doctor.Finding;
import org.froggr.spi.doctor.Finding.Severity;

/** Whether logind ends the platform, and with it what serves unions, when its user logs out. */
public final class LoginCheck implements DoctorCheck {
    private final LogindScope logind;

    public LoginCheck() {
        this(new LogindScope(new Programs(System.getenv().getOrDefault("PATH", ""))));
    }

    LoginCheck(LogindScope logind) {
        this.logind = logind;
    }

    @Override
    public List<Finding> examine() {
        if (!logind.endsWithLogin()) {
            return List.of();
        }
        String what = "logind ends the platform with its user's last login";
        return List.of(Finding.of(Severity.WARNING, "ENDS_WITH_LOGIN", what)
                .object("KillUserProcesses=yes")
                .holder(ProcessHandle.current().pid())
                .why("programs that use unions wait until somebody starts a platform again")
                .advice("install systemd-run, so that the platform gets a scope of its own, or loginctl enable-linger;"
                        + " then frg platform stop")
                .done());
    }
}
