package org.froggr.itests.benchmark;

import org.froggr.itests.harness.Froggr;

/** What a bind and its unmount cost inside the platform: many of them, asked for through a session's pipe. */
final class InPlatform {
    private static final double MOST_MILLIS = 1;

    private static final String SCRIPT =
            """
            rm -f answers; mkfifo answers && exec 5<>answers && i=0
            line='{"id":%s,"argv":["%s","-q",%s"t1"],"cwd":"'$PWD'","reply":"answers"}\\n'
            while [ $i -lt "$2" ]; do
                i=$((i + 1))
                printf "$line" 0 bind '"-r","s",'
                printf "$line" $i unmount ''
            done >requests
            date +%s.%N
            cat requests >"$FROGGR_HOME/sessions/$1/ctl" &
            grep -m 1 '"id":'"$2", <&5
            wait
            date +%s.%N
            """;

    private InPlatform() {}

    static void measure(Froggr froggr, int pairs, Report report) {
        froggr.directory("s", "t1");
        String session = froggr.run("session", "new").session();
        round(froggr, session, pairs / 4);
        double millis = round(froggr, session, pairs) * 1000 / pairs;
        report.section("Inside the platform (" + pairs + " in a row, by the session's pipe)", "ms", "");
        report.line("a bind and unmount", millis, 0, "at most 1", MOST_MILLIS);
        froggr.run("session", "-p").ok();
    }

    /** Seconds. */
    private static double round(Froggr froggr, String session, int pairs) {
        var lines = froggr.sh(SCRIPT, session, Integer.toString(pairs)).ok().lines();
        if (lines.size() != 3 || !lines.get(1).contains("\"status\":0")) {
            throw new IllegalStateException("unexpected: " + lines);
        }
        return Double.parseDouble(lines.get(2)) - Double.parseDouble(lines.get(0));
    }
}
