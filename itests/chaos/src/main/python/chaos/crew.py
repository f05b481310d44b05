"""The loads of one stage: starts them, watches that none hangs, gathers what they noted."""

import dataclasses
import json
import os
import subprocess
import time

from . import processes
from .loads.track import NOW

# Beyond what an operation says it may take: a stage's setting up, and a machine that does other things.
GRACE_SECONDS = 5
END_SECONDS = 60

# What the load does with a file without a name, but for closing it, which needs nothing of the file
NAMELESS_OPERATIONS = ("write nameless", "fstat nameless", "read nameless")


@dataclasses.dataclass
class Note:
    """An operation that took long or went wrong. Times on CLOCK_MONOTONIC, in seconds."""

    load: str
    at: float
    took: float
    operation: str
    error: str | None = None
    expected: str | None = None
    wrong: str | None = None
    nameless_since: float | None = None

    @property
    def end(self):
        return self.at + self.took

    def is_lost_nameless(self, kills):
        """Whether a file gave ESTALE that had lost its name before one of these kills of a platform."""
        platforms = [k for k in kills if k.kind != "anchor"]
        return (
            self.operation in NAMELESS_OPERATIONS
            and self.error == "ESTALE"
            and self.expected == "success"
            and self.nameless_since is not None
            and any(self.nameless_since <= k.back and k.at <= self.end for k in platforms)
        )

    @property
    def is_fault(self):
        return self.error is not None or self.wrong is not None


class Crew:
    def __init__(self, froggr, control, directory):
        self.froggr = froggr
        self.control = control
        self.directory = directory
        self.running = {}

    def begin(self, kind, name, seed, session=None):
        """Starts a load in a directory of its own below the one under test."""
        place = os.path.join(self.directory, name)
        path = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
        words = ["env", f"PYTHONPATH={path}", "PYTHONDONTWRITEBYTECODE=1", "/usr/bin/python3", "-m", "chaos.loads",
                 kind, name, place, self.control, str(seed)]  # fmt: skip
        if session:
            words = [self.froggr.program, "exec", session, "--", *words]
        # Not in its home: what is left of a home is looked for by its name.
        said = open(os.path.join(self.control, name + ".out"), "wb")
        self.running[name] = subprocess.Popen(
            self.froggr.words(*words), stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/",
            start_new_session=True,
        )  # fmt: skip
        said.close()

    def hung(self):
        """(load, operation, process) of an operation that takes longer than it may, else None."""
        for name in self._files(".now"):
            with open(os.path.join(self.control, name), "rb") as file:
                data = file.read()
            if len(data) == NOW.size:
                start, limit, pid, what = NOW.unpack(data)
                if start and time.monotonic() - start > limit + GRACE_SECONDS and processes.start_time(pid):
                    return name[:-4], what.rstrip(b"\0").decode(), pid
        return None

    def ended(self):
        """Loads that have ended though nobody told them to."""
        return [name for name, process in self.running.items() if process.poll() is not None]

    def stop(self):
        """Lets all end; returns sentences about those that did not, or not well."""
        with open(os.path.join(self.control, "stop"), "w"):
            pass
        faults = []
        end = time.monotonic() + END_SECONDS
        for name, process in self.running.items():
            try:
                if process.wait(max(0.1, end - time.monotonic())) != 0:
                    faults.append(f"load {name} ended with status {process.returncode}: {self._said(name)}")
            except subprocess.TimeoutExpired:
                faults.append(f"load {name} does not end\n{self.look(process.pid)}")
                self._kill(process)
        return faults

    def look(self, pid):
        """Where a process and all that it started wait."""
        family, looked = [pid], []
        while family:
            process = family.pop()
            looked.append(processes.waits(process))
            for other in processes.everyone():
                if _parent(other) == process:
                    family.append(other)
        return "".join(looked)

    def _kill(self, process):
        for pid in processes.everyone():
            if _session(pid) == process.pid and (started := processes.start_time(pid)):
                processes.kill(pid, started)

    def notes(self):
        found = []
        for name in self._files(".log"):
            with open(os.path.join(self.control, name)) as file:
                for line in file:
                    entry = json.loads(line)
                    if "at" in entry:
                        found.append(Note(load=name[:-4], **entry))
        return found

    def operations(self):
        """How many were done by loads that have ended."""
        total = 0
        for name in self._files(".log"):
            with open(os.path.join(self.control, name)) as file:
                total += sum(json.loads(line).get("operations", 0) for line in file)
        return total

    def _said(self, name):
        with open(os.path.join(self.control, name + ".out"), errors="replace") as file:
            return file.read()[-800:]

    def _files(self, suffix):
        return [name for name in os.listdir(self.control) if name.endswith(suffix)]


def _stat(pid, field):
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            return int(file.read().rpartition(b") ")[2].split()[field - 3])
    except (OSError, IndexError):
        return None


def _parent(pid):
    return _stat(pid, 4)


def _session(pid):
    return _stat(pid, 6)
