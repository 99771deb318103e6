"""Puts the KWDB stand-ins on the hosts: one way or another, until the cluster is live."""

import csv
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from kwlab import deployments, stock
from kwlab.shell import LabError, run

LIVE_SECONDS = 90


@dataclass(frozen=True)
class Setup:
    """What to install. timeScale stretches the delays of the stand-ins; 1 is the real thing."""

    version: str = "2.2.0"
    topology: str = "multi"
    secure: bool = True
    timeScale: float = 1.0
    deployments: tuple = ()  # names of deployments.KINDS for host 1, 2, …, from the start again
    versions: tuple = ()  # instead of version: of host 1, 2, …, from the start again
    seeded: tuple = ()  # hosts whose clusters get the data of tests/hosts/kwbase/seed

    @property
    def layered(self) -> bool:
        """Whether the hosts need the second file system (docker, rpm, cmake)."""
        return bool(self.deployments)

    def versionOf(self, member) -> str:
        if not self.versions:
            return self.version
        return self.versions[(member.index - 1) % len(self.versions)]

    def kind(self, member) -> str:
        if not self.deployments:
            return "script"
        return self.deployments[(member.index - 1) % len(self.deployments)]


def install(members, setup: Setup):
    """Installs and starts KWDB on all hosts; returns what lab.json says about files."""
    kinds = {setup.kind(member) for member in members}
    if setup.topology != "single" and len({deployments.isSecure(k, setup) for k in kinds}) > 1:
        raise LabError("One cluster cannot have nodes with and without TLS.")
    shelf = stock.Stock({*stock.VERSIONS, *map(setup.versionOf, members)}, kinds)
    material = deployments.Material(setup, members, shelf)
    with ThreadPoolExecutor(len(members)) as pool:
        jobs = [
            pool.submit(deployments.deploy, member, setup.kind(member), material)
            for member in members
        ]
    for job in jobs:
        job.result()
    nodes = [member for member in members if setup.kind(member) != "bare"]
    if nodes:
        startCluster(nodes, setup)
    for index in setup.seeded:
        seed(members[index - 1], setup.secure)
    return shelf.description()


def seed(member, secure: bool, hard=False):
    """Data that EXPORT and IMPORT lose or stumble over, into the cluster of this host."""
    options = (["--passwords"] if secure else []) + (["--hard"] if hard else [])
    statements = run(stock.STAND_INS / "kwbase/seed-data", *options).stdout
    done = kwbase(member, "sql", input=statements)
    if done.returncode != 0:
        raise LabError("Seeding %s: %s" % (member.name, done.stderr.strip()))


def startCluster(members, setup):
    deadline = time.monotonic() + LIVE_SECONDS
    if setup.topology != "single":
        initialise(members[0], deadline)
    waitLive(members, setup, deadline)


def initialise(member, deadline):
    while (done := kwbase(member, "init")).returncode != 0:
        if time.monotonic() > deadline:
            raise LabError("kwbase init on %s: %s" % (member.name, done.stderr.strip()))
        time.sleep(0.3)


def waitLive(members, setup, deadline):
    """Until every host sees all its nodes available and live (of a single one: itself)."""
    for member in members:
        expected = 1 if setup.topology == "single" else len(members)
        while not allLive(rows := nodeStatus(member), expected):
            if time.monotonic() > deadline:
                raise LabError(
                    "%s sees these nodes, not %d live ones: %s; %s"
                    % (
                        member.name,
                        expected,
                        rows,
                        excuse(member),
                    )
                )
            time.sleep(0.3)


def excuse(member) -> str:
    """What the host says about a server that does not answer."""
    argv = ["systemctl", "status", "kaiwudb"]
    if "container" in member.record:
        argv = ["docker", "logs", "--tail", "20", member.record["container"]]
    elif "log" in member.record:
        argv = ["sh", "-c", "tail -n 20 %s; ps -C kwbase -f" % member.record["log"]]
    done = member.exec(*argv, check=False)
    return done.stdout + done.stderr


def allLive(rows, expected: int) -> bool:
    return len(rows) == expected and all(
        (r["is_available"], r["is_live"]) == ("true", "true") for r in rows
    )


def mode(member) -> str:
    return (member.root / "etc/kaiwudb/info/MODE").read_text().split("\n")[1]


def kwbase(member, *argv, **kw):
    """Runs the tool as the management user, with the host's own security options."""
    if "cli" in member.record:
        command = [*member.record["cli"], *argv, *member.record["cliOptions"]]
        return member.exec("timeout", "30", *command, "--host=127.0.0.1:26257", check=False, **kw)
    info = (member.root / "etc/kaiwudb/info/MODE").read_text().split("\n")
    security = "--insecure" if info[7] == "insecure" else "--certs-dir=/etc/kaiwudb/certs"
    return member.exec(
        "timeout",
        "30",
        "sudo",
        "-u",
        info[6],
        "/usr/local/kaiwudb/bin/kwbase",
        *argv,
        security,
        "--host=127.0.0.1:" + info[4],
        check=False,
        **kw,
    )


def nodeStatus(member, *options):
    """Rows of `kwbase node status` as the host sees them; empty when it does not answer."""
    done = kwbase(member, "node", "status", "--format=csv", *options)
    return list(csv.DictReader(done.stdout.splitlines())) if done.returncode == 0 else []
