package org.froggr.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.froggr.api.ByteText;
import org.froggr.api.Fault;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;

/** Names are bytes: whatever the kernel takes works, and is shown so that it can be pasted. */
final class NamesIT {
    private static final List<String> NAMES = List.of(
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
            "$(date)`id`$HOME",
            "*?[x]",
            "-dash",
            "--force",
            "~",
            "#",
            "naïve-Ω-🐸",
            ByteText.decode(new byte[] {'x', (byte) 0xff, (byte) 0xfe, (byte) 0x80}),
            ByteText.decode(new byte[] {(byte) 0xc3}),
            "\u0001\u001b[31m\u007f",
            "n".repeat(255),
            "ü".repeat(127) + "n");

    @FrgTest
    void everyNameSurvivesFromTheCommandLineToTheKernelAndBack(Froggr frg) {
        for (String name : NAMES) {
            frg.file("s " + NAMES.indexOf(name) + "/" + name + "/f", name);
            String source = frg.path("s " + NAMES.indexOf(name) + "/" + name);
            String target = frg.directory("t " + NAMES.indexOf(name) + "/" + name);
            String id = frg.mount(source, target);
            frg.inside(id, "cat", target + "/f").prints(name);
            frg.run("session", id, "--json").ok();
            frg.run("session", "-k", id).ok();
        }
    }

    @FrgTest
    void everyByteInOneName(Froggr frg) {
        byte[] bytes = new byte[253];
        IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) (i + 1 < '/' ? i + 1 : i + 2));
        String name = ByteText.decode(bytes);
        frg.file(name + "/f", name);
        frg.directory("t");
        String id = frg.mount(frg.path(name), frg.path("t"));
        frg.inside(id, "cat", frg.path("t/f")).prints(name);
        String other = frg.mount(frg.path("t"), frg.directory("o/" + name));
        frg.run("session", "-k", id, other).ok();
    }

    @FrgTest
    void relativeNamesThatLookLikeOptionsNeedTwoDashes(Froggr frg) {
        frg.file("-s/f", "f");
        frg.directory("--force");
        String id = frg.run(frg.withMode("mount", "--", "-s", "--force")).session();
        frg.inside(id, "cat", frg.path("--force/f")).prints("f");
    }

    @FrgTest
    void aPathOfNearlyFourThousandBytes(Froggr frg) {
        String deep = IntStream.range(0, 39).mapToObj(i -> "d".repeat(99)).collect(Collectors.joining("/"));
        frg.file(deep + "/f", "deep");
        frg.directory("t");
        String id = frg.mount(frg.path(deep), frg.path("t"));
        frg.inside(id, "cat", frg.path("t/f")).prints("deep");
        frg.run("session", "-k", id).ok();
        String back = frg.mount(frg.directory("s"), frg.path(deep));
        assertEquals(frg.path(deep), frg.session(back).path("root").asText());
    }

    @FrgTest
    void errorsQuoteTheName(Froggr frg) {
        for (String name : NAMES) {
            frg.run(frg.withMode("mount", frg.path(name), frg.directory("t")))
                    .fails(Fault.SOURCE_MISSING)
                    .require(name.getBytes().length > 200 || quoted(frg, name), "the quoted name");
        }
    }

    private static boolean quoted(Froggr frg, String name) {
        String quoted = org.froggr.api.ShellWord.quote(frg.path(name));
        var result = frg.run(frg.withMode("mount", frg.path(name), frg.path("t")));
        return result.err().contains(quoted) && result.err().strip().lines().count() == 1;
    }
}
