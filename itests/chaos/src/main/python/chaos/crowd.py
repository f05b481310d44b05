"""Many sessions at once, some of them in use: after a kill of the platform all must answer, and soon."""

import concurrent.futures
import errno
import os
import random
import statistics
import subprocess
import threading
import time

from . import processes
from .place import Place

MAKERS = 4
PROBERS = 64
SHARE_IN_USE = 0.1
SHARE_OF_UNIONS = 0.2
PROGRAMS = 4
SETTLE_SECONDS = 120


def run(distribution, archive, seed, options, report, say):
    place = Place(distribution, archive, options.sessions)
    crowd = Crowd(place, seed, options, report, say)
    try:
        place.open()
        before = place.rest()
        crowd.make()
        crowd.begin()
        for number in range(options.kills):
            crowd.kill(number)
        crowd.stop()
        crowd.end()
        report.faults += place.left(before)
    except Exception as e:
        report.faults.append(f"crowd: {type(e).__name__}: {e}")
    finally:
        crowd.stop()
        if not report.is_good() and options.keep:
            say(f"logs kept in {place.keep()}")
        report.faults += place.close()


class Crowd:
    def __init__(self, place, seed, options, report, say):
        self.place = place
        self.froggr = place.froggr
        self.options = options
        self.report = report
        self.say = say
        self.dice = random.Random(seed)
        self.seed = seed
        self.count = options.sessions
        self.programs = []

    def target(self, number):
        return os.path.join(self.place.medium_directory, f"t{number}")

    def make(self):
        for directory in ("a", *(f"t{n}" for n in range(self.count))):
            os.mkdir(os.path.join(self.place.medium_directory, directory))
        unions = {n for n in range(self.count) if self.dice.random() < SHARE_OF_UNIONS}
        start = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(MAKERS) as pool:
            list(pool.map(lambda n: self._make_one(n, n in unions), range(self.count)))
        took = time.monotonic() - start
        platform, anchors = self._weigh()
        self.say(f"{self.count} sessions, {len(unions)} of them unions, in {took:.1f} s; platform "
                 f"{platform / 1024:.0f} MB, an anchor {anchors / self.count:.0f} KiB (PSS)")  # fmt: skip

    def _make_one(self, number, is_union):
        source = os.path.join(self.place.medium_directory, "a")
        words = ("bind", "-b") if is_union else ("mount", "-t", "served")
        # Each has a directory of its own in the one that all show.
        os.mkdir(os.path.join(source, f"own{number}"))
        self.froggr.run(*words, source, self.target(number))

    def _weigh(self):
        """PSS in KiB of the platform, and of all anchors together."""
        platform = self.froggr.platform()[0]
        others = [p for p in processes.of_home(self.froggr.home) if "froggr-session" in processes.arguments(p)]
        return processes.pss(platform), sum(processes.pss(p) for p in others)

    def begin(self):
        """Starts what uses some of them, until the end."""
        used = self.dice.sample(range(self.count), max(1, int(self.count * SHARE_IN_USE)))
        for number in range(min(PROGRAMS, len(used))):
            places = [f"s{n}={self.target(n)}/own{n}" for n in used[number::PROGRAMS]]
            self.programs.append(self.place.load("many", str(self.seed), *places))
        time.sleep(2)

    def kill(self, number):
        """Kills the platform when it and its standby are at rest, and asks all sessions something."""
        processes.wait_until(self.froggr.standby, SETTLE_SECONDS, 0.2)
        struck = self.froggr.platform()
        at = time.monotonic()
        processes.kill(*struck)
        took, failures = self._ask_all(at, number)
        if not processes.wait_until(lambda: (p := self.froggr.platform()) and p != struck, SETTLE_SECONDS):
            raise AssertionError(f"no platform within {SETTLE_SECONDS} s")
        ready = time.monotonic() - at
        pauses = [n.took for n in self.place.notes() if not n.is_fault and n.at < at + took[-1] and n.end > at]
        self.report.limits.append((f"after kill {number + 1} all {self.count} sessions answered", took[-1], self.options.within))
        self.say(f"kill {number + 1}: half of all answered within {statistics.median(took):.2f} s, all within {took[-1]:.2f} s; "
                 f"programs in use waited {max(pauses, default=0):.2f} s at most; ready after {ready:.2f} s")  # fmt: skip
        self.report.faults += failures
        listed = [s for s in self.froggr.sessions() if s["state"] == "active"]
        if len(listed) != self.count:
            self.report.faults.append(f"{len(listed)} of {self.count} sessions are active after kill {number + 1}")

    def _ask_all(self, at, number):
        """Seconds from the kill to each answer, ascending; sentences about wrong ones."""
        order = list(range(self.count))
        self.dice.shuffle(order)
        took, failures, lock = [], [], threading.Lock()

        def ask():
            while True:
                with lock:
                    if not order:
                        return
                    session = order.pop()
                try:
                    os.stat(os.path.join(self.target(session), f"missing{number}"))
                    said = "a file that is not there"
                except OSError as e:
                    said = None if e.errno == errno.ENOENT else f"{errno.errorcode.get(e.errno)}"
                with lock:
                    took.append(time.monotonic() - at)
                    if said:
                        failures.append(f"session {session} answered with {said}")

        threads = [threading.Thread(target=ask, daemon=True) for _ in range(PROBERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(max(0.0, at + SETTLE_SECONDS - time.monotonic()))
        with lock:
            if len(took) < self.count:
                failures.append(f"{self.count - len(took)} sessions did not answer within {SETTLE_SECONDS} s")
            return sorted(took), failures

    def stop(self):
        if not self.programs:
            return
        self.place.stop()
        for program in self.programs:
            try:
                if program.wait(60) != 0:
                    self.report.faults.append(f"a program ended with status {program.returncode}")
            except subprocess.TimeoutExpired:
                self.report.faults.append("a program does not end")
                program.kill()
        self.programs = []
        notes = self.place.notes()
        self.report.operations += self.place.operations()
        self.report.add_stage("crowd", [], notes)

    def end(self):
        start = time.monotonic()
        self.froggr.run("session", "-p")
        self.say(f"all ended within {time.monotonic() - start:.1f} s")
