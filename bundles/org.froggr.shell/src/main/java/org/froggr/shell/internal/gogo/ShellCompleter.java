package org.froggr.shell.internal.gogo;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.froggr.api.FroggrException;
import org.froggr.api.session.SessionInfo;
import org.froggr.shell.internal.command.Sessions;
import org.froggr.shell.internal.command.VerbCatalogue;
import org.froggr.shell.internal.command.VerbLease;
import org.froggr.shell.internal.command.VerbOffer;
import org.jline.builtins.Completers.FileNameCompleter;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import picocli.CommandLine.Model.OptionSpec;

/** Completes commands, options of verbs, ids and names of sessions, and paths. */
final class ShellCompleter {
    private static final String COMMANDS = ".commands";

    private final VerbCatalogue verbs;
    private final Sessions sessions;

    ShellCompleter(VerbCatalogue verbs, Sessions sessions) {
        this.verbs = verbs;
        this.sessions = sessions;
    }

    /** A completer for lines of this session. */
    Completer in(CommandSession session) {
        FileNameCompleter files = new FileNameCompleter() {
            @Override
            protected Path getUserDir() {
                return session.currentDir();
            }
        };
        return (reader, line, candidates) -> complete(session, files, reader, line, candidates);
    }

    private void complete(
            CommandSession session, Completer files, LineReader reader, ParsedLine line, List<Candidate> candidates) {
        if (line.wordIndex() == 0) {
            commands(session).map(Candidate::new).forEach(candidates::add);
            return;
        }
        Optional<VerbOffer> verb = verbs.find(withoutScope(line.words().get(0)));
        if (verb.isPresent() && line.word().startsWith("-")) {
            options(verb.get()).map(Candidate::new).forEach(candidates::add);
            return;
        }
        if (verb.isPresent()) {
            sessions().forEach(info -> addSession(info, candidates));
        }
        files.complete(reader, line, candidates);
    }

    /** Names as they can be typed: of every command its bare name, and with its scope. */
    private static Stream<String> commands(CommandSession session) {
        Stream<?> scoped = session.get(COMMANDS) instanceof Set<?> all ? all.stream() : Stream.empty();
        return scoped.map(Object::toString)
                .flatMap(name -> Stream.of(name, withoutScope(name)))
                .distinct()
                .filter(name -> !withoutScope(name).startsWith("_"));
    }

    private static String withoutScope(String name) {
        return name.substring(name.indexOf(':') + 1);
    }

    private static Stream<String> options(VerbOffer offer) {
        Optional<VerbLease> lease = offer.source().get();
        if (lease.isEmpty()) {
            return Stream.empty();
        }
        try (VerbLease open = lease.get()) {
            List<OptionSpec> options = open.command().spec().options();
            return options.stream().flatMap(option -> Stream.of(option.names()));
        }
    }

    private List<SessionInfo> sessions() {
        try {
            return sessions.isPresent()
                    ? sessions.call(manager -> manager.list().stream().map(session -> session.info()).toList())
                    : List.of();
        } catch (FroggrException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static void addSession(SessionInfo info, List<Candidate> candidates) {
        String root = info.root().quoted();
        String id = info.id().toString();
        candidates.add(new Candidate(id, id, "sessions", root, null, null, true));
        info.name().ifPresent(name -> candidates.add(new Candidate(name, name, "sessions", root, null, null, true)));
    }
}
