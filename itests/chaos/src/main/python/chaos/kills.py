"""The ways to kill, as a table. Each returns when things must go on again, or says why that did not happen."""

import dataclasses
import os
import time

from . import media, processes

# Until there is a platform that says it is ready: starts that were killed before are punished by growing delays.
READY_SECONDS = 90
ANCHOR_SECONDS = 30

# The default policy answers a third death of a process within a minute by mounts made anew: nothing that this
# looks for. Measured by us, so with a margin.
ANCHOR_DEATHS = 3
ANCHOR_WINDOW_SECONDS = 65


@dataclasses.dataclass
class Kill:
    """One that was done. Times on CLOCK_MONOTONIC, in seconds."""

    kind: str
    at: float
    back: float = 0
    detail: str = ""
    fault: str | None = None


class Killer:
    """Kills what serves one stage."""

    def __init__(self, stage, dice):
        self.stage = stage
        self.froggr = stage.froggr
        self.dice = dice
        self.anchor_deaths = []
        self.made = 0

    def possible(self):
        """Names of the kinds that this stage has, each as often as it is to be chosen."""
        kinds = ["platform"] * 5 + ["twice"] * 3 + ["together", "standby", "bind", "unmount", "create", "update"]
        if not self.froggr.is_private:
            # A private session without privilege lives in its anchor: when that goes, so does all.
            kinds += ["anchor"] * 3 + ["both"] * 2
            if self.stage.medium == "ext4":
                kinds += ["own-mount"]
        return kinds

    def perform(self, kind):
        if kind in ("anchor", "both"):
            now = time.monotonic()
            self.anchor_deaths = [t for t in self.anchor_deaths if now - t < ANCHOR_WINDOW_SECONDS]
            if len(self.anchor_deaths) >= ANCHOR_DEATHS:
                kind = "platform"
        kill = Kill(kind, time.monotonic())
        try:
            getattr(self, "_" + kind.replace("-", "_"))(kill)
        except Exception as e:  # whatever it is, it belongs into the report of this kill
            kill.fault = f"{type(e).__name__}: {e}"
        kill.back = time.monotonic()
        return kill

    # ---- kinds ----

    def _platform(self, kill):
        self._back(self._strike(kill))

    def _twice(self, kill):
        """The second hits whatever runs then: a start, a recovery, or a platform that is ready."""
        first = self._strike(kill)
        pause = self.dice.choice((0, 0.05, 0.15, 0.3, 0.5, 0.8, 1.1, 1.5)) * self.dice.random()
        time.sleep(pause)
        second = self._successor(first)
        if second:
            processes.kill(*second)
        kill.detail += f", after {pause * 1000:.0f} ms {second[0] if second else 'nobody'}"
        self._back(second or first)

    def _together(self, kill):
        """All JVMs, also the one that stands by."""
        machines = self.froggr.machines()
        kill.at = time.monotonic()
        for machine in machines:
            processes.kill(*machine)
        kill.detail = " ".join(str(pid) for pid, _ in machines)
        self._back(*machines)

    def _standby(self, kill):
        """The one that stands by, and at once the platform."""
        other = self.froggr.standby()
        if other:
            processes.kill(*other)
        struck = self._strike(kill)
        kill.detail += f", before it {other[0] if other else 'no stand-by'}"
        self._back(struck)

    def _anchor(self, kill):
        session = self.stage.session
        before = self.froggr.anchor(session)
        kill.at = time.monotonic()
        processes.kill(*before)
        self.anchor_deaths.append(kill.at)
        kill.detail = f"anchor {before[0]}"
        self._other_anchor(session, before)

    def _both(self, kill):
        """The anchor, and when there is another, the platform."""
        self._anchor(kill)
        anchor = kill.detail
        self._platform(kill)
        kill.detail = anchor + ", " + kill.detail

    def _bind(self, kill):
        self._during(kill, self._bind_words(self._extra()))

    def _unmount(self, kill):
        target = self._extra()
        self.froggr.run(*self._bind_words(target))
        self._during(kill, ("unmount", target))

    def _bind_words(self, target):
        return (*self.stage.verb("bind"), "-c", self.stage.extra_source, target)

    def _create(self, kill):
        mode = ("--private",) if self.froggr.is_private else ()
        self.made += 1
        self._during(kill, ("session", "new", *mode, "--name", f"extra{self.made}"))

    def _update(self, kill):
        """While the bundle that serves local trees is being replaced."""
        number = self.froggr.bundle("org.froggr.backend.local")
        self._during(kill, ("gogo", f"felix:update ($.context getBundle {number})"))

    def _own_mount(self, kill):
        """While a thread of the platform waits for an answer of its own: a process with such a thread cannot end."""
        target = os.path.join(self.stage.target, f"own{self.made}")
        self.made += 1
        media.freeze(self.stage.medium_directory, True)
        frozen = True
        try:
            command = self.froggr.start("bind", "-c", self.stage.extra_source, target)
            platform = self.froggr.platform()
            waits = processes.wait_until(lambda: processes.is_in(platform[0], "request_wait_answer"), 3)
            struck = self._strike(kill)
            kill.detail += ", which waited for itself" if waits else ", which did not wait for itself"
            time.sleep(self.dice.random() * 0.3)
            media.freeze(self.stage.medium_directory, False)
            frozen = False
            self._back(struck)
            self._finish(command, target)
        finally:
            if frozen:
                media.freeze(self.stage.medium_directory, False)

    # ---- steps ----

    def _during(self, kill, words):
        """Kills the platform somewhere in the middle of a command, which must be done or not done, nothing between."""
        command = self.froggr.start(*words)
        time.sleep(self.dice.random() * self.dice.choice((0.02, 0.1, 0.4)))
        struck = self._strike(kill)
        self._back(struck)
        status = self._finish(command, words[-1])
        kill.detail += f", frg {words[0]}: status {status}"

    def _finish(self, command, target):
        out, err = command.communicate(timeout=READY_SECONDS)
        # 75: it is to be tried again; whatever it was about is done or not done.
        if command.returncode not in (0, 75):
            raise AssertionError(f"{command.args[-1]}: status {command.returncode}: {err.strip()}")
        self.stage.tidy(target)
        return command.returncode

    def _extra(self):
        self.made += 1
        return os.path.join(self.stage.extra_directory, f"x{self.made}")

    def _strike(self, kill):
        platform = processes.wait_until(self.froggr.platform, READY_SECONDS)
        if not platform:
            raise AssertionError(f"no platform within {READY_SECONDS} s")
        kill.at = time.monotonic()
        processes.kill(*platform)
        kill.detail = f"platform {platform[0]}"
        return platform

    def _successor(self, dead):
        """Whoever follows: the one that is ready, else one that starts, else one that stands by."""
        machines = [m for m in self.froggr.machines() if m != dead]
        current = self.froggr.platform()
        return current if current in machines else (machines[0] if machines else None)

    def _back(self, *dead):
        """Waits for a platform that is none of these and answers."""
        ready = processes.wait_until(lambda: (p := self.froggr.platform()) and p not in dead and p, READY_SECONDS)
        if not ready:
            raise AssertionError(f"no platform within {READY_SECONDS} s")

    def _other_anchor(self, session, before):
        def other():
            found = self.froggr.session(session)
            return found and found["state"] == "active" and found["pid"] not in (0, before[0])

        if not processes.wait_until(other, ANCHOR_SECONDS, 0.05):
            raise AssertionError(f"no other anchor within {ANCHOR_SECONDS} s: {self.froggr.session(session)}")
