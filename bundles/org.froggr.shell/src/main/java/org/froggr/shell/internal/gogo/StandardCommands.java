package org.froggr.shell.internal.gogo;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import org.apache.felix.gogo.jline.Builtin;
import org.apache.felix.gogo.jline.Converters;
import org.apache.felix.gogo.jline.Posix;
import org.apache.felix.gogo.jline.Procedural;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Converter;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * {@code grep} and friends. They belong to gogo.jline, whose activator would start a console of its own
 * with them; so that bundle is only resolved, and its exported classes are registered from here.
 */
final class StandardCommands {
    private static final String SCOPE = "gogo";
    private static final List<String> POSIX = List.of(
            "cat", "echo", "grep", "sort", "sleep", "cd", "pwd", "ls", "less", "watch", "head", "tail", "clear", "wc",
            "date");
    private static final List<String> BUILTIN =
            List.of("format", "getopt", "new", "set", "tac", "type", "jobs", "fg", "bg", "history");
    private static final List<String> PROCEDURAL =
            List.of("each", "if", "not", "throw", "try", "until", "while", "break", "continue");

    private final BundleContext context;
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private CommandProcessor processor;

    StandardCommands(BundleContext context) {
        this.context = context;
    }

    /** Registers them for this runtime, unless they are; those of an earlier one go. */
    synchronized void equip(CommandProcessor current) {
        if (processor == current) {
            return;
        }
        registrations.forEach(ServiceRegistration::unregister);
        registrations.clear();
        register(new Posix(current), POSIX);
        register(new Builtin(), BUILTIN);
        register(new Procedural(), PROCEDURAL);
        // So that a bundle can be given by its number: start 18.
        registrations.add(context.registerService(Converter.class, new Converters(context), null));
        processor = current;
    }

    private void register(Object commands, List<String> names) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(CommandProcessor.COMMAND_SCOPE, SCOPE);
        properties.put(CommandProcessor.COMMAND_FUNCTION, names.toArray(String[]::new));
        registrations.add(context.registerService(Object.class, commands, properties));
    }
}
