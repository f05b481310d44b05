package org.froggr.spi.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.froggr.api.ErrnoException;
import org.junit.jupiter.api.Test;

/**
 * What every {@link MountBackend} must do. An implementer extends it, gives a backend and requests,
 * and cleans up in its own {@code @AfterEach}.
 */
public abstract class MountBackendContract {
    /** A backend as the platform would get it. */
    protected abstract MountBackend backend();

    /** A request that succeeds. */
    protected abstract AttachRequest good() throws Exception;

    /** A request for something that does not exist. */
    protected abstract AttachRequest missing() throws Exception;

    @Test
    void theTreeIsTheSameForTheAttachmentsWholeLife() throws Exception {
        try (Attachment attachment = backend().attach(good())) {
            Tree tree = attachment.tree();
            assertNotNull(tree);
            assertEquals(tree, attachment.tree());
        }
    }

    @Test
    void aKernelTreeLiesAtAnAbsolutePath() throws Exception {
        try (Attachment attachment = backend().attach(good())) {
            if (attachment.tree() instanceof Tree.Kernel kernel) {
                assertEquals(true, kernel.directory().isAbsolute(), kernel.directory().quoted());
            }
        }
    }

    @Test
    void closingTwiceIsClosingOnce() throws Exception {
        Attachment attachment = backend().attach(good());
        attachment.close();
        attachment.close();
    }

    @Test
    void goesOnAfterQuiesceAndResume() throws Exception {
        try (Attachment attachment = backend().attach(good())) {
            attachment.quiesce(Duration.ofSeconds(5));
            attachment.resume();
            assertEquals(Health.OK, attachment.probe());
        }
    }

    @Test
    void aProbeReturnsWithinASecond() throws Exception {
        try (Attachment attachment = backend().attach(good())) {
            assertEquals(Health.OK, assertTimeout(Duration.ofSeconds(1), attachment::probe));
        }
    }

    @Test
    void whatIsMissingIsAnErrorOfTheKernel() throws Exception {
        AttachRequest missing = missing();
        ErrnoException error = assertThrows(ErrnoException.class, () -> backend().attach(missing));
        assertNotEquals(0, error.number());
    }

    @Test
    void afterAFailureTheNextRequestSucceeds() throws Exception {
        AttachRequest missing = missing();
        MountBackend backend = backend();
        assertThrows(ErrnoException.class, () -> backend.attach(missing));
        backend.attach(good()).close();
    }

    @Test
    void severalRequestsAtOnce() throws Exception {
        MountBackend backend = backend();
        AttachRequest request = good();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Attachment>> attached = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                attached.add(threads.submit(() -> backend.attach(request)));
            }
            for (Future<Attachment> attachment : attached) {
                attachment.get().close();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aSuccessorAdoptsAKernelTree() throws Exception {
        AttachRequest request = good();
        try (Attachment attachment = backend().attach(request)) {
            if (attachment.tree() instanceof Tree.Kernel kernel) {
                try (Attachment adopted = backend().adopt(request, kernel.directory())) {
                    assertEquals(kernel, assertInstanceOf(Tree.Kernel.class, adopted.tree()));
                }
            }
        }
    }
}
