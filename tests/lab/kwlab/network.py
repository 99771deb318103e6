"""The hub (a bridge in a network namespace of its own) and one namespace per host.

No namespace has a default route or forwards, so nothing in the lab can reach the machine's network.
"""

from pathlib import Path

from kwlab import settings as s
from kwlab.shell import run

ON_SSH = (
    "table inet %s { chain i { type filter hook input priority 0; tcp dport 22 counter %s; }; }\n"
)
SHARED = """\
table ip docker_lab { chain out {
    type nat hook postrouting priority 100; ip saddr 172.16.0.0/12 oif eth0 masquerade; }; }
"""
RULES = {
    "blackhole": ("blackhole", "drop"),  # connections hang, nothing is refused
    "reset-ssh": ("reset_ssh", "reject with tcp reset"),  # also established ones
}


def exists(namespace: str) -> bool:
    return Path("/run/netns", namespace).exists()


def inside(namespace: str):
    """argv prefix that runs a command in the namespace."""
    return ["nsenter", "--net=/run/netns/" + namespace, "--"]


def makeHub():
    if exists(s.HUB):
        return
    run("ip", "netns", "add", s.HUB)
    link = ("ip", "-n", s.HUB)
    run(*link, "link", "set", "lo", "up")
    run(*link, "link", "add", "br0", "type", "bridge")
    run(*link, "addr", "add", s.NETWORK + ".0.1/16", "dev", "br0")
    run(*link, "link", "set", "br0", "up")


def makeHost(index: int):
    namespace = s.netns(index)
    if exists(namespace):
        return
    run("ip", "netns", "add", namespace)
    run(
        "ip",
        "link",
        "add",
        "v%d" % index,
        "netns",
        s.HUB,
        "type",
        "veth",
        "peer",
        "name",
        "eth0",
        "netns",
        namespace,
    )
    run("ip", "-n", s.HUB, "link", "set", "v%d" % index, "master", "br0", "up")
    link = ("ip", "-n", namespace)
    run(*link, "link", "set", "lo", "up")
    run(*link, "addr", "add", s.address(index) + "/16", "dev", "eth0")
    run(*link, "link", "set", "eth0", "up")


def setLink(index: int, up: bool):
    """The cable of one host: while it is out, packets vanish and nobody is told."""
    run("ip", "-n", s.HUB, "link", "set", "v%d" % index, "up" if up else "down")


def isLinkUp(index: int) -> bool:
    done = run("ip", "-n", s.HUB, "-br", "link", "show", "v%d" % index, check=False)
    return done.returncode == 0 and "UP" in done.stdout.split("<")[-1].split(",")


def setRule(index: int, name: str, on: bool):
    prefix = inside(s.netns(index))
    table = RULES[name][0]
    run(*prefix, "nft", "delete", "table", "inet", table, check=False)
    if on:
        run(*prefix, "nft", "-f", "-", input=ON_SSH % RULES[name])


def shareAddress(index: int):
    """Containers of the host reach the other hosts under its address, as docker's own rules do."""
    run(*inside(s.netns(index)), "nft", "-f", "-", input=SHARED)


def removeAll():
    for path in Path("/run/netns").glob(s.PREFIX + "-*"):
        run("ip", "netns", "del", path.name)
