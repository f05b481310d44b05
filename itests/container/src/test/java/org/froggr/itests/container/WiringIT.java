package org.froggr.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.inject.Inject;
import org.froggr.api.session.SessionManager;
import org.froggr.spi.backend.MountBackend;
import org.froggr.spi.command.Verb;
import org.froggr.spi.presentation.Presenter;
import org.froggr.spi.recovery.RecoveryPolicy;
import org.froggr.spi.transport.Transport;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** The bundles resolve and start, and their services find each other. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class WiringIT {
    @Inject
    private BundleContext context;

    @Inject
    private SessionManager sessions;

    @Inject
    private ServiceComponentRuntime components;

    @Configuration
    public Option[] configuration() {
        return Container.options();
    }

    @Test
    public void everyBundleOfFroggrIsActive() {
        List<Bundle> ours = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("org.froggr."))
                .toList();
        assertEquals(14, ours.size());
        for (Bundle bundle : ours) {
            assertEquals(bundle.getSymbolicName(), Bundle.ACTIVE, bundle.getState());
        }
    }

    @Test
    public void everyComponentIsSatisfied() {
        List<String> unsatisfied = new ArrayList<>();
        for (ComponentDescriptionDTO component : components.getComponentDescriptionDTOs()) {
            for (ComponentConfigurationDTO found : components.getComponentConfigurationDTOs(component)) {
                if ((found.state & (ComponentConfigurationDTO.ACTIVE | ComponentConfigurationDTO.SATISFIED)) == 0) {
                    unsatisfied.add(component.name);
                }
            }
        }
        assertEquals(List.of(), unsatisfied);
    }

    @Test
    public void servicesBearTheirProperties() throws InvalidSyntaxException {
        assertEquals(
                Set.of("resume", "remount", "clean-up", "quarantine"),
                values(RecoveryPolicy.class, RecoveryPolicy.NAME));
        assertEquals(Set.of("pipe", "unix"), values(Transport.class, Transport.NAME));
        assertTrue(values(MountBackend.class, MountBackend.SCHEME).contains(MountBackend.LOCAL));
        assertEquals(Set.of(Presenter.KERNEL), values(Presenter.class, Presenter.PRESENTS));
        Set<String> verbs = values(Verb.class, Verb.NAME);
        List<String> all = List.of(
                "mount",
                "bind",
                "reorder",
                "unmount",
                "umount",
                "ns",
                "session",
                "exec",
                "enter",
                "shell",
                "gogo",
                "platform",
                "doctor");
        assertTrue(verbs.toString(), verbs.containsAll(all));
    }

    @Test
    public void theSessionManagerAnswers() {
        assertEquals(List.of(), sessions.list());
    }

    private <T> Set<String> values(Class<T> service, String property) throws InvalidSyntaxException {
        Set<String> values = new TreeSet<>();
        for (ServiceReference<T> reference : context.getServiceReferences(service, null)) {
            Object value = reference.getProperty(property);
            values.addAll(value instanceof String[] several ? List.of(several) : List.of(String.valueOf(value)));
        }
        return values;
    }
}
