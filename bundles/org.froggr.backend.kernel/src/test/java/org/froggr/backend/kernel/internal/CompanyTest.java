package org.froggr.backend.kernel.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.api.session.UnmountMode;
import org.froggr.linux.Mounts;
import org.froggr.spi.presentation.Submount;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What leaves with a bind and what does not. In each test {@code a} is mounted on {@code b}, {@code c} on
 * {@code b/x}, and {@code b} with all below it on {@code d}.
 */
class CompanyTest {
    private final TestPresent present = new TestPresent(new OwnSpace());

    /** The mounts on b, b/x and d, and what came along with the last. */
    private record Stack(Sandbox box, long b, long x, long d, Optional<List<Submount>> along) {
        BytePath path(String name) {
            return box.path(name);
        }
    }

    @FunctionalInterface
    private interface Body {
        void in(Stack stack) throws Exception;
    }

    private void stacked(Sandbox.Root root, Body body) throws Exception {
        root.run(box -> {
            for (String name : new String[] {"a", "a/x", "a/own", "b", "c", "d"}) {
                box.dir(name);
            }
            box.file("c/mark", "c");
            long b = present.bind(box.path("a"), box.path("b"));
            long x = present.bind(box.path("c"), box.path("b/x"));
            long d = present.rbind(box.path("b"), box.path("d"));
            Optional<List<Submount>> along = present.below(d);
            assertEquals(1, along.orElseThrow().size());
            body.in(new Stack(box, b, x, d, along));
        });
    }

    private void unbind(Stack stack, long id, String target, Optional<List<Submount>> along, Long... entries)
            throws Exception {
        present.unbind(id, stack.path(target), UnmountMode.ORDERLY, along, Set.of(entries));
    }

    private BytePath refused(Stack stack, long id, String target, Optional<List<Submount>> along, Long... entries) {
        ErrnoException error =
                assertThrows(ErrnoException.class, () -> unbind(stack, id, target, along, entries));
        assertTrue(error.is(Errno.EBUSY), error.getMessage());
        return error.path();
    }

    @ParameterizedTest
    @EnumSource
    void whatCameAlongLeavesAlsoWhenTheSourceHasLostIt(Sandbox.Root root) throws Exception {
        stacked(root, stack -> {
            unbind(stack, stack.x(), "b/x", Optional.of(List.of()));
            unbind(stack, stack.d(), "d", stack.along(), stack.b(), stack.d());
            assertEquals(stack.b(), stack.box().topmost(stack.path("b/x")));
            assertTrue(MountTable.ofThread().find(stack.d()).isEmpty());
        });
    }

    @ParameterizedTest
    @EnumSource
    void alsoWhenItWasPutBackWithAnotherId(Sandbox.Root root) throws Exception {
        stacked(root, stack -> {
            unbind(stack, stack.x(), "b/x", Optional.of(List.of()));
            if (root == Sandbox.Root.PRIVATE) {
                stack.box().using(stack.path("d"), box -> refused(stack, stack.d(), "d", stack.along()));
            }
            unbind(stack, stack.d(), "d", stack.along());
        });
    }

    @ParameterizedTest
    @EnumSource
    void anotherTreeInItsPlaceDoesNot(Sandbox.Root root) throws Exception {
        stacked(root, stack -> {
            Mounts.umount(stack.path("d/x"), 0);
            stack.box().tmpfs(stack.path("d/x"));
            assertEquals(stack.path("d/x"), refused(stack, stack.d(), "d", stack.along()));
            assertEquals("x", stack.box().read(stack.path("d/x/mark")));
        });
    }

    @ParameterizedTest
    @EnumSource
    void norDoesWhatAPersonMountedLater(Sandbox.Root root) throws Exception {
        stacked(root, stack -> {
            stack.box().tmpfs(stack.path("d/own"));
            String before = stack.box().table();
            assertEquals(stack.path("d/own"), refused(stack, stack.d(), "d", stack.along()));
            assertEquals(before, stack.box().table());
        });
    }

    @ParameterizedTest
    @EnumSource
    void aSourceKeepsWhatOthersTookAlongFromIt(Sandbox.Root root) throws Exception {
        stacked(root, stack -> {
            String before = stack.box().table();
            // On the source it was mounted later, and the bind that took it along is no source of it.
            assertEquals(stack.path("b/x"), refused(stack, stack.b(), "b", Optional.of(List.of())));
            // Nothing is known of this one, but the mount has a session of its own.
            assertEquals(stack.path("b/x"), refused(stack, stack.b(), "b", Optional.empty(), stack.x()));
            assertEquals(before, stack.box().table());
        });
    }

    @ParameterizedTest
    @EnumSource
    void ofAMountThatNothingIsKnownOfTheTwinsLeave(Sandbox.Root root) throws Exception {
        stacked(root, stack -> {
            unbind(stack, stack.d(), "d", Optional.empty(), stack.b(), stack.x());
            assertEquals("c", stack.box().read(stack.path("b/x/mark")));
        });
    }
}
