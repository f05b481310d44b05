package org.froggr.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.froggr.api.Errno;
import org.junit.jupiter.api.Test;

class ThreadSignalTest {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);

    @Test
    void endsACallThatWaits() throws Exception {
        int[] pipe = Fd.pipe();
        try {
            CompletableFuture<ThreadSignal> signal = new CompletableFuture<>();
            CompletableFuture<Integer> result = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                ByteBuffer into = ByteBuffer.allocateDirect(8);
                signal.complete(ThreadSignal.ofThisThread());
                result.complete(FuseDevice.read(pipe[0], FuseDevice.address(into), 8));
            });
            thread.start();
            ThreadSignal itsSignal = signal.get();
            long end = System.nanoTime() + LIMIT_NANOS;
            while (!result.isDone()) {
                assertTrue(System.nanoTime() < end, "it waits still");
                itsSignal.send();
            }
            assertEquals(-Errno.EINTR.number(), result.get());
            thread.join();
            itsSignal.send();
        } finally {
            Fd.close(pipe[0]);
            Fd.close(pipe[1]);
        }
    }

    @Test
    void disturbsNothingElse() throws Exception {
        int[] pipe = Fd.pipe();
        try {
            ThreadSignal own = ThreadSignal.ofThisThread();
            own.send();
            own.absorb();
            Fd.write(pipe[1], new byte[] {1, 2, 3}, 0, 3);
            ByteBuffer into = ByteBuffer.allocateDirect(8);
            assertEquals(3, FuseDevice.read(pipe[0], FuseDevice.address(into), 8));
            assertEquals(2, into.get(1));
        } finally {
            Fd.close(pipe[0]);
            Fd.close(pipe[1]);
        }
    }

    @Test
    void saysWhetherThereIsSomethingToRead() throws Exception {
        int[] pipe = Fd.pipe();
        try {
            ByteBuffer scratch = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
            assertFalse(FuseDevice.isReadable(pipe[0], scratch, 8));
            Fd.write(pipe[1], new byte[1], 0, 1);
            assertTrue(FuseDevice.isReadable(pipe[0], scratch, 8));
        } finally {
            Fd.close(pipe[0]);
            Fd.close(pipe[1]);
        }
    }
}
