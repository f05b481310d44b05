package org.froggr.itests.e2e;

import static org.froggr.itests.harness.World.ROOT;
import static org.froggr.itests.harness.World.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.froggr.itests.harness.FrgTest;
import org.froggr.itests.harness.Froggr;
import org.froggr.itests.harness.Need;
import org.froggr.itests.harness.Result;
import org.froggr.itests.harness.Running;
import org.froggr.itests.harness.Wait;

/**
 * Members come, go and change places while programs work in the union. The members that move hold nothing
 * but copies of what is there anyway, so the programs must notice nothing at all.
 */
final class UnionUnderLoadIT {
    private static final int CHANGES = 24;

    private static final String TREES =
            """
            mkdir -p B/src && cd B/src && for i in $(seq 12); do
                printf '#include "all.h"\\nint f%d(int x) { return x + %d; }\\n' $i $i >f$i.c
                printf 'int f%d(int);\\n' $i >>all.h
            done
            printf '%s\\n' 'O = $(patsubst %.c,../out/%.o,$(wildcard *.c))' 'all: $(O)' '../out/%.o: %.c all.h' \
                '\t@mkdir -p ../out' '\t$(CC) -c -o $@ $<' >Makefile
            cd ../.. && mkdir -p T/many && cd T/many && for d in $(seq 20); do mkdir $d && touch $d/1 $d/2 $d/3; done
            cd ../.. && mkdir P Q && cp -a B/src P/ && cp -a T/many Q/ && cp -a B/src Q/
            """;

    private static final String FIO =
            """
            fio --name=verify --filename=data --size=8m --rw=randwrite --bs=8k --verify=crc32c --verify_fatal=1 \
                --verify_backlog=64 --verify_state_save=0 --time_based --runtime=600 --output=/dev/null & fio=$!
            echo begun; read end; kill -INT $fio; wait $fio
            """;
    private static final String FIND =
            """
            echo begun; while ! test -e end; do
                n=$(find many src | wc -l); [ $n = %d ] || { echo found $n; exit 1; }
            done
            """;
    private static final String MAKE =
            """
            echo begun; while ! test -e end; do
                rm -rf out && make -s -j2 -C src && [ $(ls out | wc -l) = 12 ] || exit 1
            done
            """;

    @FrgTest({ROOT, USER})
    void nobodyNotices(Froggr frg) {
        for (String program : new String[] {"fio", "make", "cc"}) {
            Need.program(program);
        }
        frg.sh(TREES).ok();
        UnionTrees trees = UnionTrees.of(frg).bind("-a", "B");
        int names =
                Integer.parseInt(trees.in("find many src | wc -l").ok().out().strip());
        try (Running fio = begin(trees, FIO);
                Running find = begin(trees, FIND.formatted(names));
                Running make = begin(trees, MAKE)) {
            for (int change = 0; change < CHANGES; change++) {
                change(trees, change);
                assertTrue(
                        fio.isAlive() && find.isAlive() && make.isAlive(),
                        () -> "after that change one has ended: " + fio.outSoFar() + find.outSoFar() + make.outSoFar());
            }
            trees.does("touch end");
            find.end(Froggr.LIMIT).ok().prints("begun");
            make.end(Froggr.LIMIT).ok();
            Result verified = fio.type("end\n").end(Froggr.LIMIT);
            // Interrupted, it ends with 128 if nothing else was wrong.
            verified.require(verified.status() == 0 || verified.status() == 128, "no error of verification");
        }
        trees.sees("ls", "d\ndata\nend\nmany\nout\nsrc\nt\nx\ny");
        assertEquals(0, handles(frg, trees.session()), "open files after all programs have ended");
    }

    /** In turns: one in front, one behind, the two the other way round, none. */
    private static void change(UnionTrees trees, int number) {
        switch (number % 6) {
            case 0 -> trees.bind("-b", "P");
            case 1 -> trees.bind("-a", "Q");
            case 2 -> trees.unmount("P").bind("-a", "P");
            case 3 -> trees.unmount("Q").bind("-b", "Q");
            case 4 -> trees.unmount("P");
            default -> trees.unmount("Q");
        }
    }

    private static Running begin(UnionTrees trees, String script) {
        Running program = trees.start(script);
        Wait.until(
                "it has begun", Duration.ofSeconds(20), () -> program.outSoFar().contains("begun"));
        return program;
    }

    /** Sum of all numbers of open handles that the session's details show. */
    private static int handles(Froggr frg, String session) {
        int[] sum = {0};
        Wait.holds(Duration.ofSeconds(5), () -> {
            sum[0] = frg.run("session", session, "--json").ok().json().findValues("handles").stream()
                    .mapToInt(value -> value.asInt())
                    .sum();
            return sum[0] == 0;
        });
        return sum[0];
    }
}
