"""Who may change the lab: one owner for a longer time, one command at a moment.

The owner (a test program) holds owner.lock and hands its token down in KWUP_LAB_OWNER. The kernel
frees the lock when the owner dies, however that happens; what it left is removed by the next "up"
or "down".
"""

import contextlib
import fcntl
import os
import time

from kwlab import settings as s
from kwlab.shell import LabError

VARIABLE = "KWUP_LAB_OWNER"


class Ownership:
    """Holds the lab for this process; waits up to "seconds" for the present owner to finish."""

    def __init__(self, seconds: float):
        s.STATE.mkdir(parents=True, exist_ok=True)
        self._file = open(s.STATE / "owner.lock", "a+")
        deadline = time.monotonic() + seconds
        while not tryLock(self._file):
            if time.monotonic() > deadline:
                raise LabError("The lab is in use by process %s." % owner(self._file))
            time.sleep(0.2)
        self._file.truncate(0)
        self._file.write("%d-%s" % (os.getpid(), os.urandom(8).hex()))
        self._file.flush()
        os.environ[VARIABLE] = ownerToken(self._file)

    def release(self):
        os.environ.pop(VARIABLE, None)
        self._file.close()


def tryLock(file) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        return False


def ownerToken(file) -> str:
    file.seek(0)
    return file.read()


def owner(file) -> str:
    return ownerToken(file).split("-")[0] or "?"


@contextlib.contextmanager
def command(changesAll: bool):
    """Serializes commands; "up" and "down" also need that nobody else owns the lab."""
    s.STATE.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        if changesAll:
            file = stack.enter_context(open(s.STATE / "owner.lock", "a+"))
            if not tryLock(file) and ownerToken(file) != os.environ.get(VARIABLE):
                raise LabError("The lab is in use by process %s." % owner(file))
        file = stack.enter_context(open(s.STATE / "command.lock", "a+"))
        deadline = time.monotonic() + 300
        while not tryLock(file):
            if time.monotonic() > deadline:
                raise LabError("Another lab command has been running for five minutes.")
            time.sleep(0.1)
        yield
