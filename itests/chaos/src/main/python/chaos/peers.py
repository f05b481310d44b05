"""The same loads on other file systems, whose server is killed once: what do their users see?"""

import collections
import os
import shutil
import subprocess
import tempfile
import time

from . import media, processes
from .crew import Crew
from .froggr import Froggr

PEERS = {
    "bindfs": lambda members, target: ["bindfs", "-f", members[0], target],
    "mergerfs": lambda members, target: [
        "mergerfs", "-f", "-o", "allow_other,use_ino,cache.files=auto-full,category.create=ff,minfreespace=0",
        ":".join(members), target,
    ],
}  # fmt: skip
LOADS = ("model", "append", "holder", "copy", "sqlite")
SECONDS = 4


def compare(seed):
    print(f"\n{'killed':<10} {'loads that saw errors':<24} what they saw")
    for name, words in PEERS.items():
        if not shutil.which(name):
            print(f"{name:<10} is not installed")
            continue
        loads, errors, works = _kill(name, words, seed)
        seen = ", ".join(f"{error} {times}" for error, times in errors.most_common(4)) or "nothing"
        print(f"{name:<10} {f'{len(loads)} of {len(LOADS)}':<24} {seen}; then the mount {'works' if works else 'is dead'}")


def _kill(name, words, seed):
    base = tempfile.mkdtemp(prefix="froggr-chaos-")
    medium, control = os.path.join(base, "m"), os.path.join(base, "control")
    server = None
    try:
        os.mkdir(control)
        media.make("tmpfs", medium, None)
        members, target = [os.path.join(medium, member) for member in "abc"], os.path.join(medium, "t")
        for directory in (*members, target):
            os.mkdir(directory)
        server = subprocess.Popen(words(members, target), stdin=subprocess.DEVNULL, start_new_session=True)
        if not processes.wait_until(lambda: os.path.ismount(target), 10):
            raise AssertionError(f"{name} does not mount")
        # The words that run a load are all that is wanted of this.
        crew = Crew(Froggr("/nonexistent", base + "/home"), control, target)
        for number, kind in enumerate(LOADS):
            os.mkdir(os.path.join(members[0], f"{kind}{number}"))
            crew.begin(kind, f"{kind}{number}", seed)
        time.sleep(SECONDS)
        server.kill()
        server.wait()
        killed = time.monotonic()
        time.sleep(SECONDS)
        try:
            os.listdir(target)
            works = True
        except OSError:
            works = False
        media.abort(media.connections(base))
        crew.stop()
        errors = [note for note in crew.notes() if note.is_fault and note.end >= killed]
        return {e.load.removesuffix("-child") for e in errors}, collections.Counter(_kind(e) for e in errors), works
    finally:
        if server and server.poll() is None:
            server.kill()
        media.remove(base)
        shutil.rmtree(base, ignore_errors=True)


def _kind(note):
    if note.wrong is not None:
        return "wrong data"
    return note.error if note.error.isupper() else "failed programs"
