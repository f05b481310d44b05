package org.froggr.shell.internal.verb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.froggr.api.FroggrException;
import org.froggr.api.session.Change;
import org.froggr.api.session.NamespaceRequest;
import org.froggr.shell.internal.command.Reusable;
import org.froggr.shell.internal.command.Sessions;
import org.froggr.spi.command.CommandContext;
import org.froggr.spi.command.Verb;
import picocli.CommandLine.Option;

/** What {@code mount} and {@code bind} have in common. */
abstract class NamespaceVerb implements Verb, Reusable {
    @Option(names = {"-c", "--create"}, description = {
        "Make TARGET if it does not exist; it is removed again at unmount if it is empty.",
        "In a union, SRC receives new files."})
    private boolean create;

    @Option(names = {"-R", "--recursive"}, description = "Take the mounts below SRC along.")
    private boolean recursive;

    @Option(names = {"-o", "--options"}, paramLabel = "OPTS", description =
        "Mount options with commas between them, such as ro,noexec. May be repeated.")
    private List<String> options = new ArrayList<>();

    @Option(names = {"-s", "--session"}, paramLabel = "SESSION", description = {
        "Id, unique prefix or name of the session that shall own it.",
        "Default: FROGGR_SESSION, else the living session whose root is TARGET, else a new one."})
    private String session;

    @Option(names = "--private", description = "In a session with a mount namespace of its own.")
    private boolean inPrivate;

    @Option(names = "--rw", description = "Refuse rather than mount read-only.")
    private boolean readWrite;

    @Option(names = "--force", description = "Also over a mount that Froggr did not make.")
    private boolean force;

    private final Sessions sessions;

    NamespaceVerb(Sessions sessions) {
        this.sessions = sessions;
    }

    /** What is asked, as far as it differs between the verbs. */
    abstract NamespaceRequest request() throws FroggrException;

    /** Past participle for messages. */
    abstract String done();

    @Override
    public final int run(CommandContext context) throws FroggrException, InterruptedException {
        NamespaceRequest request = complete(request(), context);
        Change change = sessions.call(manager -> manager.attach(request));
        new ChangeReport(context).attached(change, done());
        return 0;
    }

    private NamespaceRequest complete(NamespaceRequest request, CommandContext context) {
        NamespaceRequest complete = request.from(context.caller())
                .create(create)
                .recursive(recursive)
                .options(split(options))
                .inPrivate(inPrivate)
                .readWrite(readWrite)
                .force(force);
        Optional<String> owner = Optional.ofNullable(session).or(context::session);
        return owner.isPresent() ? complete.session(owner.get()) : complete;
    }

    private static List<String> split(List<String> options) {
        return options.stream()
                .flatMap(each -> Arrays.stream(each.split(",")))
                .filter(each -> !each.isEmpty())
                .toList();
    }
}
