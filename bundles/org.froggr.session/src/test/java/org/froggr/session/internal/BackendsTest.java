package org.froggr.session.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.session.internal.store.RecordingLogger;
import org.froggr.spi.backend.AttachRequest;
import org.froggr.spi.backend.Attachment;
import org.froggr.spi.backend.MountBackend;
import org.froggr.spi.backend.Tree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackendsTest {
    private static final AttachRequest REQUEST =
            new Calls.Attach("test", "x", OptionalInt.empty(), List.of(), false, 0);

    private final Backends backends = new Backends(RecordingLogger.silent());

    @AfterEach
    void close() {
        backends.close();
    }

    /** A tree that tells when it is given back. */
    private record Watched(CountDownLatch closed) implements Attachment {
        @Override
        public Tree tree() {
            return Tree.kernel(BytePath.ROOT);
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    private Errno refusal(MountBackend backend) {
        ErrnoException e = assertThrows(ErrnoException.class, () -> backends.attach(backend, REQUEST));
        return Errno.of(e.number()).orElseThrow();
    }

    @Test
    void handsOnWhatTheBackendGives() throws Exception {
        Attachment tree = new Watched(new CountDownLatch(1));

        assertSame(tree, backends.attach(request -> tree, REQUEST));
    }

    @Test
    void anErrorIsHandedOnAndNonsenseIsAnInputOutputError() {
        assertEquals(Errno.ENOENT, refusal(request -> {
            throw new ErrnoException(Errno.ENOENT, "attach");
        }));
        assertEquals(Errno.EIO, refusal(request -> null));
        assertEquals(Errno.EIO, refusal(request -> {
            throw new IllegalStateException("broken");
        }));
        assertEquals(Errno.EIO, refusal(request -> {
            throw new NoClassDefFoundError("broken");
        }));
    }

    @Test
    void aTreeThatComesAfterTheCallerWasInterruptedIsGivenBack() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch given = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        MountBackend slow = request -> {
            called.countDown();
            awaitInSpiteOfInterrupts(given);
            return new Watched(closed);
        };
        Thread caller = new Thread(() -> assertEquals(Errno.EINTR, refusal(slow)));
        caller.start();
        assertTrue(called.await(10, TimeUnit.SECONDS));
        caller.interrupt();
        caller.join(10_000);

        given.countDown();

        assertTrue(closed.await(10, TimeUnit.SECONDS));
    }

    private static void awaitInSpiteOfInterrupts(CountDownLatch latch) {
        boolean done = false;
        while (!done) {
            try {
                done = latch.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                done = latch.getCount() == 0;
            }
        }
    }
}
