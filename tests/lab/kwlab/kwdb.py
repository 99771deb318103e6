"""Puts the KWDB stand-ins on the hosts: real packages, a real unit, a cluster that is live."""

import csv
import hashlib
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from kwlab import settings as s
from kwlab.shell import LabError, run

STAND_INS = s.PROJECT / "tests/hosts"
SOURCES = (STAND_INS / "release", STAND_INS / "kwbase", STAND_INS / "seed-host")
MODES = {"multi": "multi-replication", "single": "single", "single-replica": "single-replication"}
VERSIONS = ("2.2.0", "2.2.1")  # always at hand: the upgrade every scenario starts from
LIVE_SECONDS = 90


@dataclass(frozen=True)
class Setup:
    """What to install. timeScale stretches the delays of the stand-ins; 1 is the real thing."""

    version: str = "2.2.0"
    topology: str = "multi"
    secure: bool = True
    timeScale: float = 1.0


def install(members, setup: Setup):
    """Installs and starts KWDB on all hosts; returns the paths of the release archives."""
    archives = {version: release(version) for version in {*VERSIONS, setup.version}}
    certificates = makeCertificates() if setup.secure else None
    with ThreadPoolExecutor(len(members)) as pool:
        jobs = [
            pool.submit(seed, member, members, setup, archives[setup.version], certificates)
            for member in members
        ]
    for job in jobs:
        job.result()
    startCluster(members, setup)
    return {"archive" + version.replace(".", ""): str(path) for version, path in archives.items()}


def sourcesDigest() -> str:
    digest = hashlib.sha256()
    for source in SOURCES:
        if not source.exists():
            raise LabError("The KWDB stand-ins are incomplete: %s is missing." % source)
        for path in [source] if source.is_file() else sorted(source.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(str(path.relative_to(s.PROJECT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def release(version: str):
    """The stand-in release archive; built once for a state of the sources."""
    folder = s.RELEASES / sourcesDigest() / version
    if not folder.is_dir():
        for old in s.RELEASES.glob("*"):
            if old.name != folder.parent.name:
                shutil.rmtree(old)
        partial = folder.with_suffix(".part")
        shutil.rmtree(partial, ignore_errors=True)
        run(STAND_INS / "release/build", version, partial)
        partial.rename(folder)
    return next(folder.glob("*.tar.gz"))


def makeCertificates():
    """One CA and one node certificate for all addresses, as the vendor's installer makes them."""
    folder = s.KEYS / "certs"
    if folder.is_dir():
        return folder
    work = folder.with_suffix(".part")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    key = ("-newkey", "rsa:2048", "-nodes")
    run(
        "openssl",
        "req",
        "-x509",
        *key,
        "-days",
        "3650",
        "-subj",
        "/O=KaiwuDB/CN=KaiwuDB CA",
        "-keyout",
        "ca.key",
        "-out",
        "ca.crt",
        cwd=work,
    )
    addresses = ["127.0.0.1", *map(s.address, range(1, s.MAX_HOSTS + 1))]
    (work / "names").write_text(
        "subjectAltName=DNS:localhost," + ",".join("IP:" + a for a in addresses)
    )
    for number, (name, subject) in enumerate((("node", "node"), ("client.root", "root")), 1):
        run(
            "openssl",
            "req",
            *key,
            "-subj",
            "/O=KaiwuDB/CN=" + subject,
            "-keyout",
            name + ".key",
            "-out",
            "request",
            cwd=work,
        )
        run(
            "openssl",
            "x509",
            "-req",
            "-in",
            "request",
            "-CA",
            "ca.crt",
            "-CAkey",
            "ca.key",
            "-set_serial",
            str(number),
            "-days",
            "1825",
            "-extfile",
            "names",
            "-out",
            name + ".crt",
            cwd=work,
        )
    for scrap in ("request", "names"):
        (work / scrap).unlink()
    work.rename(folder)
    return folder


def seed(member, members, setup, archive, certificates):
    """Runs seed-host inside the host: packages, /etc/kaiwudb, unit; the service stays stopped."""
    folder = "var/tmp/lab-seed"
    inside = member.root / folder
    inside.mkdir()
    shutil.copy(archive, inside / "release.tar.gz")
    shutil.copy(STAND_INS / "seed-host", inside)
    argv = [
        "bash",
        "/%s/seed-host" % folder,
        "--archive",
        "/%s/release.tar.gz" % folder,
        "--address",
        member.address,
        "--mode",
        MODES[setup.topology],
        "--time-scale",
        "%g" % setup.timeScale,
    ]
    if setup.topology != "single":
        others = ",".join(other.address for other in members if other is not member)
        argv += ["--join", members[0].address, "--others", others, "--ssh-user", s.SUDO_USER]
    if certificates:
        shutil.copytree(certificates, inside / "certs")
        argv += ["--secure", "tls", "--certs", "/%s/certs" % folder]
    else:
        argv += ["--secure", "insecure"]
    member.exec(*argv)
    shutil.rmtree(inside)


def startCluster(members, setup):
    for member in members:
        member.exec("systemctl", "start", "kaiwudb")
    deadline = time.monotonic() + LIVE_SECONDS
    if setup.topology != "single":
        initialise(members[0], deadline)
    waitLive(members, deadline)


def initialise(member, deadline):
    while (done := kwbase(member, "init")).returncode != 0:
        if time.monotonic() > deadline:
            raise LabError("kwbase init on %s: %s" % (member.name, done.stderr.strip()))
        time.sleep(0.3)


def waitLive(members, deadline):
    """Until every host sees all its nodes available and live (of a single one: itself)."""
    for member in members:
        expected = 1 if mode(member) == "single" else len(members)
        while not allLive(rows := nodeStatus(member), expected):
            if time.monotonic() > deadline:
                raise LabError(
                    "%s sees these nodes, not %d live ones: %s; unit: %s"
                    % (
                        member.name,
                        expected,
                        rows,
                        member.exec("systemctl", "status", "kaiwudb", check=False).stdout,
                    )
                )
            time.sleep(0.3)


def allLive(rows, expected: int) -> bool:
    return len(rows) == expected and all(
        (r["is_available"], r["is_live"]) == ("true", "true") for r in rows
    )


def mode(member) -> str:
    return (member.root / "etc/kaiwudb/info/MODE").read_text().split("\n")[1]


def kwbase(member, *argv):
    """Runs the tool as the management user, with the host's own security options."""
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
    )


def nodeStatus(member, *options):
    """Rows of `kwbase node status` as the host sees them; empty when it does not answer."""
    done = kwbase(member, "node", "status", "--format=csv", *options)
    return list(csv.DictReader(done.stdout.splitlines())) if done.returncode == 0 else []
