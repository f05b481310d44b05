"""What a load does at this moment, for whoever watches it, and what became of it."""

import errno
import json
import mmap
import os
import struct
import time

# Start on CLOCK_MONOTONIC (0: nothing is being done), seconds it may take, process, what.
NOW = struct.Struct("<ddq96s")

# Shorter operations are only counted.
NOTED_SECONDS = 0.02


class Divergence(Exception):
    """The file system did not do what the model says; noted already."""


class Track:
    """Of one process. Files NAME.now and NAME.log in a directory that no file system under test serves."""

    def __init__(self, directory, name):
        self.operations = 0
        # When a file that this holds open lost its name
        self.nameless_since = None
        self.stop_file = os.path.join(directory, "stop")
        self.log = open(os.path.join(directory, name + ".log"), "a", buffering=1)
        with open(os.path.join(directory, name + ".now"), "wb+") as file:
            file.truncate(NOW.size)
            self.now = mmap.mmap(file.fileno(), NOW.size)

    def stopped(self):
        return os.path.exists(self.stop_file)

    def do(self, what, action, expected=None, limit=20):
        """Does it. `expected` is the errno that it must fail with. Anything else is noted and a Divergence."""
        start = time.monotonic()
        self.now[:] = NOW.pack(start, limit, os.getpid(), what.encode()[:96])
        failure = result = None
        try:
            result = action()
        except OSError as e:
            failure = e.errno
        took = time.monotonic() - start
        self.now[:] = NOW.pack(0, 0, 0, b"")
        self.operations += 1
        if failure != expected:
            self.note(start, took, what, error=_name(failure), expected=_name(expected))
            raise Divergence(what)
        if took >= NOTED_SECONDS:
            self.note(start, took, what)
        return result

    def require(self, holds, what, detail):
        """Notes wrong data."""
        if not holds:
            self.note(time.monotonic(), 0, what, wrong=str(detail)[:600])
            raise Divergence(what)

    def note(self, start, took, what, **more):
        entry = {"at": round(start, 4), "took": round(took, 4), "operation": what}
        if self.nameless_since and more:
            entry["nameless_since"] = self.nameless_since
        self.log.write(json.dumps(entry | more) + "\n")

    def end(self, rounds):
        self.log.write(json.dumps({"rounds": rounds, "operations": self.operations}) + "\n")
        self.log.close()


def _name(number):
    return "success" if number is None else errno.errorcode.get(number, str(number))
