"""What a program holds for a while: locks, a directory half read, a mapping, a file without a name."""

import errno
import fcntl
import mmap
import os
import shutil
import time

from .track import Divergence, Track

NAMES = 700
STEPS = 40
STEP_SECONDS = 0.1


def round_of(track, dice, name):
    track.do("mkdir of the round", lambda: os.mkdir(name))
    many = f"{name}/many"
    track.do("mkdir many", lambda: os.mkdir(many))
    for number in range(NAMES):
        track.do("mknod", lambda n=number: os.mknod(f"{many}/{n}"))
    locked = track.do("create locked", lambda: os.open(f"{name}/locked", os.O_RDWR | os.O_CREAT, 0o600))
    flocked = track.do("create flocked", lambda: os.open(f"{name}/flocked", os.O_RDWR | os.O_CREAT, 0o600))
    track.do("lock", lambda: fcntl.lockf(locked, fcntl.LOCK_EX | fcntl.LOCK_NB, 10, 5))
    track.do("flock", lambda: fcntl.flock(flocked, fcntl.LOCK_EX | fcntl.LOCK_NB))
    counter = track.do("create mapped", lambda: os.open(f"{name}/mapped", os.O_RDWR | os.O_CREAT, 0o600))
    track.do("truncate mapped", lambda: os.ftruncate(counter, 65536))
    mapping = track.do("mmap", lambda: mmap.mmap(counter, 65536))
    listing = track.do("opendir", lambda: os.scandir(many))
    seen = []
    for step in range(STEPS):
        _others_are_kept_out(track, name)
        track.do("mapped store", lambda s=step: mapping.__setitem__(s * 1000, s + 1))
        track.do("getdents", lambda: seen.extend(entry.name for _, entry in zip(range(9), listing)))
        time.sleep(STEP_SECONDS)
        if track.stopped():
            break
    track.do("getdents", lambda: seen.extend(entry.name for entry in listing))
    whole = sorted(map(int, seen)) == list(range(NAMES))
    track.require(whole, "getdents", f"{len(seen)} names, {len(set(seen))} different")
    track.do("msync", mapping.flush)
    data = track.do("read mapped", lambda: os.pread(counter, 65536, 0))
    track.require(data == bytes(mapping), "read mapped", "the file is not what the mapping is")
    mapping.close()
    for fd in (locked, flocked, counter):
        track.do("close", lambda f=fd: os.close(f))
    track.do("removal of the round", lambda: shutil.rmtree(name))


def _others_are_kept_out(track, name):
    """Another process must get neither lock."""
    control, of = os.path.split(track.stop_file)[0], os.path.splitext(os.path.basename(track.log.name))[0]
    child = os.fork()
    if child == 0:
        status = 1
        try:
            other = Track(control, of + "-child")
            for file, lock in (("locked", lambda f: fcntl.lockf(f, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 12)),
                               ("flocked", lambda f: fcntl.flock(f, fcntl.LOCK_EX | fcntl.LOCK_NB))):  # fmt: skip
                fd = other.do("open " + file, lambda f=file: os.open(f"{name}/{f}", os.O_RDWR))
                other.do(file + " of another", lambda f=fd, lock=lock: lock(f), errno.EAGAIN)
            status = 0
        except Divergence:
            pass
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    if status != 0:
        raise Divergence("locks")


def nameless_round_of(track, dice, name):
    """A file that was removed while it is open: only who holds it can reach it."""
    track.nameless_since = None
    fd = track.do("create nameless", lambda: os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    begin = time.monotonic()
    track.do("unlink nameless", lambda: os.unlink(name))
    track.nameless_since = begin
    written = bytearray()
    for _ in range(STEPS):
        data = dice.randbytes(dice.randrange(1, 5000))
        track.do("write nameless", lambda: os.write(fd, data))
        written += data
        size = track.do("fstat nameless", lambda: os.fstat(fd)).st_size
        track.require(size == len(written), "fstat nameless", f"size {size} instead of {len(written)}")
        time.sleep(STEP_SECONDS)
        if track.stopped():
            break
    seen = track.do("read nameless", lambda: os.pread(fd, len(written) + 1, 0))
    track.require(seen == written, "read nameless", f"{len(seen)} bytes, of {len(written)}")
    track.do("close nameless", lambda: os.close(fd))
