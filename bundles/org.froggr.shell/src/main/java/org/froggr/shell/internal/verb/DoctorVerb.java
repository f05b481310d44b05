package org.froggr.shell.internal.verb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.froggr.shell.internal.doctor.Checks;
import org.froggr.shell.internal.doctor.Diagnosis;
import org.froggr.shell.internal.doctor.DoctorReport;
import org.froggr.shell.internal.doctor.Examination;
import org.froggr.shell.internal.render.Styles;
import org.froggr.spi.command.CommandContext;
import org.froggr.spi.command.Verb;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code frg doctor}. */
@Command(
        name = "doctor",
        description = {
            "Tell what is wrong, why it matters, who has it, and what to do.",
            "Looks at the kernel, limits, programs, Froggr's home, the sessions, and what no session owns."
        },
        exitCodeListHeading = ExitStatuses.HEADING,
        exitCodeList = {
            " 0:Nothing is wrong, or everything was mended. Notes do not count.",
            "64:The command line is wrong: USAGE.",
            "69:The platform cannot be started or does not answer; what can be said without it is said.",
            "78:Something is wrong. EX_CONFIG of sysexits(3), which no other verb ends with."
        },
        footer = {"%nExamples:", "  frg doctor", "  frg doctor --dry-run", "  frg doctor --fix"})
@Component(
        service = Verb.class,
        scope = ServiceScope.PROTOTYPE,
        property = {Verb.NAME + "=doctor", Verb.POSITION + ":Integer=110"})
public final class DoctorVerb implements Verb {
    /** EX_CONFIG of sysexits(3). */
    static final int WRONG = 78;

    private static final Duration LIMIT = Duration.ofSeconds(15);

    @Option(names = "--fix", description =
        "Mend what is safe to mend. Nothing of another user or another program is touched.")
    private boolean fix;

    @Option(names = {"-n", "--dry-run"}, description = "Say what --fix would do, and change nothing.")
    private boolean dryRun;

    private final Checks checks;
    private final Logger logger;

    @Activate
    public DoctorVerb(@Reference Checks checks, @Reference(service = LoggerFactory.class) Logger logger) {
        this.checks = checks;
        this.logger = logger;
    }

    @Override
    public int run(CommandContext context) throws InterruptedException {
        List<Checks.Named> all = checks.all();
        all.forEach(check -> context.detail("check " + check.name()));
        DoctorReport report = new DoctorReport(treat(new Examination(LIMIT, logger).make(all)), dryRun);
        if (context.isJson()) {
            context.printJson(report.json(all.size()));
        } else if (!context.isQuiet() || !report.isHealthy()) {
            context.print(report.text(new Styles(context.isColor()), all.size()));
        }
        return report.isHealthy() ? 0 : WRONG;
    }

    /** With both options nothing is changed: who asks for a rehearsal gets one. */
    private List<Diagnosis> treat(List<Diagnosis> found) throws InterruptedException {
        if (!fix || dryRun) {
            return found;
        }
        List<Diagnosis> treated = new ArrayList<>();
        for (Diagnosis diagnosis : found) {
            treated.add(diagnosis.treated());
        }
        return treated;
    }
}
