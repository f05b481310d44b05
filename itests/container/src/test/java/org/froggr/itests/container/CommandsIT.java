package org.froggr.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.Optional;
import javax.inject.Inject;
import org.apache.felix.service.command.CommandProcessor;
import org.froggr.api.BytePath;
import org.froggr.api.session.Caller;
import org.froggr.api.session.Session;
import org.froggr.api.session.SessionManager;
import org.froggr.api.session.SessionMode;
import org.froggr.api.session.SessionRequest;
import org.froggr.api.session.UnmountMode;
import org.junit.After;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/** Verbs are Gogo functions of scope {@code froggr}. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class CommandsIT {
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
        assertTrue(sessions.list().isEmpty());
    }

    @Test
    public void theyPrintAndCanBePiped() throws Exception {
        Session session = sessions.create(new SessionRequest(
                Optional.of("dev"),
                Optional.of(BytePath.ROOT),
                SessionMode.PRIVATE,
                Optional.empty(),
                Caller.platform()));
        Gogo gogo = new Gogo(processor);
        assertTrue(gogo.run("froggr:session -l").contains("dev"));
        assertTrue(gogo.run("froggr:gogo 'froggr:session -l | grep dev'")
                .contains(session.id().toString().substring(0, 8)));
        assertFalse(gogo.run("froggr:gogo 'froggr:session -l | grep nosuchname'").contains("dev"));
        assertTrue(gogo.run("froggr:session dev").contains(session.id().toString()));
    }

    @Test
    public void theyChangeTheNamespace() throws Exception {
        Gogo gogo = new Gogo(processor);
        gogo.run("froggr:session new --private --name made");
        assertEquals(1, sessions.list().size());
        gogo.run("froggr:session -k made");
        assertEquals(0, sessions.list().size());
    }

    @Test
    public void errorsHaveTheirCode() throws Exception {
        String said;
        try {
            said = new Gogo(processor).run("froggr:session nosuch");
        } catch (Exception e) {
            said = e.getMessage();
        }
        assertTrue(said, said.contains("NO_SESSION"));
    }
}
