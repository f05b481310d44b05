package org.froggr.features.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/** Says in words why a bundle does not resolve, or what it will miss when it runs. */
final class RequirementReport {
    private static final String PACKAGE = "osgi.wiring.package";
    private static final String SERVICE = "osgi.service";

    private final List<BundleCapability> offered = new ArrayList<>();

    /** A report about these bundles, which have these and the framework to lean on. */
    RequirementReport(List<Bundle> bundles, Bundle framework) {
        Stream.concat(Stream.of(framework), bundles.stream())
                .map(bundle -> bundle.adapt(BundleRevision.class))
                .forEach(revision -> offered.addAll(revision.getDeclaredCapabilities(null)));
    }

    /** One sentence for each thing that is missing. */
    List<String> problems(Bundle bundle) {
        List<String> problems = new ArrayList<>();
        for (BundleRequirement need : bundle.adapt(BundleRevision.class).getDeclaredRequirements(null)) {
            if (isMandatory(need) && offered.stream().noneMatch(need::matches)) {
                problems.add(bundle.getSymbolicName() + " needs " + words(need) + ", which no bundle of the feature offers");
            }
        }
        if (problems.isEmpty() && bundle.getState() == Bundle.INSTALLED) {
            problems.add(bundle.getSymbolicName() + " does not resolve: " + reason(bundle));
        }
        return problems;
    }

    private static boolean isMandatory(BundleRequirement need) {
        return !Constants.RESOLUTION_OPTIONAL.equals(need.getDirectives().get(Constants.RESOLUTION_DIRECTIVE))
                && !"dynamic".equals(need.getDirectives().get(Constants.RESOLUTION_DIRECTIVE));
    }

    private static String words(BundleRequirement need) {
        String filter = need.getDirectives().get(Constants.FILTER_DIRECTIVE);
        return switch (need.getNamespace()) {
            case PACKAGE -> "package " + filter;
            case SERVICE -> "a service " + filter;
            default -> need.getNamespace() + " " + filter;
        };
    }

    /** Each requirement alone can be met, but not all together: only the framework knows why. */
    private static String reason(Bundle bundle) {
        try {
            bundle.start(Bundle.START_TRANSIENT);
            return "it started nevertheless";
        } catch (BundleException e) {
            return e.getMessage();
        }
    }
}
