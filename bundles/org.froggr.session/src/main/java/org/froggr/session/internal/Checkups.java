package org.froggr.session.internal;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import org.froggr.session.internal.process.UserNamespaceCheck;
import org.froggr.spi.doctor.DoctorCheck;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** The checks of {@code frg doctor} that need to know the sessions. */
final class Checkups implements AutoCloseable {
    private final List<ServiceRegistration<DoctorCheck>> registrations = new ArrayList<>();

    private Checkups() {}

    static Checkups register(
            BundleContext bundles,
            ManagerContext context,
            Adopter adopter,
            Housekeeper housekeeper,
            OrphanSweep orphans) {
        Checkups checkups = new Checkups();
        checkups.add(bundles, "namespaces", 15, new UserNamespaceCheck());
        checkups.add(bundles, "sessions", 50, new SessionCheck(context));
        checkups.add(bundles, "leaks", 60, new LeakCheck(context, adopter, housekeeper, orphans));
        return checkups;
    }

    private void add(BundleContext bundles, String name, int position, DoctorCheck check) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(DoctorCheck.NAME, name);
        properties.put(DoctorCheck.POSITION, position);
        registrations.add(bundles.registerService(DoctorCheck.class, check, properties));
    }

    @Override
    public void close() {
        registrations.forEach(ServiceRegistration::unregister);
        registrations.clear();
    }
}
