"""Sessions that begin and end under faults of all kinds: nothing may be left of them."""

import collections
import concurrent.futures
import os
import random
import signal
import subprocess
import threading
import time

from . import processes
from .froggr import CommandFailed
from .place import Place

HANDS = 6
# A platform is killed once in so many sessions, and more often in a short run: each kill costs all of them a second.
SESSIONS_A_KILL = 100
MADE = ("served", "union", "plain", "empty", "private")
FAULTS = ("none", "none", "anchor", "pipes", "client", "unmounted", "removed", "busy")


def run(distribution, archive, seed, options, report, say):
    place = Place(distribution, archive, 0)
    try:
        place.open()
        before = place.rest()
        churn = Churn(place, seed, options, say)
        churn.perform()
        report.faults += churn.faults
        report.operations += options.churn
        report.faults += place.left(before)
    except Exception as e:
        report.faults.append(f"churn: {type(e).__name__}: {e}")
    finally:
        if report.faults and options.keep:
            say(f"logs kept in {place.keep()}")
        report.faults += place.close()


class Churn:
    def __init__(self, place, seed, options, say):
        self.froggr = place.froggr
        self.directory = place.medium_directory
        self.seed = seed
        self.count = options.churn
        self.made = options.load or MADE
        self.kinds = options.kind or (*FAULTS, "platform")
        self.say = say
        self.faults = []
        self.done = collections.Counter()
        self.unsure = []
        self.lock = threading.Lock()
        self.over = threading.Event()

    def perform(self):
        os.mkdir(os.path.join(self.directory, "a"))
        start = time.monotonic()
        killer = threading.Thread(target=self._kill_platforms)
        killer.start()
        try:
            with concurrent.futures.ThreadPoolExecutor(HANDS) as pool:
                list(pool.map(self._one, range(self.count)))
        finally:
            self.over.set()
            killer.join()
        self.say(f"{self.count} sessions in {time.monotonic() - start:.0f} s")
        for (made, fault), times in sorted(self.done.items()):
            self.say(f"  {made:<8} {fault:<10} {times}")
        left = [s for s in self.froggr.sessions() if not self._may_be_left(s)]
        if left:
            self.faults.append(f"sessions left: {left[:5]}")

    def _may_be_left(self, session):
        """What was asked for by a client that was killed may have been carried out after we looked."""
        return any(session["name"] == s.name or session["root"] == s.target for s in self.unsure)

    def _kill_platforms(self):
        """All JVMs at times, else the platform."""
        dice = random.Random(f"{self.seed} platforms")
        often = 10 if self.kinds == ["platform"] else min(SESSIONS_A_KILL, max(10, self.count // 4))
        due = often // 2
        while "platform" in self.kinds and not self.over.wait(0.05):
            if sum(n for (made, _), n in self.done.items() if made in MADE) < due:
                continue
            due += dice.randrange(1, 2 * often)
            together = dice.random() < 0.2
            struck = self.froggr.machines() if together else [p for p in [self.froggr.platform()] if p]
            for machine in struck:
                processes.kill(*machine)
            self._count("platform", "together" if together else "alone")

    def _count(self, *what):
        with self.lock:
            self.done[what] += 1

    def _one(self, number):
        if len(self.faults) > 20:
            return
        dice = random.Random(f"{self.seed} {number}")
        made, fault = dice.choice(self.made), dice.choice([k for k in self.kinds if k != "platform"] or ["none"])
        session = Session(self, number, made, dice)
        try:
            getattr(session, fault)()
            if fault == "client":
                self.unsure.append(session)
            session.end()
        except Exception as e:
            self.faults.append(f"session {number}, {made}, {fault}: {type(e).__name__}: {e}")
        self._count(made, fault)


class Session:
    """One session of a kind, what is done to it, and its end."""

    def __init__(self, churn, number, made, dice):
        self.froggr = churn.froggr
        self.made = made
        self.dice = dice
        self.source = os.path.join(churn.directory, "a")
        self.target = os.path.join(churn.directory, f"t{number}")
        self.name = f"churn-s{number}"
        os.mkdir(self.target)

    @property
    def is_mounted(self):
        """Whether others see its mount."""
        return self.made in ("served", "union", "plain")

    def words(self):
        return {
            "served": ("mount", "-t", "served", self.source, self.target),
            "union": ("bind", "-b", self.source, self.target),
            "plain": ("mount", self.source, self.target),
            "empty": ("session", "new", "--name", self.name),
            "private": ("mount", "--private", "-t", "served", self.source, self.target),
        }[self.made]

    def make(self):
        try:
            self.froggr.run(*self.words())
        except CommandFailed as e:
            # Its platform was killed after it had been made, and that was not said: then it is there.
            if not self._found():
                raise e

    def _found(self):
        for session in self.froggr.sessions():
            if self.name == session["name"] or self.target == session["root"]:
                return session
        return None

    # ---- faults ----

    def none(self):
        self.make()

    def anchor(self):
        self.make()
        found = self._found()
        if found and found["pid"] and (started := processes.start_time(found["pid"])):
            processes.kill(found["pid"], started)

    def pipes(self):
        self.make()
        found = self._found()
        for name in ("ctl", "reply", "anchor", "answer"):
            if self.dice.random() < 0.7:
                _unlink(os.path.join(self.froggr.home, "sessions", found["id"], name))

    def client(self):
        """The command is killed, with whatever it has started, at some moment of its life."""
        words = self.froggr.words(self.froggr.program, *self.words())
        client = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/",
            start_new_session=True,
        )  # fmt: skip
        time.sleep(self.dice.random() * 0.1)
        try:
            # It may have started the supervising loop, which has a session of its own.
            os.killpg(client.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        client.wait()

    def unmounted(self):
        """By others, not by us."""
        self.make()
        if self.is_mounted:
            subprocess.run(["umount", "-l", self.target], capture_output=True)

    def removed(self):
        """The target goes away, which the kernel permits who does not see the mount (rename and rmdir of others)."""
        self.make()
        script = 'umount -l "$1"; rmdir "$1"'
        subprocess.run(["unshare", "-m", "--propagation", "private", "sh", "-c", script, "sh", self.target], capture_output=True)

    def busy(self):
        """Ended while somebody is in it: that is refused, or it was not there any more."""
        self.make()
        if not self.is_mounted:
            return
        fd = os.open(self.target, os.O_RDONLY | os.O_DIRECTORY)
        holder = subprocess.Popen(["sleep", "60"], cwd=f"/proc/self/fd/{fd}", pass_fds=(fd,))
        os.close(fd)
        try:
            status, _, err = self.froggr.attempt("unmount", self.target)
            if status == 0:
                raise AssertionError("unmounted while in use")
            if "BUSY" not in err and status != 75:
                raise AssertionError(f"in use: status {status}: {err.strip()}")
        finally:
            holder.kill()
            holder.wait()

    # ---- the end ----

    def end(self):
        """However it is done and whatever has happened: afterwards it is gone."""
        way = self.dice.choice(("unmount", "kill", "lazy", "force"))
        if way == "unmount" and self.is_mounted:
            self.froggr.attempt("unmount", self.target)
        mode = {"lazy": ("--lazy",), "force": ("--force",)}.get(way, ())
        said = ""
        for _ in range(40):
            found = self._found()
            if not found:
                break
            status, _, said = self.froggr.attempt("session", "-k", found["id"], *mode)
            if status not in (0, 75):
                # Somebody may still be in the middle of it: a recovery, or a thread of a platform that was killed.
                time.sleep(0.25)
        else:
            raise AssertionError(f"does not end: {said.strip()}")
        with open("/proc/self/mountinfo") as table:
            if any(line.split()[4].removesuffix("//deleted") == self.target for line in table):
                raise AssertionError("its target is still mounted on")
        if os.path.isdir(self.target):
            os.rmdir(self.target)


def _unlink(path):
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass
