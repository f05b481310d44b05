package org.froggr.shell.internal.verb;

import org.froggr.api.BytePath;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.ShellWord;
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

/** {@code frg mount}. */
@Command(
        name = "mount",
        description = {
            "Attach a tree in the place of a directory or file.",
            "Prints the full id of the session that owns the mount."
        },
        exitCodeListHeading = ExitStatuses.HEADING,
        exitCodeList = {
            ExitStatuses.DONE, ExitStatuses.USAGE, ExitStatuses.DATA, ExitStatuses.INPUT, ExitStatuses.UNAVAILABLE,
            ExitStatuses.SYSTEM, ExitStatuses.CREATE, ExitStatuses.AGAIN, ExitStatuses.PERMISSION
        },
        footer = {"%nExamples:", "  frg mount ~/src /mnt/x", "  frg mount -c -o ro /srv/data ~/data"})
@Component(
        service = Verb.class,
        scope = ServiceScope.PROTOTYPE,
        property = {Verb.NAME + "=mount", Verb.POSITION + ":Integer=10"})
public final class MountVerb extends NamespaceVerb {
    private static final String HERE = "localhost";

    @Option(names = {"-t", "--type"}, paramLabel = "TYPE", description =
        "The kind of backend, instead of the one that SRC asks for.")
    private String type;

    @Parameters(index = "0", paramLabel = "SRC", description =
        "What to attach: a directory, a file, or scheme:rest. What exists, or begins with / or ., is a path.")
    private String source;

    @Parameters(index = "1", paramLabel = "TARGET", description = "Where.")
    private BytePath target;

    @Parameters(index = "2", paramLabel = "NODE", arity = "0..1", defaultValue = HERE, description =
        "The machine that SRC is on. Default and only one: ${DEFAULT-VALUE}.")
    private String node;

    @Activate
    public MountVerb(@Reference Sessions sessions) {
        super(sessions);
    }

    @Override
    NamespaceRequest request() throws FroggrException {
        if (!node.equals(HERE)) {
            throw FroggrException.of(Fault.UNSUPPORTED, "no installed bundle mounts from node " + ShellWord.quote(node))
                    .hint("leave it out, or say " + HERE);
        }
        NamespaceRequest request = NamespaceRequest.mount(source, target);
        return type == null ? request : request.type(type);
    }

    @Override
    String done() {
        return "mounted";
    }
}
