"""File systems that are made for a run, and FUSE connections that must be given up."""

import os
import subprocess

CONNECTIONS = "/sys/fs/fuse/connections"


def propagate(kind):
    """Makes all mounts of this namespace, which is ours alone, shared (as systemd does it) or private."""
    _run("mount", f"--make-r{kind}", "/")


def make(kind, directory, image):
    """A fresh file system."""
    os.mkdir(directory)
    if kind == "tmpfs":
        _run("mount", "-t", "tmpfs", "-o", "mode=755,size=1g", "chaos", directory)
        return
    with open(image, "wb") as file:
        file.truncate(1 << 30)
    _run("mkfs.ext4", "-q", "-F", image)
    _run("mount", "-o", "loop", image, directory)
    os.unlink(image)


def remove(directory):
    """Unmounts all that is at or below it; returns what could not be."""
    faults = []
    for point in sorted(_points(directory), key=len, reverse=True):
        done = subprocess.run(["umount", "-l", point], capture_output=True, text=True)
        if done.returncode != 0:
            faults.append(done.stderr.strip())
    return faults


def freeze(directory, on):
    _run("fsfreeze", "-f" if on else "-u", directory)


def connections(directory, pid="self"):
    """Numbers of the FUSE connections that are mounted at or below the directory, where this process is."""
    found = set()
    for fields, kind in _mounts(pid):
        if kind.startswith("fuse") and kind != "fusectl" and _is_below(_point(fields), directory):
            found.add(fields[2].split(":")[1])
    return found


def abort(numbers):
    """Who waits for them gets an error."""
    if not os.path.isdir(CONNECTIONS) or not os.listdir(CONNECTIONS):
        subprocess.run(["mount", "-t", "fusectl", "none", CONNECTIONS], capture_output=True)
    for number in numbers:
        try:
            with open(f"{CONNECTIONS}/{number}/abort", "w") as file:
                file.write("1")
        except OSError:
            pass  # gone already


def _points(directory):
    return [point for fields, _ in _mounts("self") if _is_below(point := _point(fields), directory)]


def _point(fields):
    return fields[4].encode().decode("unicode_escape")


def _is_below(point, directory):
    return point == directory or point.startswith(directory.rstrip("/") + "/")


def _mounts(pid):
    try:
        with open(f"/proc/{pid}/mountinfo") as file:
            lines = file.read().splitlines()
    except OSError:
        return []
    halves = [line.split(" - ", 1) for line in lines]
    return [(first.split(), second.split()[0]) for first, second in halves]


def _run(*words):
    subprocess.run(words, check=True, capture_output=True, timeout=60)
