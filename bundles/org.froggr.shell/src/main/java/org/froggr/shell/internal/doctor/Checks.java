package org.froggr.shell.internal.doctor;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.froggr.spi.doctor.DoctorCheck;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The checks that there are at this moment, of whatever bundle. */
@Component(service = Checks.class)
public final class Checks {
    private static final int DEFAULT_POSITION = 1000;

    private final Map<DoctorCheck, Named> checks = new ConcurrentHashMap<>();

    /** A check with what its service says of it. */
    public record Named(String name, int position, DoctorCheck check) {}

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void add(DoctorCheck check, Map<String, ?> properties) {
        String name = properties.get(DoctorCheck.NAME) instanceof String text ? text : check.getClass().getSimpleName();
        int position = properties.get(DoctorCheck.POSITION) instanceof Integer number ? number : DEFAULT_POSITION;
        checks.put(check, new Named(name, position, check));
    }

    public void remove(DoctorCheck check) {
        checks.remove(check);
    }

    /** In the order in which they are made. */
    public List<Named> all() {
        return checks.values().stream()
                .sorted(Comparator.comparingInt(Named::position).thenComparing(Named::name))
                .toList();
    }
}
