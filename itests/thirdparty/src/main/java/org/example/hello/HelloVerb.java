package org.example.hello;

import org.froggr.spi.command.CommandContext;
import org.froggr.spi.command.Verb;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code frg hello WHOM}. */
@Command(name = "hello", description = "Greet somebody")
@Component(scope = ServiceScope.PROTOTYPE, property = Verb.NAME + "=hello")
public final class HelloVerb implements Verb {
    @Parameters(paramLabel = "WHOM", description = "who is greeted")
    private String whom;

    @Option(names = "--status", paramLabel = "N", description = "exit status to end with")
    private int status;

    @Override
    public int run(CommandContext context) {
        if (context.isJson()) {
            context.printJson(java.util.Map.of("greeting", Greeting.to(whom)));
        } else {
            context.println(Greeting.to(whom));
        }
        return status;
    }
}
