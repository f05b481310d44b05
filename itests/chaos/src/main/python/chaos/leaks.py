"""What there is of a home at a moment: mounts, connections, processes, descriptors, files. To be compared."""

import collections
import os
import re

from . import media, processes

# Written and rotated as time goes by, or made when they are first needed, one of each.
PASSING = ("platform", "cache", "etc", "bundles")
# One platform has loaded other jars than another, and one that has stood by has what told it to follow.
VARYING = re.compile(r"\.(jar|so)$|/lib/modules$|^/dev/(null|random|urandom)$|/platform/\w+(\.log)?( \(deleted\))?$|^(socket|pipe):")


class Snapshot:
    """Of now. The platform must be at rest, with everything loaded that it loads when it is first used."""

    def __init__(self, froggr, base):
        self.mounts = _mounts(base)
        self.connections = _connections(base)
        self.processes = {" ".join(processes.arguments(p)) for p in processes.of_home(froggr.home) if not _is_passing(p)}
        self.files = _files(froggr.home)
        self.claims = _claims(froggr.home)
        self.descriptors = [_descriptors(pid) for pid, _ in froggr.machines()]

    def since(self, before):
        """Sentences about what is there now and was not before."""
        said = []
        for what in ("mounts", "connections", "processes", "files", "claims"):
            more = getattr(self, what) - getattr(before, what)
            if more:
                said.append(f"{what} left: {len(more)}: {sorted(more)[:5]}")
        allowed = collections.Counter()
        for descriptors in before.descriptors:
            allowed |= descriptors
        for descriptors in self.descriptors:
            if more := descriptors - allowed:
                said.append(f"descriptors left: {dict(more)}")
        return said


def _mounts(base):
    with open("/proc/self/mountinfo") as file:
        # Without the first fields, which are ids.
        return {line.split(" ", 3)[3] for line in file if base in line}


def _is_passing(pid):
    """A JVM, of which one may follow another, or the pause between two looks of the supervising loop."""
    words = processes.arguments(pid)
    return words[:1] == ["sleep"] or any(a.startswith("-Dfroggr.home=") for a in words)


def _files(home):
    found = set()
    for directory, names, files in os.walk(home):
        if directory == home:
            names[:] = [name for name in names if name not in PASSING]
        found |= {os.path.relpath(os.path.join(directory, name), home) for name in (*names, *files)}
    return found


def _claims(home):
    """Requests that are not answered."""
    return {name for name in os.listdir(os.path.join(home, "platform", "slots")) if name.endswith(".req")}


def _connections(base):
    """Of FUSE, those that are mounted below this directory, or nowhere: all others are other people's."""
    if not os.path.isdir(media.CONNECTIONS):
        return set()
    others, seen = set(), set()
    for pid in processes.everyone():
        try:
            namespace = os.readlink(f"/proc/{pid}/ns/mnt")
        except OSError:
            continue  # ended, or a thread of the kernel
        if namespace not in seen:
            seen.add(namespace)
            others |= media.connections("/", pid) - media.connections(base, pid)
    return set(os.listdir(media.CONNECTIONS)) - others


def _descriptors(pid):
    found = collections.Counter()
    try:
        for name in os.listdir(f"/proc/{pid}/fd"):
            try:
                target = os.readlink(f"/proc/{pid}/fd/{name}")
            except OSError:
                continue  # closed meanwhile
            if not VARYING.search(target):
                found[re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+", "N", target)] += 1
    except OSError:
        pass  # ended meanwhile
    return found
