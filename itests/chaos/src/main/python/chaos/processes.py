"""Processes as /proc has them; a number alone is never trusted."""

import os
import signal
import time


def start_time(pid):
    """Clock ticks after boot (proc(5), field 22), None if there is no such process or only a zombie of it."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            fields = file.read().rpartition(b") ")[2].split()
    except OSError:
        return None
    return None if fields[0] in b"ZX" else int(fields[19])


def kill(pid, started):
    """SIGKILL to that process and no other that has its number now. Returns whether it was there."""
    try:
        fd = os.pidfd_open(pid)
    except OSError:
        return False
    try:
        if start_time(pid) != started:
            return False
        signal.pidfd_send_signal(fd, signal.SIGKILL)
        return True
    except ProcessLookupError:
        return False
    finally:
        os.close(fd)


def arguments(pid):
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return file.read().decode(errors="surrogateescape").split("\0")
    except OSError:
        return []


def environment(pid):
    try:
        with open(f"/proc/{pid}/environ", "rb") as file:
            return file.read().decode(errors="surrogateescape").split("\0")
    except OSError:
        return []


def everyone():
    return [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid()]


def of_home(home):
    """Those that run for this home, zombies aside."""
    mark = f"FROGGR_HOME={home}"
    return [p for p in everyone() if start_time(p) and (mark in environment(p) or any(home in a for a in arguments(p)))]


def waits(pid):
    """What each thread of a process waits for in the kernel."""
    said = []
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            where = _text(f"/proc/{pid}/task/{thread}/wchan")
            stack = _text(f"/proc/{pid}/task/{thread}/stack")
            said.append(f"  thread {thread} {where}\n" + "".join(f"    {line}\n" for line in stack.splitlines()))
    except OSError:
        said.append("  gone\n")
    return f"process {pid} {' '.join(arguments(pid))[:200]}\n" + "".join(said)


def is_in(pid, function):
    """Whether a thread of the process waits in that function of the kernel."""
    try:
        return any(function in _text(f"/proc/{pid}/task/{t}/wchan") for t in os.listdir(f"/proc/{pid}/task"))
    except OSError:
        return False


def _text(path):
    try:
        with open(path, errors="replace") as file:
            return file.read()
    except OSError as e:
        return e.strerror or ""


def pss(pid):
    """Its part of the memory, in KiB; 0 if it has ended."""
    try:
        with open(f"/proc/{pid}/smaps_rollup") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0


def wait_until(condition, seconds, pause=0.02):
    """The first true value of the condition, or its last one when the time is over."""
    end = time.monotonic() + seconds
    while not (value := condition()) and time.monotonic() < end:
        time.sleep(pause)
    return value
