"""Operations one by one, each checked against a model of what must be there."""

import errno
import os
import shutil
import stat

OPERATIONS = 120


class Node:
    def __init__(self, data=b""):
        self.data = bytearray(data)
        self.names = 1
        self.attributes = {}


class Model:
    """A directory, and what must be in it: names of files, and of directories with names in them."""

    def __init__(self, track, dice, root):
        self.track = track
        self.dice = dice
        self.root = root
        self.files = {}
        self.directories = {}
        self.links = {}
        self.count = 0

    def path(self, name):
        return f"{self.root}/{name}"

    def new_name(self):
        self.count += 1
        # Some names are used again after they went.
        name = f"n{self.dice.randrange(40)}" if self.dice.random() < 0.7 else f"x{self.count}"
        taken = name in self.files or name in self.directories or name in self.links
        return f"y{self.count}" if taken else name

    def some(self, names):
        return self.dice.choice(sorted(names)) if names else None

    def bytes(self):
        return self.dice.randbytes(self.dice.choice((1, 7, 100, 4096, 9000)))

    def do(self, what, action, expected=None):
        return self.track.do(what, action, expected)

    # ---- operations ----

    def create(self):
        name, data = self.new_name(), self.bytes()
        fd = self.do("create " + name, lambda: os.open(self.path(name), os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o640))
        self.files[name] = Node()
        try:
            wrote = self.do("write " + name, lambda: os.write(fd, data))
            self.track.require(wrote == len(data), "write " + name, f"{wrote} instead of {len(data)} bytes")
            self.files[name].data += data
        finally:
            self.do("close " + name, lambda: os.close(fd))
        self.check(name)

    def create_again(self):
        if name := self.some(self.files):
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
            self.do("create existing " + name, lambda: os.open(self.path(name), flags), errno.EEXIST)

    def append(self):
        if name := self.some(self.files):
            data = self.bytes()
            fd = self.do("open to append " + name, lambda: os.open(self.path(name), os.O_WRONLY | os.O_APPEND))
            try:
                wrote = self.do("append " + name, lambda: os.write(fd, data))
                self.files[name].data += data
                self.track.require(wrote == len(data), "append " + name, f"{wrote} instead of {len(data)} bytes")
            finally:
                self.do("close " + name, lambda: os.close(fd))
            self.check(name)

    def overwrite(self):
        if name := self.some(self.files):
            node, data = self.files[name], self.bytes()
            at = self.dice.randrange(len(node.data) + 1)
            fd = self.do("open " + name, lambda: os.open(self.path(name), os.O_RDWR))
            try:
                self.do("pwrite " + name, lambda: os.pwrite(fd, data, at))
                node.data[at : at + len(data)] = data
                self.do("fsync " + name, lambda: os.fsync(fd))
            finally:
                self.do("close " + name, lambda: os.close(fd))
            self.check(name)

    def truncate(self):
        if name := self.some(self.files):
            node, size = self.files[name], self.dice.choice((0, 3, 5000))
            self.do("truncate " + name, lambda: os.truncate(self.path(name), size))
            node.data = node.data[:size] + bytes(max(0, size - len(node.data)))
            self.check(name)

    def rename(self):
        if name := self.some(self.files):
            to = self.new_name()
            self.do(f"rename {name} {to}", lambda: os.rename(self.path(name), self.path(to)))
            self.files[to] = self.files.pop(name)
            self.absent(name)
            self.check(to)

    def rename_over(self):
        if len(self.files) > 1:
            name, to = self.dice.sample(sorted(self.files), 2)
            node, other = self.files[name], self.files[to]
            self.do(f"rename {name} over {to}", lambda: os.rename(self.path(name), self.path(to)))
            if node is not other:  # else rename(2) does nothing at all
                other.names -= 1
                self.files[to] = self.files.pop(name)
                self.absent(name)
            self.check(to)

    def rename_missing(self):
        self.do("rename of none", lambda: os.rename(self.path("none"), self.path("other")), errno.ENOENT)

    def link(self):
        if name := self.some(self.files):
            to = self.new_name()
            self.do(f"link {name} {to}", lambda: os.link(self.path(name), self.path(to)))
            self.files[to] = self.files[name]
            self.files[name].names += 1
            self.check(name)
            self.check(to)

    def link_again(self):
        if name := self.some(self.files):
            self.do("link on itself", lambda: os.link(self.path(name), self.path(name)), errno.EEXIST)

    def unlink(self):
        if name := self.some(self.files):
            self.do("unlink " + name, lambda: os.unlink(self.path(name)))
            self.files.pop(name).names -= 1
            self.absent(name)

    def unlink_missing(self):
        self.do("unlink of none", lambda: os.unlink(self.path("none")), errno.ENOENT)

    def symlink(self):
        name = self.new_name()
        self.do("symlink " + name, lambda: os.symlink("to/" + name, self.path(name)))
        self.links[name] = "to/" + name
        seen = self.do("readlink " + name, lambda: os.readlink(self.path(name)))
        self.track.require(seen == "to/" + name, "readlink " + name, seen)

    def unlink_symlink(self):
        if name := self.some(self.links):
            self.do("unlink link " + name, lambda: os.unlink(self.path(name)))
            del self.links[name]
            self.absent(name)

    def mkdir(self):
        name = self.new_name()
        self.do("mkdir " + name, lambda: os.mkdir(self.path(name)))
        self.directories[name] = set()
        self.list(name)

    def mkdir_again(self):
        if name := self.some(self.directories):
            self.do("mkdir existing " + name, lambda: os.mkdir(self.path(name)), errno.EEXIST)

    def fill(self):
        if name := self.some(self.directories):
            child = f"c{len(self.directories[name])}"
            path = self.path(f"{name}/{child}")
            self.do("mknod " + child, lambda: os.mknod(path, 0o600 | stat.S_IFREG))
            self.directories[name].add(child)
            self.list(name)

    def rename_directory(self):
        if name := self.some(self.directories):
            to = self.new_name()
            self.do(f"rename directory {name} {to}", lambda: os.rename(self.path(name), self.path(to)))
            self.directories[to] = self.directories.pop(name)
            self.absent(name)
            self.list(to)

    def rmdir(self):
        if name := self.some(self.directories):
            if children := self.directories[name]:
                self.do("rmdir full " + name, lambda: os.rmdir(self.path(name)), errno.ENOTEMPTY)
                for child in sorted(children):
                    self.do("unlink " + child, lambda c=child: os.unlink(self.path(f"{name}/{c}")))
                children.clear()
            self.do("rmdir " + name, lambda: os.rmdir(self.path(name)))
            del self.directories[name]
            self.absent(name)

    def attribute(self):
        if name := self.some(self.files):
            node, key = self.files[name], f"user.k{self.dice.randrange(3)}"
            path, value = self.path(name), self.bytes()[:100]
            there = key in node.attributes
            self.do(
                f"setxattr {name} {key}",
                lambda: os.setxattr(path, key, value, os.XATTR_CREATE),
                errno.EEXIST if there else None,
            )
            node.attributes.setdefault(key, value)
            self.check(name)

    def attribute_away(self):
        if name := self.some(self.files):
            node, key = self.files[name], f"user.k{self.dice.randrange(3)}"
            there = node.attributes.pop(key, None) is not None
            removed = lambda: os.removexattr(self.path(name), key)
            self.do(f"removexattr {name} {key}", removed, None if there else errno.ENODATA)
            self.check(name)

    # ---- checks ----

    def check(self, name):
        node = self.files[name]
        seen = self.do("stat " + name, lambda: os.stat(self.path(name)))
        self.track.require(
            (seen.st_size, seen.st_nlink) == (len(node.data), node.names),
            "stat " + name,
            f"size {seen.st_size}, links {seen.st_nlink}; must be {len(node.data)}, {node.names}",
        )
        fd = self.do("open to read " + name, lambda: os.open(self.path(name), os.O_RDONLY))
        try:
            data = self.do("read " + name, lambda: os.read(fd, len(node.data) + 100))
        finally:
            self.do("close " + name, lambda: os.close(fd))
        self.track.require(data == node.data, "read " + name, _difference(data, node.data))
        for key, value in node.attributes.items():
            got = self.do("getxattr " + name, lambda k=key: os.getxattr(self.path(name), k))
            self.track.require(got == value, "getxattr " + name, key)

    def absent(self, name):
        self.do("stat of gone " + name, lambda: os.lstat(self.path(name)), errno.ENOENT)

    def list(self, name=None):
        path = self.path(name) if name else self.root
        expected = self.directories[name] if name else {*self.files, *self.directories, *self.links}
        seen = self.do("list " + path, lambda: os.listdir(path))
        self.track.require(sorted(seen) == sorted(expected), "list " + path, set(seen) ^ expected or "names twice")


CHOICES = (
    (Model.create, 6), (Model.create_again, 1), (Model.append, 6), (Model.overwrite, 3), (Model.truncate, 2),
    (Model.rename, 3), (Model.rename_over, 2), (Model.rename_missing, 1), (Model.link, 2), (Model.link_again, 1),
    (Model.unlink, 4), (Model.unlink_missing, 1), (Model.symlink, 1), (Model.unlink_symlink, 1), (Model.mkdir, 2),
    (Model.mkdir_again, 1), (Model.fill, 3), (Model.rename_directory, 1), (Model.rmdir, 2), (Model.attribute, 2),
    (Model.attribute_away, 1), (Model.list, 2),
)  # fmt: skip


def _difference(seen, expected):
    at = next((i for i, (a, b) in enumerate(zip(seen, expected)) if a != b), min(len(seen), len(expected)))
    return f"{len(seen)} bytes instead of {len(expected)}, other from {at} on"


def round_of(track, dice, name):
    track.do("mkdir of the round", lambda: os.mkdir(name))
    model = Model(track, dice, name)
    operations, weights = zip(*CHOICES)
    for operation in dice.choices(operations, weights, k=OPERATIONS):
        operation(model)
        if track.stopped():
            break
    model.list()
    track.do("removal of the round", lambda: shutil.rmtree(name))
