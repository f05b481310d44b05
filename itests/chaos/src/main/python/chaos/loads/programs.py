"""Programs as people run them. Each run is one operation; what it leaves is looked at."""

import os
import random
import shutil
import subprocess
import time

from .track import Divergence

LIMIT_SECONDS = 180


def run(track, what, *words, expected=0, text=None):
    """Runs it; another exit status or a complaint is wrong."""

    def go():
        return subprocess.run(words, input=text, capture_output=True, text=True, env=_environment())

    start = time.monotonic()
    done = track.do(what, go, limit=LIMIT_SECONDS)
    if done.returncode != expected:
        said = (done.stderr or done.stdout).strip()[-500:]
        track.note(start, time.monotonic() - start, what, error=f"status {done.returncode}: {said}")
        raise Divergence(what)
    return done.stdout


def _environment():
    plain = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"}
    who = {f"GIT_{role}_{key}": "chaos@localhost" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")}
    return plain | who | {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}


def copy(track, dice, name):
    size = dice.choice((4, 12, 24))
    run(track, "dd", "dd", "if=/dev/urandom", f"of={name}", "bs=64k", f"count={size * 16}", "status=none")
    run(track, "cp", "cp", name, name + ".copy")
    run(track, "cmp", "cmp", name, name + ".copy")
    seen = os.stat(name).st_size
    track.require(seen == size << 20, "dd", f"size {seen}")
    run(track, "rm", "rm", name, name + ".copy")


def tree(track, dice, name):
    random_tree = random.Random(dice.random())
    track.do("mkdir of the round", lambda: os.mkdir(name))
    for directory in range(6):
        track.do("mkdir", lambda d=directory: os.mkdir(f"{name}/{d}"))
        for file in range(8):
            with track.do("open", lambda: open(f"{name}/{directory}/{file}", "wb")) as out:
                track.do("write", lambda: (out.write(random_tree.randbytes(2000)), out.flush()))
    run(track, "cp -a", "cp", "-a", name, name + ".copy")
    run(track, "diff -r", "diff", "-r", name, name + ".copy")
    run(track, "mv", "mv", name + ".copy", name + ".moved")
    run(track, "diff -r", "diff", "-r", name, name + ".moved")
    run(track, "rm -r", "rm", "-r", name, name + ".moved")


def fio(track, dice, name):
    run(
        track, "fio", "fio", "--name=verify", f"--filename={name}", "--size=4m", "--rw=randwrite", "--bs=8k",
        "--verify=crc32c", "--verify_fatal=1", "--verify_backlog=64", "--verify_state_save=0", "--time_based",
        "--runtime=3", "--minimal", f"--randseed={dice.randrange(1 << 30)}",
    )  # fmt: skip
    run(track, "rm", "rm", name)


def sqlite(track, dice, name):
    run(track, "sqlite3 create", "sqlite3", name, "create table t (i integer primary key, x text);")
    rows = 0
    for _ in range(12):
        more = dice.randrange(1, 20)
        lines = "".join(f"insert into t (x) values ('{i} {dice.random()}');\n" for i in range(more))
        run(track, "sqlite3 insert", "sqlite3", "-bail", name, text=f"begin;\n{lines}commit;\n")
        rows += more
    said = run(track, "sqlite3 check", "sqlite3", name, "pragma integrity_check; select count(*) from t;")
    track.require(said == f"ok\n{rows}\n", "sqlite3 check", said)
    run(track, "rm", "rm", name)


def git(track, dice, name):
    run(track, "git init", "git", "init", "-q", name)
    for commit in range(4):
        for file in range(5):
            with track.do("open", lambda: open(f"{name}/f{file}", "w")) as out:
                track.do("write", lambda: (out.write(f"{commit} {dice.random()}\n" * 20), out.flush()))
        run(track, "git add", "git", "-C", name, "add", ".")
        run(track, "git commit", "git", "-C", name, "commit", "-q", "-m", f"commit {commit}")
    run(track, "git fsck", "git", "-C", name, "fsck", "--strict", "--no-progress")
    said = run(track, "git log", "git", "-C", name, "log", "--format=%s")
    track.require(said.split("\n") == ["commit 3", "commit 2", "commit 1", "commit 0", ""], "git log", said)
    said = run(track, "git status", "git", "-C", name, "status", "--porcelain")
    track.require(said == "", "git status", said)
    track.do("removal of the round", lambda: shutil.rmtree(name), limit=LIMIT_SECONDS)
