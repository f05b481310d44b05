package org.froggr.session.internal;

import java.util.ArrayList;
import java.util.List;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Says why a service is not there, and which bundle would offer it. */
final class Missing {
    private final BundleContext bundles;

    Missing(BundleContext bundles) {
        this.bundles = bundles;
    }

    /**
     * @param wanted what was asked for, for the message: {@code a union}, {@code the scheme "hello"}
     * @param service the SPI
     * @param property name and value that the service would have
     * @param there the values that are on offer
     */
    FroggrException service(String wanted, Class<?> service, String property, List<String> there) {
        List<String> idle = idleProviders(service);
        String why = idle.isEmpty() ? "" : "; not at work: " + String.join(", ", idle);
        String offer = there.isEmpty() ? "nothing of the kind is" : "there is " + String.join(", ", there);
        return FroggrException.of(Fault.UNSUPPORTED, "no active bundle offers " + wanted + " (" + offer + ")" + why)
                .hint(
                        idle.isEmpty()
                                ? "install a bundle that provides " + service.getSimpleName() + " with " + property
                                : "frg gogo lb, and start or update that bundle");
    }

    private List<String> idleProviders(Class<?> service) {
        List<String> idle = new ArrayList<>();
        for (Bundle bundle : bundles.getBundles()) {
            String capabilities = bundle.getHeaders().get("Provide-Capability");
            boolean provides = capabilities != null && capabilities.contains(service.getName());
            if (provides && bundle.getState() != Bundle.ACTIVE && bundle.getState() != Bundle.STARTING) {
                idle.add(bundle.getSymbolicName() + " " + bundle.getVersion() + " (" + stateOf(bundle) + ")");
            }
        }
        return idle;
    }

    private static String stateOf(Bundle bundle) {
        return switch (bundle.getState()) {
            case Bundle.INSTALLED -> "not resolved: something that it imports is missing";
            case Bundle.RESOLVED -> "stopped";
            case Bundle.STOPPING -> "stopping";
            default -> "uninstalled";
        };
    }
}
