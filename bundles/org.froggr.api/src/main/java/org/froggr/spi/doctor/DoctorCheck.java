package org.froggr.spi.doctor;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One check of {@code frg doctor}: an OSGi service with {@link #NAME}.
 *
 * <p>Called on a thread of its own for each call of the doctor, maybe several at once. A check that takes
 * longer than some seconds is interrupted and reported as one that hangs; what it throws is reported as
 * a check that failed. So it must neither wait for a FUSE file system nor walk into one.
 */
@ConsumerType
public interface DoctorCheck {
    /** Service property: what it looks at, one lower-case word; String. Shown in front of each finding. */
    String NAME = "froggr.check";

    /** Service property: position among the checks, ascending; Integer, 1000 unless set. */
    String POSITION = "froggr.check.position";

    /**
     * Looks, and changes nothing.
     *
     * @return what is wrong, the most important first; empty if nothing is
     * @throws Exception if it cannot be found out
     */
    List<Finding> examine() throws Exception;
}
