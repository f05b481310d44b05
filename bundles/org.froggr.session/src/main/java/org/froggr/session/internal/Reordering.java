package org.froggr.session.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.froggr.api.BytePath;
import org.froggr.api.ErrnoException;
import org.froggr.api.Fault;
import org.froggr.api.FroggrException;
import org.froggr.api.session.BindOrder;
import org.froggr.api.session.Change;
import org.froggr.api.session.NamespaceEntry;
import org.froggr.api.session.ReorderRequest;
import org.froggr.session.internal.served.ServedTrees;
import org.froggr.session.internal.store.EntryRecord;
import org.froggr.spi.presentation.MountSpace;

/**
 * Carries out {@code reorder}. The record says afterwards what would have had to be bound, and how, for the union to
 * have this order: so its lines can be replayed.
 */
final class Reordering {
    private final ManagerContext context;
    private final Owners owners;

    Reordering(ManagerContext context, Owners owners) {
        this.context = context;
        this.owners = owners;
    }

    Change reorder(ReorderRequest request) throws FroggrException {
        return owners.of(
                request.target(), request.session(), request.caller(),
                (session, space, target) -> reorder(session, request, space, target));
    }

    private Change reorder(LiveSession session, ReorderRequest request, MountSpace space, BytePath target)
            throws FroggrException {
        session.lock().lock();
        long start = System.nanoTime();
        List<String> arguments = Stream.concat(request.sources().stream(), Stream.of(target.toString())).toList();
        try {
            Refusals.requireActive(session);
            boolean changed = changeOrder(session, request, space, target);
            Histories.ok(session, "reorder", arguments, start);
            List<NamespaceEntry> stack = List.copyOf(Entries.at(target, session.record().entries()));
            return new Results.ChangeResult(session.info(), changed, stack, List.of());
        } catch (FroggrException e) {
            Histories.failed(session, "reorder", arguments, e, start);
            throw e;
        } finally {
            session.lock().unlock();
        }
    }

    private boolean changeOrder(LiveSession session, ReorderRequest request, MountSpace space, BytePath target)
            throws FroggrException {
        List<EntryRecord> stack = Entries.at(target, session.record().entries());
        if (stack.isEmpty()) {
            throw owners.notMounted(target);
        }
        EntryRecord top = stack.get(0);
        if (!top.isServed() || session.served().head(top.head()).isEmpty()) {
            throw FroggrException.of(Fault.TYPE_MISMATCH, "what is mounted on " + target.quoted() + " is no union")
                    .about(target)
                    .hint("frg bind -b or -a, which makes one");
        }
        List<Long> before = session.served().order(top.head());
        List<Long> after = new ArrayList<>();
        for (String source : request.sources()) {
            after.add(member(Owners.wanted(source, request.caller(), space), source, target, stack, before, after));
        }
        before.stream().filter(member -> !after.contains(member)).forEach(after::add);
        if (after.equals(before)) {
            return false;
        }
        try {
            session.served().reorder(top.head(), after);
            align(session);
            context.syncs().soon(session);
            return true;
        } catch (ErrnoException e) {
            throw OsFault.of(e, "the union on " + target.quoted() + " cannot be put in another order").about(target);
        }
    }

    /** The first member of that source which is not taken. */
    private static long member(
            String wanted, String given, BytePath target, List<EntryRecord> stack, List<Long> all, List<Long> taken)
            throws FroggrException {
        int head = stack.get(0).head();
        if (wanted.equals(target.toString()) && all.contains(ServedTrees.ORIGINAL_MEMBER)
                && !taken.contains(ServedTrees.ORIGINAL_MEMBER)) {
            return ServedTrees.ORIGINAL_MEMBER;
        }
        return stack.stream()
                .filter(e -> e.head() == head && (e.source().equals(wanted) || e.source().equals(given)))
                .map(e -> (long) e.member())
                .filter(member -> all.contains(member) && !taken.contains(member))
                .findFirst()
                .orElseThrow(() -> Owners.notAmong(target, wanted, stack, "frg session, for the order that there is"));
    }

    /**
     * Has the record say the order that unions have: a platform that was killed may have changed it without that.
     *
     * @throws ErrnoException if the record cannot be written
     */
    static void align(LiveSession session) throws ErrnoException {
        List<EntryRecord> entries = session.record().entries();
        List<Integer> heads = entries.stream().map(EntryRecord::head).filter(h -> h != 0).distinct().toList();
        List<EntryRecord> aligned = entries;
        for (int head : heads) {
            if (session.served().head(head).isPresent()) {
                aligned = aligned(aligned, head, session.served().order(head));
            }
        }
        List<EntryRecord> changed = aligned;
        if (!changed.equals(entries)) {
            session.ledger().update(r -> r.withEntries(changed), false);
        }
    }

    /**
     * The entries of a union in the places that they have in the list: what the others were bound to, if that is one
     * of them, then those before it from the last one on, then those after it.
     *
     * @param order of the members, with the target's own directory
     */
    static List<EntryRecord> aligned(List<EntryRecord> entries, int head, List<Long> order) {
        List<EntryRecord> its = entries.stream().filter(e -> e.head() == head).toList();
        if (isInOrder(its, order)) {
            return entries;
        }
        List<EntryRecord> ordered = new ArrayList<>();
        order.forEach(member -> its.stream().filter(e -> e.member() == member).forEach(ordered::add));
        if (ordered.size() != its.size()) {
            return entries;
        }
        List<EntryRecord> before = new ArrayList<>();
        List<EntryRecord> after = new ArrayList<>();
        List<EntryRecord> base = its.stream().filter(e -> e.order() == BindOrder.REPLACE).toList();
        long pivot = base.isEmpty() ? ServedTrees.ORIGINAL_MEMBER : base.get(0).member();
        int place = order.indexOf(pivot);
        for (EntryRecord entry : ordered) {
            int at = order.indexOf((long) entry.member());
            if (at < place) {
                before.add(entry.ordered(BindOrder.BEFORE));
            } else if (at > place) {
                after.add(entry.ordered(BindOrder.AFTER));
            }
        }
        Collections.reverse(before);
        List<EntryRecord> result = new ArrayList<>(entries);
        List<EntryRecord> in = Stream.of(base, before, after).flatMap(List::stream).toList();
        int next = 0;
        for (int i = 0; i < result.size(); i++) {
            if (result.get(i).head() == head) {
                result.set(i, in.get(next++));
            }
        }
        return result;
    }

    /** Whether the record leads to that order already. */
    private static boolean isInOrder(List<EntryRecord> its, List<Long> order) {
        List<Long> recorded = its.isEmpty()
                ? List.of()
                : Entries.at(its.get(0).target(), its).stream().map(e -> (long) e.member()).toList();
        List<Long> bound = order.stream().filter(m -> m != ServedTrees.ORIGINAL_MEMBER).toList();
        int place = order.indexOf(ServedTrees.ORIGINAL_MEMBER);
        return recorded.equals(bound) && (place < 0 || its.stream().allMatch(e -> isOnItsSide(e, order, place)));
    }

    private static boolean isOnItsSide(EntryRecord entry, List<Long> order, int original) {
        boolean before = order.indexOf((long) entry.member()) < original;
        return before == (entry.order() == BindOrder.BEFORE);
    }
}
