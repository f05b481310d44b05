"""usage: python3 -m chaos.loads KIND NAME DIRECTORY CONTROL SEED MEDIUM"""

import os
import random
import sys
import time

from . import append, holder, model, programs
from .track import Divergence, Track

KINDS = {
    "model": model.round_of,
    "append": append.round_of,
    "holder": holder.round_of,
    "nameless": holder.nameless_round_of,
    "copy": programs.copy,
    "fio": programs.fio,
    "sqlite": programs.sqlite,
    "git": programs.git,
    "tree": programs.tree,
}


def main():
    kind, name, directory, control, seed = sys.argv[1:6]
    track = Track(control, name)
    dice = random.Random(f"{seed} {name}")
    # The directory is gone into once: what a program has as its working directory must stay usable, too.
    track.do("chdir", lambda: os.chdir(directory))
    rounds = 0
    while not track.stopped():
        try:
            KINDS[kind](track, dice, f"r{rounds}")
        except Divergence:
            # What is there no longer fits the model: the next round has a directory of its own.
            time.sleep(0.1)
        rounds += 1
    track.end(rounds)


main()
