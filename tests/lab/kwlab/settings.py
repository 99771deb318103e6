"""Names, addresses and folders of the lab.

Everything the lab makes is found again from here: one state folder, network namespaces and
cgroups whose names start with PREFIX. A second state folder gets a prefix of its own, so two
labs with different folders never meet.
"""

import os
import zlib
from pathlib import Path

DEFAULT_STATE = Path("/var/tmp/kwup-lab")
STATE = Path(os.environ.get("KWUP_LAB_STATE") or DEFAULT_STATE).resolve()
PREFIX = (
    "kwup-lab"
    if STATE == DEFAULT_STATE
    else "kwup-%06x" % (zlib.crc32(str(STATE).encode()) & 0xFFFFFF)
)
PROJECT = Path(__file__).resolve().parents[3]

BASE = STATE / "base"  # cached root file system
KEYS = STATE / "keys"  # cached client key and host keys
RELEASES = STATE / "releases"  # stand-in release archives
HOSTS = STATE / "hosts"  # one folder per host: overlay, console log
JSON = STATE / "lab.json"
KNOWN_HOSTS = STATE / "known_hosts"
CLIENT_KEY = KEYS / "id_ed25519"

HUB = PREFIX + "-hub"  # network namespace in which the hosts can be reached
NETWORK = "10.83"  # host I is 10.83.1.I, the hub 10.83.0.1; no default route anywhere
MAX_HOSTS = 12  # a booted systemd takes about 6 of root's 128 inotify instances
PASSWORD = "kwup-Lab-1"  # throw-away: the hosts cannot be reached from outside this machine

SUDO_USER = "kwadmin"  # sudo without password
USERS = {
    "kwadmin": "sudo without a password",
    "kwpass": "sudo with the password",
    "kwplain": "no sudo",
    "kwkbd": "keyboard-interactive login only",
    "kwexpired": "password has expired",
}
FAULT_DIR = "etc/kwsim/fault"  # inside a host: faults of the KWDB stand-ins


def hostName(index: int) -> str:
    return "h%d" % index


def address(index: int) -> str:
    return "%s.1.%d" % (NETWORK, index)


def netns(index: int) -> str:
    return "%s-%s" % (PREFIX, hostName(index))
