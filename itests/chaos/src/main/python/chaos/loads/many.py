"""
Programs in many sessions at once, a thread each, since that many processes would be most of what is measured.

usage: python3 -m chaos.loads.many CONTROL SEED NAME=DIRECTORY...
"""

import os
import random
import sys
import threading
import time

from .track import Divergence, Track

BYTES = 4096
RECORDS = 16


def main():
    control, seed, *places = sys.argv[1:]
    threading.stack_size(256 * 1024)
    threads = []
    for place in places:
        name, _, directory = place.partition("=")
        threads.append(threading.Thread(target=_work, args=(Track(control, name), random.Random(f"{seed} {name}"), directory)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _work(track, dice, directory):
    rounds = 0
    while not track.stopped():
        try:
            rounds = _use(track, dice, directory, rounds)
        except Divergence:
            # What is there no longer fits: another file.
            time.sleep(0.1)
            rounds += 1
    track.end(rounds)


def _use(track, dice, directory, rounds):
    """One file stays open and is written and read; others come and go, which no kernel does by itself."""
    path = os.path.join(directory, f"kept{rounds}")
    fd = track.do("create", lambda: os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    there = {}
    try:
        while not track.stopped():
            at = dice.randrange(RECORDS)
            there[at] = dice.randbytes(BYTES)
            track.do("write", lambda: os.pwrite(fd, there[at], at * BYTES))
            some = dice.choice(list(there))
            found = track.do("read", lambda: os.pread(fd, BYTES, some * BYTES))
            track.require(found == there[some], "read", f"record {some} of {path}")
            if dice.random() < 0.3:
                _come_and_go(track, directory, rounds)
            rounds += 1
            time.sleep(dice.random() * 0.1)
    finally:
        os.close(fd)
    return rounds


def _come_and_go(track, directory, number):
    first, second = (os.path.join(directory, f"{name}{number}") for name in ("new", "renamed"))
    track.do("create another", lambda: os.close(os.open(first, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)))
    track.do("rename", lambda: os.rename(first, second))
    size = track.do("stat", lambda: os.stat(second).st_size)
    track.require(size == 0, "stat", f"{size} bytes")
    track.do("unlink", lambda: os.unlink(second))


if __name__ == "__main__":
    main()
