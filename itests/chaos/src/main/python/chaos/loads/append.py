"""Two processes append to one file: every record must be in it exactly once, and each one's in order."""

import os
import sys

from .track import Divergence, Track

RECORDS = 150


def round_of(track, dice, name):
    track.do("create " + name, lambda: os.close(os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)))
    control, of = os.path.split(track.stop_file)[0], os.path.splitext(os.path.basename(track.log.name))[0]
    lengths = [dice.randrange(1, 300) for _ in range(RECORDS)]
    child = os.fork()
    if child == 0:
        status = 1
        try:
            other = Track(control, of + "-child")
            _append(other, name, "c", lengths)
            other.end(1)
            status = 0
        except Divergence:
            pass
        finally:
            os._exit(status)
    try:
        _append(track, name, "p", lengths)
    finally:
        _, status = os.waitpid(child, 0)
    if status != 0:
        sys.exit(f"the other process ended with {status}")
    _verify(track, name, lengths)
    track.do("unlink " + name, lambda: os.unlink(name))


def _record(who, number, length):
    return f"{who}{number} {'.' * length}\n".encode()


def _append(track, name, who, lengths):
    fd = track.do("open to append", lambda: os.open(name, os.O_WRONLY | os.O_APPEND))
    for number, length in enumerate(lengths):
        record = _record(who, number, length)
        wrote = track.do(f"append {who}{number}", lambda: os.write(fd, record))
        track.require(wrote == len(record), f"append {who}{number}", f"{wrote} of {len(record)} bytes")
    track.do("close", lambda: os.close(fd))


def _verify(track, name, lengths):
    with track.do("open", lambda: open(name, "rb")) as file:
        lines = track.do("read", file.readlines)
    for who in "pc":
        seen = [line for line in lines if line.startswith(who.encode())]
        expected = [_record(who, number, length) for number, length in enumerate(lengths)]
        twice = sorted({line.split()[0].decode() for line in seen if seen.count(line) > 1})
        lost = sorted({line.split()[0].decode() for line in set(expected) - set(seen)})
        track.require(seen == expected, "appended records", f"twice: {twice}, lost: {lost}")
    track.require(len(lines) == 2 * len(lengths), "appended records", f"{len(lines)} lines")
