package org.froggr.shell.internal.command;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.froggr.spi.command.Verb;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/** Keeps the catalogue of verbs in step with the {@link Verb} services. */
@Component(service = Verbs.class)
public final class Verbs implements ServiceTrackerCustomizer<Verb, AtomicReference<Verbs.Offered>> {
    private static final int DEFAULT_POSITION = 1000;

    private final VerbCatalogue catalogue = new VerbCatalogue();
    private final BundleContext context;
    private final Logger logger;
    private final ServiceTracker<Verb, AtomicReference<Offered>> tracker;

    /** What a service is in the catalogue, and its instances. */
    record Offered(VerbOffer offer, VerbPool pool) {}

    @Activate
    public Verbs(BundleContext context, @Reference(service = LoggerFactory.class) Logger logger) {
        this.context = context;
        this.logger = logger;
        this.tracker = new ServiceTracker<>(context, Verb.class, this);
        tracker.open();
    }

    @Deactivate
    void close() {
        tracker.close();
    }

    public VerbCatalogue catalogue() {
        return catalogue;
    }

    @Override
    public AtomicReference<Offered> addingService(ServiceReference<Verb> reference) {
        AtomicReference<Offered> current = new AtomicReference<>();
        put(reference, current);
        return current;
    }

    @Override
    public void modifiedService(ServiceReference<Verb> reference, AtomicReference<Offered> current) {
        removedService(reference, current);
        put(reference, current);
    }

    @Override
    public void removedService(ServiceReference<Verb> reference, AtomicReference<Offered> current) {
        Offered offered = current.getAndSet(null);
        if (offered != null) {
            catalogue.remove(offered.offer());
            offered.pool().close();
        }
    }

    private void put(ServiceReference<Verb> reference, AtomicReference<Offered> current) {
        if (isSound(reference)) {
            ServiceObjects<Verb> objects = context.getServiceObjects(reference);
            VerbPool pool = new VerbPool(() -> lease(objects));
            VerbOffer offer = offer(reference, pool);
            current.set(new Offered(offer, pool));
            catalogue.add(offer);
        }
    }

    private boolean isSound(ServiceReference<Verb> reference) {
        List<String> names = names(reference.getProperty(Verb.NAME));
        if (names.isEmpty()) {
            logger.warn("{} offers a verb without the property {}; it is left out", bundle(reference), Verb.NAME);
            return false;
        }
        if (!Constants.SCOPE_PROTOTYPE.equals(reference.getProperty(Constants.SERVICE_SCOPE))) {
            // One instance for two calls would mix their arguments.
            logger.warn("{} offers the verb {} not in prototype scope; it is left out", bundle(reference), names);
            return false;
        }
        return true;
    }

    private static VerbOffer offer(ServiceReference<Verb> reference, VerbPool pool) {
        return new VerbOffer(
                names(reference.getProperty(Verb.NAME)),
                integer(reference.getProperty(Verb.POSITION), DEFAULT_POSITION),
                new VerbOffer.Rank(
                        integer(reference.getProperty(Constants.SERVICE_RANKING), 0),
                        (Long) reference.getProperty(Constants.SERVICE_ID)),
                pool::lease);
    }

    private Optional<VerbLease> lease(ServiceObjects<Verb> objects) {
        if (objects == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(objects.getService()).map(verb -> lease(objects, verb));
        } catch (IllegalStateException e) {
            // The reference went invalid between look-up and use.
            return Optional.empty();
        }
    }

    private VerbLease lease(ServiceObjects<Verb> objects, Verb verb) {
        try {
            return new VerbLease(new VerbCommand(verb), () -> giveBack(objects, verb));
        } catch (RuntimeException e) {
            // Picocli refuses its annotations.
            giveBack(objects, verb);
            throw e;
        }
    }

    private void giveBack(ServiceObjects<Verb> objects, Verb verb) {
        try {
            objects.ungetService(verb);
        } catch (IllegalStateException | IllegalArgumentException e) {
            logger.debug("a verb was unregistered during a call, which gave its instance back already", e);
        }
    }

    private static List<String> names(Object property) {
        if (property instanceof String[] names) {
            return List.of(names);
        }
        return property instanceof String name ? List.of(name) : List.of();
    }

    private static int integer(Object property, int otherwise) {
        return property instanceof Integer number ? number : otherwise;
    }

    private static String bundle(ServiceReference<?> reference) {
        return reference.getBundle() == null ? "a bundle" : reference.getBundle().getSymbolicName();
    }
}
