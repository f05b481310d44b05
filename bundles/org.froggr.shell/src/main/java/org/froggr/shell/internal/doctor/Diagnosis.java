package org.froggr.shell.internal.doctor;

import java.util.Optional;
import org.froggr.spi.doctor.Finding;
import org.froggr.spi.doctor.Finding.Severity;

/**
 * A finding and what became of it.
 *
 * @param check name of the check that made it
 * @param treatment what {@code --fix} did about it
 * @param problem why it could not be mended; empty if it was, or was not to be
 */
public record Diagnosis(String check, Finding finding, Treatment treatment, Optional<String> problem) {
    /** What was done. */
    public enum Treatment {
        /** Nothing. */
        NONE,
        /** It is mended. */
        MENDED,
        /** It was tried. */
        FAILED
    }

    static Diagnosis of(String check, Finding finding) {
        return new Diagnosis(check, finding, Treatment.NONE, Optional.empty());
    }

    /** The same, once its remedy was applied, if it has one. */
    public Diagnosis treated() throws InterruptedException {
        if (finding.remedy().isEmpty()) {
            return this;
        }
        try {
            finding.remedy().get().apply();
            return new Diagnosis(check, finding, Treatment.MENDED, Optional.empty());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return new Diagnosis(check, finding, Treatment.FAILED, Optional.of(String.valueOf(e.getMessage())));
        }
    }

    /** Whether something is still wrong. */
    public boolean isOpen() {
        return treatment != Treatment.MENDED && finding.severity() != Severity.NOTE;
    }
}
