"""Reads the recordings in tests/data/kwdb-transcripts."""
import os
import re
import shlex
from collections import namedtuple

FOLDER = os.path.join(os.path.dirname(__file__), "..", "..", "..", "data", "kwdb-transcripts")
Entry = namedtuple("Entry", "moment argv stdout stderr rc")
_ENTRY = re.compile(r"^\$ (?P<cmd>.*?) ?\n--- stdout\n(?P<out>.*?)--- stderr\n(?P<err>.*?)"
                    r"--- rc=(?P<rc>\d+)", re.S | re.M)


def _argv(command):
    """The recordings of EXPORT put statements in quotes without escaping what is inside."""
    quoted = re.fullmatch(r'(.*) -e "(.*)"', command, re.S)
    if quoted:
        return [*shlex.split(quoted[1]), "-e", quoted[2]]
    return shlex.split(command)


def read(name):
    """Entries of a recording, in order."""
    with open(os.path.join(FOLDER, name), encoding="utf-8", errors="surrogateescape") as f:
        text = f.read()
    out, last, moment = [], 0, ""
    for m in _ENTRY.finditer(text):
        moments = re.findall(r"^### (.*)$", text[last:m.start()], re.M)
        moment = moments[-1] if moments else moment
        last = m.end()
        out.append(Entry(moment, _argv(m["cmd"]), m["out"], m["err"], int(m["rc"])))
    return out


def find(name, *words, without=()):
    """The first entry whose command has all the words."""
    for entry in read(name):
        if all(w in entry.argv for w in words) and not any(w in entry.argv for w in without):
            return entry
    raise LookupError(f"{name}: {words}")


def command(entry):
    """Arguments after the program, without host and security flags."""
    return [a for a in entry.argv[1:] if a != "--insecure" and not a.startswith("--host=")]
