package org.froggr.itests.e2e;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.froggr.api.ByteText;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Result;
import org.froggr.itests.harness.Running;

/** The directories that the rules of unions speak of, and what is seen where they are united. */
final class UnionTrees {
    private static final String IN_TARGET = "cd \"$1\" && shift && ";

    private final Froggr frg;
    private String session;

    private UnionTrees(Froggr frg) {
        this.frg = frg;
    }

    /** {@code A={x:"a", d/1}}, {@code B={x:"b", y, d/2}}, {@code T={t}}, and S, empty. */
    static UnionTrees of(Froggr frg) {
        frg.sh(
                        """
                        mkdir -p A/d B/d T S && printf a >A/x && printf 1 >A/d/1 &&
                        printf b >B/x && printf y >B/y && printf 2 >B/d/2 && printf t >T/t
                        """)
                .ok();
        return new UnionTrees(frg);
    }

    String path(String name) {
        return frg.path(name);
    }

    String target() {
        return frg.path("T");
    }

    String session() {
        return session;
    }

    /** Binds a directory of the scratch directory on T. */
    UnionTrees bind(String... optionsAndName) {
        session = frg.bind(line(optionsAndName));
        return this;
    }

    /** {@code frg bind} of a directory on T, whatever comes of it. */
    Result tryBind(String... optionsAndName) {
        return frg.run(frg.withMode("bind", line(optionsAndName)));
    }

    private String[] line(String... optionsAndName) {
        int last = optionsAndName.length - 1;
        return Stream.of(Arrays.stream(optionsAndName, 0, last), Stream.of(frg.path(optionsAndName[last]), target()))
                .flatMap(words -> words)
                .toArray(String[]::new);
    }

    /** Takes a directory out of T. */
    UnionTrees unmount(String... optionsAndName) {
        String[] verb = {"unmount"};
        frg.run(Stream.concat(Arrays.stream(verb), Arrays.stream(line(optionsAndName)))
                        .toArray(String[]::new))
                .ok();
        return this;
    }

    /** Runs a shell script in T, as the session shows it. */
    Result in(String script, String... arguments) {
        return frg.inside(
                session,
                Stream.concat(Stream.of("sh", "-c", IN_TARGET + script, "sh", target()), Arrays.stream(arguments))
                        .toArray(String[]::new));
    }

    /** Starts a shell script in T. */
    Running start(String script) {
        String prefix = frg.world().isPrivileged() ? "" : "exec \"$FRG\" exec " + session + " -- ";
        return frg.startScript(prefix + "sh -c \"$@\"", IN_TARGET + script, "sh", target());
    }

    /** Requires what a script in T prints. */
    UnionTrees sees(String script, String expected) {
        in(script).ok().prints(expected);
        return this;
    }

    /** Requires that a script in T does its work, and says nothing of its own accord. */
    UnionTrees does(String script) {
        in(script).ok();
        return this;
    }

    /** Requires that a script in T fails, saying why. */
    UnionTrees fails(String script, String reason) {
        Result result = in(script);
        result.require(result.status() != 0, "a failure").says(reason);
        return this;
    }

    /** Requires what a script prints in the scratch directory, outside the session of an ordinary user. */
    UnionTrees outside(String script, String expected) {
        frg.sh(script).ok().prints(expected);
        return this;
    }

    /** {@code renameat2(2)} for a shell: with the flags NOREPLACE (1) or EXCHANGE (2); fails with the errno's text. */
    static String rename(int flags, String from, String to) {
        int number = System.getProperty("os.arch").equals("aarch64") ? 276 : 316;
        return "perl -e 'exit 0 if 0 == syscall(" + number + ", -100, $ARGV[0], -100, $ARGV[1], " + flags
                + "); die \"$!\\n\"' " + from + " " + to;
    }

    /** Names that are hard on programs, none of which the kernel minds. */
    static String[] oddNames() {
        return new String[] {
            "with space",
            " lead and trail ",
            "tab\there",
            "new\nline",
            "trailing\n",
            "a,b",
            "a:b",
            "a=b",
            "back\\slash",
            "back\\040slash",
            "single'quote",
            "double\"quote",
            "$(date)`id`",
            "*?[x]",
            "-dash",
            "~",
            "#",
            ".hidden",
            "...",
            "naïve-Ω-🐸",
            ByteText.decode(new byte[] {'x', (byte) 0xff, (byte) 0xfe, (byte) 0x80}),
            ByteText.decode(new byte[] {(byte) 0xc3}),
            "\u0001\u001b[31m\u007f",
            "n".repeat(255)
        };
    }

    /** Names on lines, sorted: what {@code ls} prints. */
    static String lines(String... names) {
        return Arrays.stream(names).sorted().collect(Collectors.joining("\n"));
    }
}
