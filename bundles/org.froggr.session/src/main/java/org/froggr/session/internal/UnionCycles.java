package org.froggr.session.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.froggr.api.BytePath;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.spi.backend.MountBackend;

/** Finds out whether a union would be among its own members, through others. */
final class UnionCycles {
    private final List<EntryRecord> served;

    UnionCycles(Registry registry) {
        served = registry.all().stream()
                .flatMap(session -> session.record().entries().stream())
                .filter(e -> e.isServed() && e.scheme().equals(MountBackend.LOCAL))
                .toList();
    }

    /** @throws FroggrException CYCLE, showing it */
    void check(BytePath source, BytePath target) throws FroggrException {
        Deque<List<BytePath>> ways = new ArrayDeque<>(List.of(List.of(target, source)));
        Set<BytePath> seen = new HashSet<>();
        while (!ways.isEmpty()) {
            List<BytePath> way = ways.pop();
            BytePath end = way.get(way.size() - 1);
            if (end.equals(target)) {
                throw refusal(source, target, way);
            }
            if (seen.add(end)) {
                for (EntryRecord entry : served) {
                    if (end.startsWith(entry.target())) {
                        List<BytePath> longer = new ArrayList<>(way);
                        longer.add(inMember(entry, end));
                        ways.push(longer);
                    }
                }
            }
        }
    }

    /** Where a path below a union's target is in one of its members. */
    private static BytePath inMember(EntryRecord entry, BytePath path) {
        byte[] bytes = path.bytes();
        int start = Math.min(entry.target().length() + 1, bytes.length);
        return BytePath.of(entry.source()).resolve(BytePath.of(Arrays.copyOfRange(bytes, start, bytes.length)));
    }

    private static FroggrException refusal(BytePath source, BytePath target, List<BytePath> way) {
        List<String> shown = way.stream().map(BytePath::quoted).toList();
        return FroggrException.of(
                        Fault.CYCLE,
                        "binding " + source.quoted() + " to " + target.quoted() + " would close a cycle: "
                                + String.join(" -> ", shown))
                .about(target)
                .hint("frg unmount " + way.get(way.size() - 2).quoted() + " first");
    }
}
