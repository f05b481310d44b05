package org.froggr.shell.internal.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Ids;
import org.froggr.linux.ProcStat;
import org.froggr.linux.Processes;
import org.froggr.shell.internal.render.Styles;
import org.froggr.shell.internal.render.Visible;
import org.froggr.spi.doctor.Finding;
import org.froggr.spi.doctor.Finding.Severity;

/** Diagnoses as text and as JSON. */
public final class DoctorReport {
    private final List<Diagnosis> diagnoses;
    private final boolean rehearsal;

    /** @param rehearsal whether it is said what {@code --fix} would do */
    public DoctorReport(List<Diagnosis> diagnoses, boolean rehearsal) {
        this.diagnoses = List.copyOf(diagnoses);
        this.rehearsal = rehearsal;
    }

    /** Whether nothing is wrong any more. */
    public boolean isHealthy() {
        return diagnoses.stream().noneMatch(Diagnosis::isOpen);
    }

    public Map<String, Object> json(int checks) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("healthy", isHealthy());
        json.put("checks", checks);
        json.put("findings", diagnoses.stream().map(this::json).toList());
        return json;
    }

    private Map<String, Object> json(Diagnosis diagnosis) {
        Finding finding = diagnosis.finding();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("check", diagnosis.check());
        json.put("code", finding.code());
        json.put("severity", finding.severity().name());
        json.put("what", finding.what());
        json.put("object", finding.object().orElse(null));
        json.put("holder", holder(finding.holder()).map(Holder::json).orElse(null));
        json.put("session", finding.session().map(UUID::toString).orElse(null));
        json.put("why", finding.why().orElse(null));
        json.put("advice", finding.advice().orElse(null));
        json.put("fix", finding.deed().orElse(null));
        json.put("mended", diagnosis.treatment() == Diagnosis.Treatment.MENDED);
        json.put("problem", diagnosis.problem().orElse(null));
        return json;
    }

    /** One block of lines a finding. */
    public String text(Styles styles, int checks) {
        StringBuilder out = new StringBuilder();
        for (Diagnosis diagnosis : diagnoses) {
            block(diagnosis, styles, out);
        }
        return out.append(summary(checks)).append('\n').toString();
    }

    private void block(Diagnosis diagnosis, Styles styles, StringBuilder out) {
        Finding finding = diagnosis.finding();
        out.append(diagnosis.check()).append(": ").append(severity(finding.severity(), styles)).append(' ')
                .append(finding.code()).append(": ").append(Visible.line(finding.what())).append('\n');
        finding.object().ifPresent(object -> field("object", Visible.word(object), out));
        holder(finding.holder()).ifPresent(holder -> field("holder", holder.text(), out));
        finding.session().ifPresent(session -> field("session", session.toString(), out));
        finding.why().ifPresent(why -> field("matters", Visible.line(why), out));
        finding.advice().ifPresent(advice -> field("try", Visible.line(advice), out));
        finding.deed().ifPresent(deed -> field(label(diagnosis), Visible.line(deed), out));
        diagnosis.problem().ifPresent(problem -> field("because", Visible.line(problem), out));
    }

    private String label(Diagnosis diagnosis) {
        return switch (diagnosis.treatment()) {
            case MENDED -> "mended";
            case FAILED -> "failed";
            case NONE -> rehearsal ? "would" : "--fix";
        };
    }

    private static void field(String label, String value, StringBuilder out) {
        out.append("  ").append(String.format("%-9s", label)).append(value).append('\n');
    }

    private static String severity(Severity severity, Styles styles) {
        return switch (severity) {
            case FAULT -> styles.red(severity.name());
            case WARNING -> styles.yellow(severity.name());
            case NOTE -> severity.name();
        };
    }

    private String summary(int checks) {
        long open = diagnoses.stream().filter(Diagnosis::isOpen).count();
        long mended = diagnoses.stream().filter(d -> d.treatment() == Diagnosis.Treatment.MENDED).count();
        long mendable = diagnoses.stream().filter(d -> d.isOpen() && d.finding().remedy().isPresent()).count();
        List<String> parts = new ArrayList<>();
        parts.add(checks + (checks == 1 ? " check" : " checks"));
        parts.add(open == 0 ? "nothing is wrong" : open + (open == 1 ? " thing is wrong" : " things are wrong"));
        if (mended > 0) {
            parts.add(mended + " mended");
        }
        if (mendable > 0 && mended == 0) {
            parts.add("frg doctor --fix mends " + mendable);
        }
        return String.join(", ", parts);
    }

    /** A process as a person wants to see it. */
    private record Holder(long pid, String program, String user) {
        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("pid", pid);
            json.put("program", program);
            json.put("user", user);
            return json;
        }

        String text() {
            return "process " + pid + " (" + Visible.line(program) + ") of " + Visible.line(user);
        }
    }

    private static Optional<Holder> holder(OptionalLong pid) {
        if (pid.isEmpty()) {
            return Optional.empty();
        }
        try {
            long number = pid.getAsLong();
            long uid = Processes.euid(number);
            String program = ProcStat.of(number).map(ProcStat::comm).orElse("?");
            return Optional.of(new Holder(number, program, Ids.userName(uid).orElse("user " + uid)));
        } catch (ErrnoException e) {
            return Optional.of(new Holder(pid.getAsLong(), "gone", "nobody"));
        }
    }
}
