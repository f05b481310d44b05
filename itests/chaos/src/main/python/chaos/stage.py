"""One set-up: a file system, a user, a tree or a union on it, loads in it, and its end without a trace."""

import os
import random
import shutil
import tempfile

from . import media, processes
from .crew import Crew
from .froggr import Froggr

USER = 70001
EXTRAS = ("copy", "fio", "sqlite", "git", "tree")


class Stage:
    """Its name says what it is: served or union, tmpfs or ext4, root or user, in a private or a shared root."""

    def __init__(self, tree, medium, who, propagation, distribution, archive=None):
        self.tree, self.medium, self.who, self.propagation = tree, medium, who, propagation
        self.user = USER if who == "user" else 0
        # Everybody may pass; the home itself is only its user's.
        self.base = tempfile.mkdtemp(prefix="froggr-chaos-")
        os.chmod(self.base, 0o755)
        self.medium_directory = os.path.join(self.base, "m")
        self.target = os.path.join(self.medium_directory, "t")
        self.control = os.path.join(self.base, "control")
        self.froggr = Froggr(distribution, os.path.join(self.base, "home"), self.user)
        self.crew = Crew(self.froggr, self.control, self.target)
        self.session = None
        self.archive = archive

    @property
    def name(self):
        return f"{self.tree}/{self.medium}/{self.who}/{self.propagation}"

    def open(self):
        media.propagate(self.propagation)
        for directory in (self.control, self.froggr.home):
            os.mkdir(directory, 0o700)
            os.chown(directory, self.user, self.user)
        if self.archive:
            self._copy_archive()
        media.make(self.medium, self.medium_directory, os.path.join(self.base, "image"))
        names = ("a", "b", "t", "extra", "extra/source", "extra/targets")
        for name in names:
            os.mkdir(os.path.join(self.medium_directory, name))
        for name in ("", *names):
            os.chown(os.path.join(self.medium_directory, name), self.user, self.user)
        self._make_tree()

    def _copy_archive(self):
        cache = os.path.join(self.froggr.home, "cache")
        os.mkdir(cache, 0o700)
        copied = shutil.copy(self.archive, cache)
        for path in (cache, copied):
            os.chown(path, self.user, self.user)

    @property
    def extra_source(self):
        return os.path.join(self.medium_directory, "extra/source")

    @property
    def extra_directory(self):
        return os.path.join(self.medium_directory, "extra/targets")

    def verb(self, verb):
        return (verb, "--private") if self.froggr.is_private else (verb,)

    def _make_tree(self):
        a, b = (os.path.join(self.medium_directory, name) for name in "ab")
        if self.tree == "served":
            self.session = self.froggr.run(*self.verb("mount"), "-t", "served", a, self.target)
        else:
            self.session = self.froggr.run(*self.verb("bind"), "-b", a, self.target)
            self.froggr.run(*self.verb("bind"), "-a", b, self.target)

    def begin(self, kinds, seed):
        """Starts loads. In a union some of their directories are in two members."""
        dice = random.Random(seed)
        for number, kind in enumerate(kinds):
            name = f"{kind}{number}"
            members = ("a",) if self.tree == "served" else ("b", "a") if dice.random() < 0.5 else ("b",)
            for member in members:
                place = os.path.join(self.medium_directory, member, name)
                os.mkdir(place)
                os.chown(place, self.user, self.user)
            self.crew.begin(kind, name, seed, self.session if self.froggr.is_private else None)

    def tidy(self, target):
        """After a command that may or may not have mounted something: away with it, and nothing else may be left."""
        if target.startswith("/"):
            for session in self.froggr.sessions():
                if session["root"] == target:
                    self.froggr.run("session", "-k", session["id"])
        for session in self.froggr.sessions():
            if (session["name"] or "").startswith("extra"):
                self.froggr.run("session", "-k", session["id"])
        stray = [s["root"] for s in self.froggr.sessions() if s["id"] != self.session]
        if stray:
            raise AssertionError(f"sessions left: {stray}")
        if target.startswith("/") and target in open("/proc/self/mountinfo").read():
            raise AssertionError(f"still mounted: {target}")

    def connections(self):
        """FUSE connections of this stage, wherever they are mounted."""
        numbers = media.connections(self.base)
        if self.froggr.is_private:
            for pid in processes.of_home(self.froggr.home):
                numbers |= media.connections(self.base, pid)
        return numbers

    def close(self):
        """Ends and removes all; returns sentences about what was left."""
        faults = self.froggr.end()
        table = open("/proc/self/mountinfo").read()
        own = f" {self.medium_directory} "
        lines = [line for line in table.splitlines() if self.base in line and own not in line]
        if lines:
            faults.append(f"mounts left: {lines}")
        faults += media.remove(self.base)
        sessions = os.path.join(self.froggr.home, "sessions")
        if os.path.isdir(sessions) and os.listdir(sessions):
            faults.append(f"session files left: {os.listdir(sessions)}")
        if self.base not in open("/proc/self/mountinfo").read():
            shutil.rmtree(self.base, ignore_errors=True)
        return faults


def choose_loads(dice):
    """The model always, since the pause is measured by it, and some others."""
    return ["model", "append", dice.choice(("holder", "nameless")), *dice.sample(EXTRAS, 2)]
