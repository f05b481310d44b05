package org.froggr.backend.kernel.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.At;
import org.froggr.linux.Fd;
import org.froggr.linux.OwnedFd;
import org.froggr.spi.backend.AttachRequest;
import org.froggr.spi.backend.Attachment;
import org.froggr.spi.backend.MountBackend;
import org.froggr.spi.backend.MountBackendContract;
import org.froggr.spi.backend.TestAttachRequest;
import org.froggr.spi.backend.Tree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KernelBackendTest extends MountBackendContract {
    /** Its name is not valid UTF-8. */
    private static final BytePath DIRECTORY =
            BytePath.of("/tmp/froggr-backend-" + Long.toHexString(System.nanoTime()) + "\udcff");

    private OwnedFd descriptor;

    @BeforeEach
    void makeDirectory() throws ErrnoException {
        At.mkdir(Fd.AT_FDCWD, DIRECTORY, 0700);
        descriptor = OwnedFd.of(Fd.open(DIRECTORY, Fd.O_PATH, 0));
    }

    @AfterEach
    void removeDirectory() throws ErrnoException {
        descriptor.close();
        At.rmdir(Fd.AT_FDCWD, DIRECTORY);
    }

    @Override
    protected MountBackend backend() {
        return new KernelBackend();
    }

    @Override
    protected AttachRequest good() {
        return TestAttachRequest.local(DIRECTORY.toString(), descriptor.number());
    }

    @Override
    protected AttachRequest missing() {
        return TestAttachRequest.of(MountBackend.LOCAL, "/nowhere/at/all");
    }

    private static ErrnoException refused(AttachRequest request) {
        ErrnoException error = assertThrows(ErrnoException.class, () -> new KernelBackend().attach(request));
        assertTrue(error.is(Errno.EINVAL), error.getMessage());
        return error;
    }

    @Test
    void theTreeIsTheDirectoryItself() throws Exception {
        try (Attachment attachment = backend().attach(good())) {
            assertEquals(Tree.kernel(DIRECTORY), attachment.tree());
        }
    }

    @Test
    void optionsAreUnknownToIt() {
        AttachRequest request =
                TestAttachRequest.local(DIRECTORY.toString(), descriptor.number()).options("compress=zstd");
        assertTrue(refused(request).getMessage().contains("compress=zstd"));
    }

    @Test
    void aRelativePathMeansNothing() {
        refused(TestAttachRequest.of(MountBackend.LOCAL, "tmp"));
    }
}
