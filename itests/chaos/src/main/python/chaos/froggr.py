"""Froggr as its user has it: the command line, and the processes that it says it has."""

import json
import os
import shutil
import subprocess

from . import processes

# What any command may take on a busy machine, with a platform that is killed meanwhile.
LIMIT_SECONDS = 90


class CommandFailed(Exception):
    pass


class Froggr:
    """One user's Froggr, with a home of its own. Ordinary users are only a number: they have no account."""

    def __init__(self, distribution, home, user=0):
        self.home = home
        self.user = user
        self.program = os.path.join(distribution, "bin", "frg")
        self.library = os.path.join(distribution, "lib")
        self.environment = {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": "/nonexistent",
            "SHELL": "/bin/sh",
            "LANG": "C.UTF-8",
            "FROGGR_HOME": home,
            "FROGGR_TRAIN_AFTER": "86400",
        }
        for name in ("JAVA_HOME", "FROGGR_STANDBY", "FROGGR_JAVA_OPTS", "FROGGR_CDS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]

    @property
    def is_private(self):
        return self.user != 0

    def words(self, *arguments):
        """What runs this command as the user."""
        return [*self._as_user(), "env", "-i", *(f"{k}={v}" for k, v in self.environment.items()), *arguments]

    def _as_user(self):
        return ["setpriv", f"--reuid={self.user}", f"--regid={self.user}", "--clear-groups"] if self.user else []

    def start(self, *arguments):
        return subprocess.Popen(
            self.words(self.program, *arguments), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, cwd="/",
        )  # fmt: skip

    def attempt(self, *arguments, limit=LIMIT_SECONDS):
        """(exit status, output, complaints); status -1 if it hangs."""
        running = self.start(*arguments)
        try:
            out, err = running.communicate(timeout=limit)
            return running.returncode, out, err
        except subprocess.TimeoutExpired:
            running.kill()
            return -1, "", f"still running after {limit} s"

    def run(self, *arguments):
        status, out, err = self.attempt(*arguments)
        for _ in range(5):
            if status != 75:  # TRY_AGAIN: its platform was killed
                break
            status, out, err = self.attempt(*arguments)
        if status != 0:
            raise CommandFailed(f"frg {' '.join(arguments)}: status {status}: {err.strip()}")
        return out.strip()

    def train(self):
        """Makes the class-data archive now that a platform of some age would make."""
        words = self.words("sh", os.path.join(self.library, "frg-platform"), "train")
        subprocess.run(words, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=False)

    # ---- processes ----

    def platform(self):
        """(pid, start time) of the platform that says it is ready and lives, else None."""
        try:
            with open(os.path.join(self.home, "platform", "pid")) as file:
                pid, started = map(int, file.read().split()[:2])
        except (OSError, ValueError):
            return None
        return (pid, started) if processes.start_time(pid) == started else None

    def machines(self):
        """(pid, start time) of all JVMs of this home: one that runs or starts, and one that may stand by."""
        found = []
        for pid in processes.everyone():
            words = processes.arguments(pid)
            if f"-Dfroggr.home={self.home}" in words and (started := processes.start_time(pid)):
                found.append((pid, started))
        return found

    def standby(self):
        """The JVM that stands by, if there is one."""
        current = self.platform()
        others = [m for m in self.machines() if m != current and "-Dfroggr.standby=true" in processes.arguments(m[0])]
        return others[0] if current and others else None

    def sessions(self):
        return json.loads(self.run("session", "-l", "--json"))

    def session(self, session):
        return next((s for s in self.sessions() if s["id"] == session), None)

    def anchor(self, session):
        """(pid, start time) of a session's process, else None."""
        found = self.session(session)
        started = processes.start_time(found["pid"]) if found and found["pid"] else None
        return (found["pid"], started) if started else None

    def bundle(self, name):
        """The number of a bundle."""
        line = next(line for line in self.run("gogo", "lb -s").splitlines() if name in line)
        return line.split("|")[0].strip()

    def thread_dump(self):
        current = self.platform() or next(iter(self.machines()), None)
        if not current:
            return "no platform\n"
        tool = os.path.join(self.environment.get("JAVA_HOME", ""), "bin", "jstack")
        tool = tool if os.access(tool, os.X_OK) else shutil.which("jstack")
        if not tool:
            return "no jstack\n"
        try:
            words = [*self._as_user(), tool, str(current[0])]
            return subprocess.run(words, capture_output=True, text=True, timeout=20).stdout
        except subprocess.TimeoutExpired:
            return "jstack hangs\n"

    def end(self):
        """Ends all that runs for this home, in order if possible; returns what was in the way."""
        faults = []
        for words in (("session", "-p", "--force"), ("platform", "stop")):
            status, _, err = self.attempt(*words)
            if status != 0:
                faults.append(f"frg {' '.join(words)}: status {status}: {err.strip()}")
        left = processes.wait_until(lambda: not processes.of_home(self.home), 10) or [
            " ".join(processes.arguments(p)) for p in processes.of_home(self.home)
        ]
        if left is not True:
            faults.append(f"processes left: {left}")
        for pid in processes.of_home(self.home):
            processes.kill(pid, processes.start_time(pid))
        return faults
