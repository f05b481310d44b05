"""What is said at the end."""

import collections
import statistics


class Report:
    """Of all stages."""

    def __init__(self):
        self.kills = []  # (stage, Kill, pause in seconds or None)
        self.errors = []  # (stage, Note, Kill before it or None)
        self.hangs = []
        self.faults = []
        self.limits = []  # (what, seconds it took, seconds it may take)
        self.operations = 0
        self.allowed = collections.Counter()

    def is_good(self):
        on_time = all(took <= most for _, took, most in self.limits)
        return on_time and not (self.errors or self.hangs or self.faults or any(k.fault for _, k, _ in self.kills))

    def add_stage(self, stage, kills, notes, allowed=lambda note: False):
        """`allowed` says which errors a stage does not promise to spare its programs."""
        for kill in kills:
            single = [n for n in notes if not n.is_fault and _is_single(n)]
            during = [n.took for n in single if n.at < kill.back and n.end > kill.at]
            self.kills.append((stage, kill, max(during, default=None)))
        for note in notes:
            if note.is_fault and allowed(note):
                self.allowed[f"{stage}: {note.operation.split()[0]}: {note.error}"] += 1
            elif note.is_fault:
                before = [kill for kill in kills if kill.at <= note.end]
                self.errors.append((stage, note, before[-1] if before else None))

    def print(self):
        if self.kills:
            self._print_kills()
        print(f"{self.operations} operations, {len(self.errors)} errors, {len(self.hangs)} hangs, ", end="")
        print(f"{sum(1 for _, n, _ in self.errors if n.wrong is not None)} times wrong data")
        self._print_faults()

    def _print_kills(self):
        print(f"\n{'killed':<10} {'times':>5} {'errors':>6}   pause in ms: {'median':>6} {'p99':>6} {'max':>6}")
        kinds = sorted({kill.kind for _, kill, _ in self.kills})
        for kind in [*kinds, None]:
            pauses = sorted(p * 1000 for _, k, p in self.kills if kind in (k.kind, None) and p is not None)
            times = sum(1 for _, k, _ in self.kills if kind in (k.kind, None))
            errors = sum(1 for _, _, k in self.errors if k and kind in (k.kind, None))
            line = f"{kind or 'all':<10} {times:>5} {errors:>6}   {'':<12}"
            if pauses:
                line += f" {statistics.median(pauses):>6.0f} {pauses[int(len(pauses) * 0.99)]:>6.0f} {pauses[-1]:>6.0f}"
            print(line)
        print("The pause is the longest single operation that overlaps a kill; a kill that none met has none.")

    def _print_faults(self):
        for stage, note, kill in self.errors:
            what = f"wrong: {note.wrong}" if note.wrong else f"{note.error} instead of {note.expected or 'success'}"
            print(f"ERROR {stage} {note.end:.3f} {note.load}: {note.operation}: {what}")
            if kill:
                print(f"      {1000 * (note.end - kill.at):.0f} ms after kill of {kill.kind} ({kill.detail})")
        for hang in self.hangs:
            print(f"HANG {hang}")
        for stage, kill, _ in self.kills:
            if kill.fault:
                print(f"FAULT {stage} after kill of {kill.kind} ({kill.detail}): {kill.fault}")
        for what, took, most in self.limits:
            if took > most:
                print(f"FAULT {what} within {took:.2f} s, not within {most:.2f} s")
        for fault in self.faults:
            print(f"FAULT {fault}")
        for what, times in self.allowed.items():
            print(f"not promised, {times} times: {what}")


def _is_single(note):
    """Whether it is one operation of the kernel and not the run of a whole program."""
    return note.load.startswith(("model", "append", "holder", "nameless"))
