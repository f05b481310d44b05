package org.froggr.shell.internal.verb;

import org.froggr.api.BytePath;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.BindOrder;
import org.froggr.api.session.NamespaceRequest;
import org.froggr.shell.internal.command.Sessions;
import org.froggr.spi.command.Verb;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code frg bind}. */
@Command(
        name = "bind",
        description = {
            "Put an existing tree into the namespace.",
            "It goes before, after, or in the place of what is there.",
            "Prints the full id of the session that owns the bind."
        },
        exitCodeListHeading = ExitStatuses.HEADING,
        exitCodeList = {
            ExitStatuses.DONE, ExitStatuses.USAGE, ExitStatuses.DATA, ExitStatuses.INPUT, ExitStatuses.UNAVAILABLE,
            ExitStatuses.SYSTEM, ExitStatuses.CREATE, ExitStatuses.AGAIN, ExitStatuses.PERMISSION
        },
        footer = {"%nExamples:", "  frg bind -r /opt/conf-test /etc/app", "  frg bind -rc -s dev ./a ./b"})
@Component(
        service = Verb.class,
        scope = ServiceScope.PROTOTYPE,
        property = {Verb.NAME + "=bind", Verb.POSITION + ":Integer=20"})
public final class BindVerb extends NamespaceVerb {
    @Option(names = {"-b", "--before"}, description = {
        "In front of what is there. Default for directories;", "between two files the default is to replace."})
    private boolean before;

    @Option(names = {"-a", "--after"}, description = "After what is there.")
    private boolean after;

    @Option(names = {"-r", "--replace"}, description = "In place of what is there.")
    private boolean replace;

    @Parameters(index = "0", paramLabel = "SRC", description = "An existing directory or file.")
    private BytePath source;

    @Parameters(index = "1", paramLabel = "TARGET", description = "Where.")
    private BytePath target;

    @Activate
    public BindVerb(@Reference Sessions sessions) {
        super(sessions);
    }

    @Override
    NamespaceRequest request() throws FroggrException {
        return NamespaceRequest.bind(source, target).order(order());
    }

    private BindOrder order() throws FroggrException {
        if (before && after || before && replace || after && replace) {
            throw FroggrException.of(Fault.USAGE, "-b, -a and -r exclude each other").hint("frg bind --help");
        }
        if (before) {
            return BindOrder.BEFORE;
        }
        if (after) {
            return BindOrder.AFTER;
        }
        return replace ? BindOrder.REPLACE : BindOrder.UNSPECIFIED;
    }

    @Override
    String done() {
        return "bound";
    }
}
