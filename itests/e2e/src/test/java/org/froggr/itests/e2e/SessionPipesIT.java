package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Result;

/** The pipes {@code ctl} and {@code reply} of a session, as a shell script uses them. */
final class SessionPipesIT {
    /** Sends a line and prints the first answer that bears the id q1. */
    private static final String ASK =
            """
            exec 5<>"$FROGGR_HOME/sessions/$1/reply" 6<>"$FROGGR_HOME/sessions/$1/ctl"
            printf '%s\\n' "$2" >&6
            while read -r line <&5; do
                case $line in *'"id":"q1"'*) printf '%s\\n' "$line"; exit;; esac
            done
            """;

    @FrgTest({ROOT, USER})
    void aRequestIsAnswered(Froggr frg) {
        String id = session(frg);
        JsonNode answer = ask(frg, id, "{\"id\":\"q1\",\"argv\":[\"session\",\"-l\",\"--json\"]}")
                .json();
        assertEquals(0, answer.path("status").asInt());
        assertEquals(id, answer.path("out").get(0).path("id").asText());
    }

    @FrgTest({ROOT, USER})
    void aRequestMayNameAReplyPipeOfItsOwn(Froggr frg) {
        String id = session(frg);
        frg.sh(
                        """
                        mkfifo -m 600 own && exec 5<>own
                        printf '{"id":7,"argv":["ns","%s"],"reply":"%s/own"}\\n' "$1" "$PWD" \\
                            >"$FROGGR_HOME/sessions/$1/ctl"
                        read -r line <&5 && printf '%s\\n' "$line"
                        """,
                        id)
                .ok()
                .shows("\"id\":7")
                .shows("\"status\":0");
    }

    @FrgTest({ROOT, USER})
    void bindsAndErrorsGoTheSameWay(Froggr frg) {
        String id = session(frg);
        String source = frg.directory("s");
        String target = frg.directory("t");
        String bind = "{\"id\":\"q1\",\"argv\":[\"bind\",\"-s\",\"" + id + "\",\"-r\",\"%s\",\"" + target + "\"]}";
        ask(frg, id, String.format(bind, source)).shows("\"status\":0");
        frg.run("ns", id).ok().shows(target);
        ask(frg, id, String.format(bind, "/no/such")).shows("\"status\":66").shows("SOURCE_MISSING");
    }

    @FrgTest({ROOT, USER})
    void garbageIsRefusedAndTheNextLineWorks(Froggr frg) {
        String id = session(frg);
        frg.sh(
                        """
                        exec 6<>"$FROGGR_HOME/sessions/$1/ctl"
                        printf 'garbage\\n{"id":\\n\\000\\377\\n[]\\n' >&6
                        head -c 3000000 /dev/zero | tr '\\0' x >&6
                        printf '\\n' >&6
                        """,
                        id)
                .ok();
        ask(frg, id, "{\"id\":\"q1\",\"argv\":[\"ns\",\"" + id + "\"]}").shows("\"status\":0");
    }

    @FrgTest(
            value = {ROOT, USER},
            fresh = true)
    void aWriterDoesNotHangWhileThePlatformRestarts(Froggr frg) {
        String id = session(frg);
        frg.crashAll();
        frg.sh(
                        "timeout 5 sh -c 'printf \"%s\\n\" \"$2\" >\"$1\"' sh \"$FROGGR_HOME/sessions/$1/ctl\" \"$2\"",
                        id, "{\"id\":\"q1\",\"argv\":[\"ns\",\"" + id + "\"]}")
                .ok();
        frg.run("session", "-l").ok();
        frg.sh(
                        """
                        exec 5<>"$FROGGR_HOME/sessions/$1/reply"
                        while read -r line <&5; do case $line in *q1*) exit 0;; esac; done
                        """,
                        id)
                .ok();
    }

    @FrgTest({ROOT, USER})
    void linesThatNobodyReadsAreDropped(Froggr frg) {
        String id = session(frg);
        frg.sh(
                        """
                        i=0
                        while [ $i -lt 2000 ]; do
                            echo '{"id":"lost","argv":["session","-l"]}'
                            i=$((i + 1))
                        done >"$FROGGR_HOME/sessions/$1/ctl"
                        """,
                        id)
                .ok();
        frg.run("session", id).ok();
        frg.run("session", "-k", id).ok();
    }

    private static String session(Froggr frg) {
        return frg.run("session", "new", "--private").session();
    }

    private static Result ask(Froggr frg, String id, String line) {
        return frg.sh(ASK, id, line).ok();
    }
}
