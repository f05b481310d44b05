package org.froggr.itests.harness;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a {@link FrgTest} in its worlds. Tests of one class share a platform as long as none fails. */
final class FrgExtension implements TestTemplateInvocationContextProvider {
    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(FrgExtension.class);

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        FrgTest test = context.getRequiredTestMethod().getAnnotation(FrgTest.class);
        return Arrays.stream(test.value()).map(world -> new InWorld(world, test.fresh()));
    }

    private record InWorld(World world, boolean fresh) implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int index) {
            return "[" + world.title() + "]";
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new Fixture(world, fresh));
        }
    }

    /** A platform that the tests of one class share. */
    private static final class Shared implements CloseableResource {
        private final Froggr froggr;
        private final String mountTable;

        Shared(World world) {
            froggr = Froggr.in(world);
            mountTable = froggr.mountTable();
        }

        @Override
        public void close() {
            froggr.close();
        }
    }

    private static final class Fixture implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
        private final World world;
        private final boolean fresh;
        private Shared shared;

        Fixture(World world, boolean fresh) {
            this.world = world;
            this.fresh = fresh;
        }

        @Override
        public void beforeEach(ExtensionContext context) {
            Need.that(world.isPossible(), "root, to run as: " + world.title());
            shared = fresh
                    ? new Shared(world)
                    : classStore(context).getOrComputeIfAbsent(world, key -> new Shared(world), Shared.class);
        }

        private static ExtensionContext.Store classStore(ExtensionContext context) {
            ExtensionContext ofClass = context;
            while (ofClass.getTestMethod().isPresent()) {
                ofClass = ofClass.getParent().orElseThrow();
            }
            return ofClass.getStore(STORE);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Froggr.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return shared.froggr;
        }

        @Override
        public void afterEach(ExtensionContext context) {
            if (shared == null) {
                return;
            }
            boolean good = false;
            try {
                context.getExecutionException()
                        .ifPresent(e ->
                                e.addSuppressed(new AssertionError("the platform's log:\n" + shared.froggr.log())));
                if (context.getExecutionException().isEmpty()) {
                    shared.froggr.purge(shared.mountTable);
                    shared.froggr.rootly("rm -rf --one-file-system " + shared.froggr.work() + "/..?* "
                            + shared.froggr.work() + "/.[!.]* " + shared.froggr.work() + "/*");
                    good = true;
                }
            } finally {
                if (!fresh && !good) {
                    classStore(context).remove(world);
                }
                if (fresh || !good) {
                    shared.close();
                }
            }
        }
    }
}
