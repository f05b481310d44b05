"""A home and a file system for runs with many sessions of root's, and what is left of them."""

import glob
import os
import shutil
import subprocess
import tempfile
import time

from . import media, processes
from .crew import Crew
from .froggr import Froggr
from .leaks import Snapshot

QUIET_SECONDS = 20
CLAIM_SECONDS = 75
SESSIONS_BY_DEFAULT = 4096


class Place:
    def __init__(self, distribution, archive, most_sessions):
        self.base = tempfile.mkdtemp(prefix="froggr-chaos-")
        self.medium_directory = os.path.join(self.base, "m")
        self.control = os.path.join(self.base, "control")
        self.froggr = Froggr(distribution, os.path.join(self.base, "home"))
        self.crew = Crew(self.froggr, self.control, None)
        self.archive = archive
        self.most_sessions = most_sessions

    def open(self):
        media.propagate("shared")
        for directory in (self.control, self.froggr.home, *(os.path.join(self.froggr.home, n) for n in ("cache", "etc"))):
            os.mkdir(directory, 0o700)
        if self.archive:
            shutil.copy(self.archive, os.path.join(self.froggr.home, "cache"))
        if self.most_sessions >= SESSIONS_BY_DEFAULT:
            with open(os.path.join(self.froggr.home, "etc", "org.froggr.session.cfg"), "w") as file:
                file.write(f"maxSessions=I\"{self.most_sessions + 100}\"\n")
        media.make("tmpfs", self.medium_directory, None)
        for name in ("a", "warm", "warm/source", "warm/served", "warm/union", "warm/private"):
            if name != "a":
                os.mkdir(os.path.join(self.medium_directory, name))

    def rest(self):
        """What there is when nothing is in use, by a platform that has done a bit of everything."""
        names = ("source", "served", "union", "private")
        source, served, union, private = (os.path.join(self.medium_directory, "warm", n) for n in names)
        self.froggr.run("mount", "-t", "served", source, served)
        self.froggr.run("bind", "-b", source, union)
        self.froggr.run("mount", "--private", "-t", "served", source, private)
        for target in (served, union):
            os.listdir(target)
            with open(os.path.join(target, "file"), "w"):
                pass
            os.unlink(os.path.join(target, "file"))
        self.froggr.run("session", "-p")
        # Without a standby, which is wanted no more.
        processes.wait_until(lambda: len(self.froggr.machines()) == 1, QUIET_SECONDS, 0.2)
        return Snapshot(self.froggr, self.base)

    def left(self, before):
        """Sentences about what was not there before, after what is on its way out had time to go."""
        self.rest()
        said = []

        def is_clean():
            said[:] = Snapshot(self.froggr, self.base).since(before)
            return not said

        processes.wait_until(is_clean, QUIET_SECONDS, 0.5)
        # The platform keeps a request that is not whole, or an answer that nobody reads, for a while.
        if said and all(sentence.startswith("claims") for sentence in said):
            processes.wait_until(is_clean, CLAIM_SECONDS, 1)
        return said

    def load(self, module, *arguments):
        path = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
        said = open(os.path.join(self.control, f"{module}{time.monotonic_ns()}.out"), "wb")
        with said:
            return subprocess.Popen(
                ["env", f"PYTHONPATH={path}", "PYTHONDONTWRITEBYTECODE=1", "/usr/bin/python3", "-m",
                 f"chaos.loads.{module}", self.control, *arguments],
                stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/", start_new_session=True,
            )  # fmt: skip

    def stop(self):
        with open(os.path.join(self.control, "stop"), "w"):
            pass

    def notes(self):
        return self.crew.notes()

    def operations(self):
        return self.crew.operations()

    def keep(self):
        """Copies what was written down to a directory that stays."""
        kept = tempfile.mkdtemp(prefix="froggr-chaos-kept-")
        for directory in (self.control, *(os.path.join(self.froggr.home, name) for name in ("platform", "sessions"))):
            for suffix in ("log", "jsonl", "json", "out", "txt"):
                for file in glob.glob(os.path.join(directory, "**", "*." + suffix), recursive=True):
                    shutil.copy(file, os.path.join(kept, os.path.relpath(file, self.base).replace("/", "-")))
        return kept

    def close(self):
        """Ends and removes all; returns sentences about what was in the way."""
        faults = self.froggr.end()
        if faults:
            media.abort(media.connections(self.base))
        faults += media.remove(self.base)
        if self.base not in open("/proc/self/mountinfo").read():
            shutil.rmtree(self.base, ignore_errors=True)
        return faults
