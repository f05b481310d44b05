package org.froggr.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import javax.inject.Inject;
import org.apache.felix.service.command.CommandProcessor;
import org.froggr.api.session.SessionManager;
import org.froggr.api.session.UnmountMode;
import org.junit.After;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** A backend and a verb of a stranger come, are used from Gogo and from frg, are replaced, and go. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class StrangerIT {
    private static final long LIMIT_NANOS = 15_000_000_000L;
    private static final long POLL_NANOS = 20_000_000L;

    @Inject
    private BundleContext context;

    @Inject
    private CommandProcessor processor;

    @Inject
    private SessionManager sessions;

    @Configuration
    public Option[] configuration() {
        return Container.options();
    }

    @After
    public void purge() {
        sessions.purge(UnmountMode.FORCE);
    }

    @Test
    public void itsVerbWorksInGogoAndInFrgAndIsReplaced() throws Exception {
        Bundle first = install("itests-thirdparty-0.1.0.jar");
        Gogo gogo = new Gogo(processor);
        expect("hello, you\n", () -> gogo.run("froggr:hello you"));
        expect("hello, you\n", () -> frg("hello", "you"));
        Bundle second = install("second/itests-thirdparty-0.1.0-second.jar");
        first.uninstall();
        expect("good day, you\n", () -> gogo.run("froggr:hello you"));
        expect("good day, you\n", () -> frg("hello", "you"));
        second.uninstall();
        assertTrue(frg("hello", "you").contains("USAGE"));
    }

    @Test
    public void itsBackendMountsAndIsReplacedWhileInUse() throws Exception {
        Need.root();
        Path target = Files.createTempDirectory("froggr-hello-");
        Bundle first = install("itests-thirdparty-0.1.0.jar");
        try {
            expect("hello, world\n", () -> {
                frg("mount", "hello:world", target.toString());
                return Files.readString(target.resolve("greeting"));
            });
            Bundle second = install("second/itests-thirdparty-0.1.0-second.jar");
            first.uninstall();
            assertEquals("in use it goes on", "hello, world\n", Files.readString(target.resolve("greeting")));
            frg("unmount", target.toString());
            new Gogo(processor).run("froggr:mount hello:world " + target);
            assertEquals("good day, world\n", Files.readString(target.resolve("greeting")));
            sessions.purge(UnmountMode.ORDERLY);
            second.uninstall();
        } finally {
            sessions.purge(UnmountMode.FORCE);
            Files.delete(target);
        }
    }

    private Bundle install(String jar) throws BundleException {
        Bundle bundle =
                context.installBundle("reference:" + Container.thirdParty(jar).toUri());
        bundle.start();
        return bundle;
    }

    /** Services come and go on threads of others. */
    private static void expect(String text, Callable<String> source) throws Exception {
        long end = System.nanoTime() + LIMIT_NANOS;
        String found = attempt(source);
        while (!found.equals(text) && System.nanoTime() < end) {
            LockSupport.parkNanos(POLL_NANOS);
            found = attempt(source);
        }
        assertEquals(text, found);
    }

    private static String attempt(Callable<String> source) {
        try {
            return source.call();
        } catch (Exception e) {
            return e.toString();
        }
    }

    private String frg(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = Container.distribution().resolve("bin/frg").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("FROGGR_HOME", context.getProperty("froggr.home"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
