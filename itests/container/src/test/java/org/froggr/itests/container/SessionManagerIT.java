package org.froggr.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.inject.Inject;
import org.froggr.api.BytePath;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.BindOrder;
import org.froggr.api.session.Caller;
import org.froggr.api.session.Change;
import org.froggr.api.session.NamespaceRequest;
import org.froggr.api.session.Session;
import org.froggr.api.session.SessionManager;
import org.froggr.api.session.SessionRequest;
import org.froggr.api.session.UnmountMode;
import org.froggr.api.session.UnmountRequest;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/** The session API as other bundles use it, with real mounts. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class SessionManagerIT {
    @Inject
    private SessionManager sessions;

    private Path scratch;
    private Path source;
    private Path target;

    @Configuration
    public Option[] configuration() {
        return Container.options();
    }

    @Before
    public void prepare() throws IOException {
        Need.root();
        scratch = Files.createTempDirectory("froggr-api-");
        source = Files.createDirectory(scratch.resolve("source"));
        target = Files.createDirectory(scratch.resolve("target"));
        Files.writeString(source.resolve("file"), "content");
    }

    @After
    public void cleanUp() throws Exception {
        sessions.purge(UnmountMode.FORCE);
        if (scratch != null) {
            assertFalse(
                    "no mount is left",
                    Files.readString(Path.of("/proc/self/mountinfo")).contains(scratch.toString()));
            run("rm", "-rf", "--one-file-system", scratch.toString());
        }
    }

    @Test
    public void mountsFindsAndUnmounts() throws FroggrException {
        Change change = sessions.attach(NamespaceRequest.mount(source.toString(), path(target)));
        Session session = sessions.find(change.session().id()).orElseThrow();
        assertTrue(Files.exists(target.resolve("file")));
        assertEquals(1, session.info().mounts());
        assertEquals(
                session.id(),
                sessions.get(session.id().toString().substring(0, 8)).id());
        assertEquals(
                session.id(),
                sessions.obtain(SessionRequest.forRoot(path(target))).id());
        assertTrue(session.health().healthy());
        assertFalse(session.resources().isEmpty());
        assertFalse(session.history(10).isEmpty());
        sessions.unmount(new UnmountRequest(
                Optional.empty(), path(target), UnmountMode.ORDERLY, Optional.empty(), Caller.platform()));
        assertFalse(Files.exists(target.resolve("file")));
        assertTrue(sessions.find(session.id()).isEmpty());
    }

    @Test
    public void bindsInPlace() throws FroggrException {
        Change change = sessions.attach(
                NamespaceRequest.bind(path(source), path(target)).order(BindOrder.REPLACE));
        assertEquals(1, change.session().binds());
        assertTrue(change.changed());
        assertFalse(sessions.attach(
                        NamespaceRequest.bind(path(source), path(target)).order(BindOrder.REPLACE))
                .changed());
        Session session = sessions.find(change.session().id()).orElseThrow();
        assertEquals("bind -r " + source + " " + target + "\n", session.namespaceText());
        assertTrue(sessions.kill(session, UnmountMode.ORDERLY).gone());
        assertFalse(Files.exists(target.resolve("file")));
    }

    @Test
    public void tracksMountsMadeByOtherMeans() throws Exception {
        Session session = sessions.obtain(SessionRequest.forRoot(path(scratch)));
        FroggrException refused =
                assertThrows(FroggrException.class, () -> session.notifyMountSuccess(source.toString(), path(target)));
        assertEquals(Fault.NOT_MOUNTED, refused.fault());

        run("mount", "--bind", source.toString(), target.toString());
        session.notifyMountSuccess(source.toString(), path(target));
        Path other = Files.createDirectory(scratch.resolve("other"));
        run("mount", "--bind", source.toString(), other.toString());
        session.notifyBindSuccess(path(source), path(other));
        assertEquals(1, session.info().mounts());
        assertEquals(1, session.info().binds());
        assertTrue(session.entries().stream().allMatch(entry -> entry.reported() && entry.present()));

        assertTrue(sessions.kill(session, UnmountMode.ORDERLY).gone());
        assertFalse(Files.exists(target.resolve("file")));
        assertFalse(Files.exists(other.resolve("file")));
    }

    @Test
    public void failuresLeaveNothing() {
        FroggrException failure = assertThrows(
                FroggrException.class, () -> sessions.attach(NamespaceRequest.mount("/no/such", path(target))));
        assertEquals(Fault.SOURCE_MISSING, failure.fault());
        assertTrue(sessions.list().isEmpty());
    }

    private static BytePath path(Path path) {
        return BytePath.of(path.toString());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertEquals(
                String.join(" ", command),
                0,
                new ProcessBuilder(command).inheritIO().start().waitFor());
    }
}
