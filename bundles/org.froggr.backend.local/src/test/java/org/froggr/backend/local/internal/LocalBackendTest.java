package org.froggr.backend.local.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import org.froggr.api.BytePath;
import org.froggr.api.Errno;
import org.froggr.api.ErrnoException;
import org.froggr.linux.Fd;
import org.froggr.linux.OwnedFd;
import org.froggr.spi.backend.AttachRequest;
import org.froggr.spi.backend.Attachment;
import org.froggr.spi.backend.MountBackend;
import org.froggr.spi.backend.MountBackendContract;
import org.froggr.spi.backend.TestAttachRequest;
import org.froggr.spi.backend.Tree;
import org.froggr.spi.tree.TreeUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.service.log.Logger;

class LocalBackendTest extends MountBackendContract {
    private Playground playground;
    private OwnedFd descriptor;

    @BeforeEach
    void makeDirectory() throws Exception {
        playground = new Playground(Playground.DISK);
        descriptor = OwnedFd.of(Fd.open(BytePath.of(playground.path().toString()), Fd.O_PATH, 0));
    }

    @AfterEach
    void removeDirectory() throws Exception {
        descriptor.close();
        playground.close();
    }

    @Override
    protected MountBackend backend() {
        return new LocalBackend(silent());
    }

    /** A logger that nobody reads: what is logged is told by the tree's own tests. */
    private static Logger silent() {
        return (Logger) Proxy.newProxyInstance(
                LocalBackendTest.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, args) -> null);
    }

    @Override
    protected AttachRequest good() {
        return TestAttachRequest.local(playground.path().toString(), descriptor.number());
    }

    @Override
    protected AttachRequest missing() {
        return TestAttachRequest.of(MountBackend.LOCAL, "/nowhere/at/all");
    }

    private static LocalTree files(Attachment attachment) {
        return assertInstanceOf(
                LocalTree.class, assertInstanceOf(Tree.Served.class, attachment.tree()).files());
    }

    @Test
    void theDescriptorCountsAndNotThePath() throws Exception {
        Files.writeString(playground.path("f"), "x");
        AttachRequest request = TestAttachRequest.local("/etc", descriptor.number());
        try (Attachment attachment = backend().attach(request)) {
            assertEquals("x", Playground.user(files(attachment)).read("f"));
        }
    }

    @Test
    void aTreeToBeReadCannotBeChanged() throws Exception {
        Files.writeString(playground.path("f"), "x");
        try (Attachment attachment = backend().attach(((TestAttachRequest) good()).reading())) {
            TreeUser user = Playground.user(files(attachment));
            assertEquals("x", user.read("f"));
            assertEquals(Errno.EROFS, TreeUser.errorOf(() -> user.open("f", TreeUser.O_WRONLY)));
            assertEquals(Errno.EROFS, TreeUser.errorOf(() -> user.open("f", TreeUser.O_TRUNC)));
            assertEquals(Errno.EROFS, TreeUser.errorOf(() -> user.create("g", TreeUser.O_RDWR, 0100644)));
            assertEquals(Errno.EROFS, TreeUser.errorOf(() -> user.mkdir("d")));
            assertEquals(Errno.EROFS, TreeUser.errorOf(() -> user.chmod("f", 0600)));
            assertEquals(Errno.EROFS, TreeUser.errorOf(() -> user.unlink("f")));
            assertEquals(Errno.EROFS, TreeUser.errorOf(() -> user.rename("f", "g")));
            assertEquals(Errno.EROFS, TreeUser.errorOf(() -> user.link("f", "g")));
        }
    }

    @Test
    void aFileIsATreeToo() throws Exception {
        Files.writeString(playground.path("f"), "x");
        try (OwnedFd file = OwnedFd.of(Fd.open(BytePath.of(playground.path("f").toString()), Fd.O_PATH, 0));
                Attachment attachment =
                        backend().attach(TestAttachRequest.local(playground.path("f").toString(), file.number()))) {
            LocalTree tree = files(attachment);
            TreeUser user = Playground.user(tree);
            assertSame(tree.root(), tree.root());
            assertEquals(1, user.stat("").size);
            assertEquals("x", user.read(""));
            user.chmod("", 0600);
            Files.delete(playground.path("f"));
            assertEquals("x", user.read(""));
            assertEquals(0600, user.stat("").mode & 0777);
            tree.sync();
        }
    }

    @Test
    void aSymbolicLinkIsNoTree() throws Exception {
        Files.createSymbolicLink(playground.path("l"), playground.path());
        try (OwnedFd link = OwnedFd.of(
                Fd.open(BytePath.of(playground.path("l").toString()), Fd.O_PATH | Fd.O_NOFOLLOW, 0))) {
            AttachRequest request = TestAttachRequest.local("/l", link.number());
            ErrnoException error = assertThrows(ErrnoException.class, () -> backend().attach(request));
            assertEquals(Errno.ELOOP.number(), error.number());
        }
    }

    @Test
    void optionsAreChecked() throws Exception {
        TestAttachRequest request = (TestAttachRequest) good();
        backend().attach(request.options("watches=17")).close();
        for (String wrong : new String[] {"watches=", "watches=-1", "noatime"}) {
            ErrnoException error =
                    assertThrows(ErrnoException.class, () -> backend().attach(request.options(wrong)));
            assertEquals(Errno.EINVAL.number(), error.number());
        }
    }
}
