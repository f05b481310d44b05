import argparse
import glob
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from . import churn, crowd, media, peers, processes
from .froggr import Froggr
from .kills import Killer
from .report import Report
from .stage import USER, Stage, choose_loads

HERE = os.path.dirname(os.path.abspath(__file__))
PROJECT = os.path.normpath(os.path.join(HERE, "../../../../../.."))
KILLS_PER_STAGE = 20


def arguments():
    parser = argparse.ArgumentParser(prog="itests/chaos/run", description="Kills platforms and anchors under load.")
    parser.add_argument("seed", type=int, nargs="?", default=None, help="of all that is random; a new one unless given")
    parser.add_argument("kills", type=int, nargs="?", default=None, help="how many (200; with --sessions 2)")
    parser.add_argument("--per-stage", type=int, default=KILLS_PER_STAGE, help=f"kills in a set-up ({KILLS_PER_STAGE})")
    parser.add_argument("--stage", action="append", metavar="TREE[/MEDIUM[/WHO[/ROOT]]]",
                        help="only such: served|union / tmpfs|ext4 / root|user / private|shared")  # fmt: skip
    parser.add_argument("--kind", action="append", help="only these kinds of kill, or of fault, where they are possible")
    parser.add_argument("--rest", type=float, default=0, metavar="SECONDS", help="between two kills, besides what the seed says (0)")
    parser.add_argument("--load", action="append", help="only these loads, or with --churn sessions")
    parser.add_argument("--dist", help="the distribution; that of the build unless given")
    parser.add_argument("--no-archive", action="store_true", help="platforms start without a class-data archive")
    parser.add_argument("--keep", action="store_true", help="keep the logs of a stage with errors, and say where")
    parser.add_argument("--sessions", type=int, metavar="N", help="instead: that many at once; all must answer after each kill")
    parser.add_argument("--within", type=float, default=5, help="seconds in which all of them must answer (5)")
    parser.add_argument("--churn", type=int, metavar="N", help="instead: that many begin and end, under faults of all kinds")
    parser.add_argument("--peers", action="store_true", help="then kill bindfs and mergerfs under the same loads, too")
    return parser.parse_args()


def main():
    options = arguments()
    # Told to end, it cleans up.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if options.kills is None:
        options.kills = 2 if options.sessions else 200
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(1_000_000)
    say(f"seed {seed}, {options.kills} kills; the same again: itests/chaos/run {seed} {options.kills}")
    distribution, copied = reachable(options.dist or built())
    report = Report()
    archives = tempfile.mkdtemp(prefix="froggr-chaos-archive-")
    try:
        archive = None if options.no_archive else trained(distribution, archives)
        if options.sessions or options.churn:
            many(distribution, archive, seed, options, report)
        else:
            stages(distribution, archive, seed, options, report)
        report.print()
        if options.peers:
            peers.compare(seed)
    except (SystemExit, KeyboardInterrupt):
        report.faults.append("ended before its time")
        report.print()
        raise
    finally:
        for directory in (archives, copied):
            if directory:
                shutil.rmtree(directory, ignore_errors=True)
    return 0 if report.is_good() else 1


def stages(distribution, archive, seed, options, report):
    dice = random.Random(seed)
    left = options.kills
    while left > 0 and len(report.hangs) < 3:
        setting = choose(dice, options.stage)
        count = min(left, options.per_stage)
        play(Stage(*setting, distribution, archive), count, dice.randrange(1 << 30), options, report)
        left -= count


def many(distribution, archive, seed, options, report):
    if options.sessions:
        crowd.run(distribution, archive, seed, options, report, say)
    if options.churn:
        churn.run(distribution, archive, seed, options, report, say)


def choose(dice, only):
    """What --stage leaves open, dice decide."""
    given = dice.choice(only or [""]).split("/")
    kinds = ("served", "union"), ("tmpfs", "ext4"), ("root", "root", "user"), ("private", "shared")
    chosen = [dice.choice(kind) for kind in kinds]
    return [*given, *chosen[len(given) :]] if only else chosen


def built():
    found = glob.glob(os.path.join(PROJECT, "launcher/target/froggr-*/bin/frg"))
    if not found:
        sys.exit("chaos: no distribution: build it with mvn package, or say --dist DIR")
    return os.path.dirname(os.path.dirname(found[0]))


def reachable(distribution):
    """(a distribution that everybody can run, what to remove afterwards)"""
    user = Froggr(distribution, "/nonexistent", USER)
    if subprocess.run(user.words("test", "-x", user.program), capture_output=True).returncode == 0:
        return distribution, None
    copy = tempfile.mkdtemp(prefix="froggr-chaos-dist-")
    os.chmod(copy, 0o755)
    shutil.copytree(distribution, os.path.join(copy, "froggr"), symlinks=True)
    return os.path.join(copy, "froggr"), copy


def trained(distribution, directory):
    """A class-data archive, as every platform of half a minute's age makes one."""
    froggr = Froggr(distribution, directory)
    froggr.train()
    found = glob.glob(os.path.join(directory, "cache/classes-*.jsa"))
    if not found:
        say("no class-data archive: platforms start slowly")
    return found[0] if found else None


def play(stage, count, seed, options, report):
    dice = random.Random(seed)
    loads = options.load or choose_loads(dice)
    say(f"stage {stage.name}: {' '.join(loads)}")
    killer, kills, good = Killer(stage, dice), [], True
    try:
        stage.open()
        stage.begin(loads, seed)
        time.sleep(1)
        possible = [k for k in killer.possible() if not options.kind or k in options.kind] or ["platform"]
        for _ in range(count):
            kill = killer.perform(dice.choice(possible))
            kills.append(kill)
            say(f"  {kill.kind}: {kill.detail}; back after {1000 * (kill.back - kill.at):.0f} ms {kill.fault or ''}")
            good = kill.fault is None and not look_for_hangs(stage, report, options.rest + dice.choice((0.1, 0.5, 1, 2.5)))
            if not good:
                break
        good &= not look_for_hangs(stage, report, 2)
    except Exception as e:
        report.faults.append(f"{stage.name}: {type(e).__name__}: {e}")
        good = False
    finally:
        end(stage, kills, good, options, report)


def look_for_hangs(stage, report, seconds):
    """Waits, and looks whether all go on; who waits for ever is let go by giving up the connection."""
    finish = time.monotonic() + seconds
    while time.monotonic() < finish:
        time.sleep(0.1)
        if hung := stage.crew.hung():
            load, operation, pid = hung
            where = stage.crew.look(pid) + stage.froggr.thread_dump()
            report.hangs.append(f"{stage.name} {load}: {operation}\n{where}")
            say(f"HANG {load}: {operation}")
            media.abort(stage.connections())
            return True
    return False


def end(stage, kills, good, options, report):
    ended = stage.crew.ended()
    faults = [f"load {name} ended by itself" for name in ended] if good else []
    if not good:
        # Programs in a mount that nobody serves any more must not wait for ever.
        faults += [] if processes.wait_until(stage.froggr.platform, 30) else ["no platform at the end"]
    crew_faults = stage.crew.stop()
    if crew_faults:
        media.abort(stage.connections())
    notes = stage.crew.notes() if os.path.isdir(stage.control) else []
    report.operations += stage.crew.operations() if os.path.isdir(stage.control) else 0
    before = len(report.errors)
    # crash-safety.md: files without a name, for ordinary users
    report.add_stage(stage.name, kills, notes, lambda n: stage.froggr.is_private and n.is_lost_nameless(kills))
    bad = not good or crew_faults or len(report.errors) > before
    if bad and options.keep:
        say(f"logs kept in {keep(stage)}")
    faults += crew_faults + stage.close()
    report.faults += [f"{stage.name}: {fault}" for fault in faults]


def keep(stage):
    """Copies what was written down to a directory that stays."""
    kept = tempfile.mkdtemp(prefix="froggr-chaos-kept-")
    for directory in (stage.control, *(os.path.join(stage.froggr.home, name) for name in ("platform", "sessions"))):
        for suffix in ("log", "jsonl", "json", "out"):
            for file in glob.glob(os.path.join(directory, "**", "*." + suffix), recursive=True):
                shutil.copy(file, os.path.join(kept, os.path.relpath(file, stage.base).replace("/", "-")))
    return kept


def say(text):
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
