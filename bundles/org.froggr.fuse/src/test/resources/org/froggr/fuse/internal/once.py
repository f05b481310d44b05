"""Everything that must not be done twice, each in a directory of its own.

once.py prepare DIRECTORY    makes what is there before
once.py run DIRECTORY        does it, each in a thread of its own; then says what went otherwise than it should
once.py check DIRECTORY      says what is otherwise than it should be there
"""
import ctypes, os, stat, sys, threading

libc = ctypes.CDLL(None, use_errno=True)
NOREPLACE, EXCHANGE = 1, 2


def renameat2(a, b, flags):
    if libc.renameat2(-100, a.encode(), -100, b.encode(), flags) != 0:
        raise OSError(ctypes.get_errno(), 'renameat2')


def write(path, text=''):
    with open(path, 'w') as f:
        f.write(text)


def create(path, flags):
    fd = os.open(path, flags | os.O_CREAT, 0o444)
    count = os.write(fd, b'x')
    os.close(fd)
    return count


def attribute(d, value):
    write(d + '/f')
    if value:
        os.setxattr(d + '/f', 'user.a', value)


def hold(d):
    for name in 'a', 'b':
        os.mkdir(d + '/' + name)
        write(d + '/' + name + '/f', name)


appending = {}
holding = {}

# Name: what makes what is there before, the call, what it returns or its error number, what is there then
CASES = {
    'mkdir': (None, lambda d: os.mkdir(d + '/made'), None, ['made/']),
    'mknod': (None, lambda d: os.mknod(d + '/made', 0o010644), None, ['made|']),
    'symlink': (None, lambda d: os.symlink('target', d + '/made'), None, ['made>target']),
    'link': (lambda d: write(d + '/file'), lambda d: os.link(d + '/file', d + '/made'), None, ['file=', 'made=']),
    'unlink': (lambda d: write(d + '/file'), lambda d: os.unlink(d + '/file'), None, []),
    'rmdir': (lambda d: os.mkdir(d + '/d'), lambda d: os.rmdir(d + '/d'), None, []),
    'rmdir-full': (lambda d: os.makedirs(d + '/d/e'), lambda d: os.rmdir(d + '/d'), -39, ['d/e']),
    'rename': (lambda d: write(d + '/a', '1'), lambda d: os.rename(d + '/a', d + '/b'), None, ['b=1']),
    'rename-over': (lambda d: (write(d + '/a', '1'), write(d + '/b', '2')),
                    lambda d: os.rename(d + '/a', d + '/b'), None, ['b=1']),
    'rename-elsewhere': (lambda d: (write(d + '/a', '1'), os.mkdir(d + '/d')),
                         lambda d: os.rename(d + '/a', d + '/d/b'), None, ['d/b']),
    'rename-full': (lambda d: (os.mkdir(d + '/a'), os.makedirs(d + '/b/c')),
                    lambda d: os.rename(d + '/a', d + '/b'), -39, ['a/', 'b/c']),
    'noreplace': (lambda d: write(d + '/a', '1'),
                  lambda d: renameat2(d + '/a', d + '/b', NOREPLACE), None, ['b=1']),
    'exchange': (lambda d: (write(d + '/a', '1'), write(d + '/b', '2')),
                 lambda d: renameat2(d + '/a', d + '/b', EXCHANGE), None, ['a=2', 'b=1']),
    'exchange-held': (hold, lambda d: renameat2(d + '/a', d + '/b', EXCHANGE), None, ['a/f', 'b/f']),
    'rename-held': (hold, lambda d: os.rename(d + '/a', d + '/c'), None, ['b/f', 'c/f']),
    'create': (None, lambda d: create(d + '/made', os.O_WRONLY), 1, ['made=x']),
    'create-exclusively': (None, lambda d: create(d + '/made', os.O_RDWR | os.O_EXCL), 1, ['made=x']),
    'append': (lambda d: write(d + '/f', 'abc'), lambda d: os.write(appending[d], b'def'), 3, ['f=abcdef']),
    'setxattr': (lambda d: attribute(d, None),
                 lambda d: os.setxattr(d + '/f', 'user.a', b'v', os.XATTR_CREATE), None, ['f=+v']),
    'setxattr-there': (lambda d: attribute(d, b'v'),
                       lambda d: os.setxattr(d + '/f', 'user.a', b'w', os.XATTR_CREATE), -17, ['f=+v']),
    'removexattr': (lambda d: attribute(d, b'v'), lambda d: os.removexattr(d + '/f', 'user.a'), None, ['f=']),
    'removexattr-none': (lambda d: attribute(d, None), lambda d: os.removexattr(d + '/f', 'user.a'), -61, ['f=']),
}


def prepare(root):
    for name, (before, _, _, _) in CASES.items():
        os.mkdir(root + '/' + name)
        if before:
            before(root + '/' + name)


def describe(path):
    mode = os.lstat(path).st_mode
    if stat.S_ISDIR(mode):
        return '/' + ','.join(os.listdir(path))
    if stat.S_ISLNK(mode):
        return '>' + os.readlink(path)
    if stat.S_ISFIFO(mode):
        return '|'
    with open(path) as f:
        text = '=' + f.read()
    if 'user.a' in os.listxattr(path):
        text += '+' + os.getxattr(path, 'user.a').decode()
    return text


def check(root):
    for name, (_, _, _, after) in CASES.items():
        d = root + '/' + name
        found = sorted(each + describe(d + '/' + each) for each in os.listdir(d))
        if found != after:
            print(name, 'left', found)


def look(fd, number):
    """Directories stay what they are for those who are in them, whatever their names."""
    try:
        if os.stat('f', dir_fd=fd).st_ino != number:
            return 'another file'
    except OSError as e:
        return e.strerror


def run(root):
    results = {}
    failures = set()
    over = threading.Event()

    def watch():
        while True:
            is_last = over.is_set()
            failures.update((fd, look(fd, number)) for fd, number in holding.items())
            if is_last:
                return
            over.wait(0.002)

    def call(name):
        try:
            results[name] = CASES[name][1](root + '/' + name)
        except OSError as e:
            results[name] = -e.errno

    appending[root + '/append'] = os.open(root + '/append/f', os.O_WRONLY | os.O_APPEND)
    threads = [threading.Thread(target=call, args=(name,)) for name in CASES]
    for case in 'exchange-held', 'rename-held':
        for name in 'a', 'b':
            fd = os.open(root + '/' + case + '/' + name, os.O_RDONLY)
            holding[fd] = os.stat('f', dir_fd=fd).st_ino
    watcher = threading.Thread(target=watch)
    watcher.start()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    over.set()
    watcher.join()
    for fd, failure in failures:
        if failure:
            print('held directory', fd, 'gave', failure)
    for name in CASES:
        if results[name] != CASES[name][2]:
            print(name, 'gave', results[name])
    check(root)


{'prepare': prepare, 'run': run, 'check': check}[sys.argv[1]](sys.argv[2])
