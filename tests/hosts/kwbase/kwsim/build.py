"""What this build calls itself (kwdb-transcripts/00-version.txt)."""
import os
import re

GO = "go1.19.8"
COMPILER = "gcc 12.2.0"
TRIPLE = "x86_64-linux-gnu"
PLATFORM = "linux amd64"

_KNOWN = {
    "V2.2.0": ("2026/11/22 13:18:46", "efa37de0162254ba0b9693c950afb30587a67273"),
    "V2.2.1": ("2026/11/22 13:27:43", None),
}


def _read_tag():
    try:
        with open(os.path.join(os.path.dirname(__file__), "VERSION"), encoding="ascii") as f:
            return f.read().strip() or "V2.2.0"
    except OSError:
        return os.environ.get("KWSIM_VERSION", "V2.2.0")


TAG = _read_tag()  # read once: the file may be replaced under a running server


def at_least(*wanted):
    """Whether this build is at least version (3, 1) or (2, 2, 0)."""
    return tuple(int(n) for n in re.findall(r"\d+", TAG)[:3]) >= wanted


CLUSTER_VERSION = "20.1-3" if at_least(3) else "20.1-1"


def time_of(tag):
    return _KNOWN.get(tag, ("2026/11/22 13:30:00", None))[0]


def revision_of(tag):
    known = _KNOWN.get(tag, (None, None))[1]
    if known:
        return known
    import hashlib
    return hashlib.sha1(tag.encode()).hexdigest()


def long_version(tag):
    return f"KaiwuDB {tag} ({TRIPLE}, built {time_of(tag)}, {GO}, {COMPILER})"


def version_text(tag):
    return (f"KaiwuDB Version:  {tag}\n"
            f"Build Time:       {time_of(tag)}\n"
            "Distribution:     \n"
            f"Platform:         {PLATFORM} ({TRIPLE})\n"
            f"Go Version:       {GO}\n"
            f"C Compiler:       {COMPILER}\n"
            f"Build SHA-1:      {revision_of(tag)}\n")
