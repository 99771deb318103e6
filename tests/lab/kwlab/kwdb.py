"""Puts the KWDB stand-ins on the hosts: real packages, a real unit, a cluster that is live."""

import csv
import hashlib
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from kwlab import deployments, images, settings as s
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
    deployments: tuple = ()  # names of deployments.KINDS for host 1, 2, …, from the start again

    @property
    def layered(self) -> bool:
        """Whether the hosts need the second file system (docker, rpm, cmake)."""
        return bool(self.deployments)

    def kind(self, member) -> str:
        if not self.deployments:
            return "script"
        return self.deployments[(member.index - 1) % len(self.deployments)]


def install(members, setup: Setup):
    """Installs and starts KWDB on all hosts; returns what lab.json says about files."""
    versions = sorted({*VERSIONS, setup.version})
    archives = {version: release(version) for version in versions}
    certificates = makeCertificates() if setup.secure or setup.layered else None
    found = {"archive" + v.replace(".", ""): str(path) for v, path in archives.items()}
    material = deployments.Material(setup, members, certificates)
    if setup.layered:
        material.images.update({version: image(version) for version in versions})
        material.runtime = images.runtime()
        found.update({"image" + v.replace(".", ""): str(p) for v, p in material.images.items()})
    with ThreadPoolExecutor(len(members)) as pool:
        jobs = [
            pool.submit(installOn, member, material, archives[setup.version]) for member in members
        ]
    for job in jobs:
        job.result()
    startCluster([member for member in members if setup.kind(member) != "bare"], setup)
    return found


def installOn(member, material, archive):
    kind = material.setup.kind(member)
    if material.setup.layered:
        member.saveRecord(kind=kind)
        writeStandInSettings(member, material.setup)
    if kind == "script":
        seed(member, material.members, material.setup, archive, material.certificates)
        member.exec("systemctl", "start", "kaiwudb")
    else:
        deployments.deploy(member, kind, material)


def writeStandInSettings(member, setup):
    """What seed-host writes for installed packages; containers see the same folder."""
    folder = member.root / "etc/kwsim"
    (folder / "fault").mkdir(parents=True, exist_ok=True)
    (folder / "time-scale").write_text("%g\n" % setup.timeScale)
    (folder / "address").write_text(member.address + "\n")


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
    return built(version, "*.tar.gz", lambda f: run(STAND_INS / "release/build", version, f))


def image(version: str):
    """The image archive (KaiwuDB.tar) for `docker load`."""
    return built(
        "image-" + version,
        "*.tar",
        lambda folder: makeImage(version, folder / ("kwdb-%s.tar" % version)),
    )


def makeImage(version: str, path: Path):
    path.parent.mkdir()
    run(STAND_INS / "release/build-image", version, path, "--runtime", images.runtime())


def built(name: str, pattern: str, make):
    folder = s.RELEASES / sourcesDigest() / name
    if not folder.is_dir():
        for old in s.RELEASES.glob("*"):
            if old.name != folder.parent.name:
                shutil.rmtree(old)
        partial = folder.with_suffix(".part")
        shutil.rmtree(partial, ignore_errors=True)
        make(partial)
        partial.rename(folder)
    return next(folder.glob(pattern))


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
    if setup.secure:
        shutil.copytree(certificates, inside / "certs")
        argv += ["--secure", "tls", "--certs", "/%s/certs" % folder]
    else:
        argv += ["--secure", "insecure"]
    member.exec(*argv)
    shutil.rmtree(inside)


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
    done = member.exec(*argv, check=False)
    return done.stdout + done.stderr


def allLive(rows, expected: int) -> bool:
    return len(rows) == expected and all(
        (r["is_available"], r["is_live"]) == ("true", "true") for r in rows
    )


def mode(member) -> str:
    return (member.root / "etc/kaiwudb/info/MODE").read_text().split("\n")[1]


def kwbase(member, *argv):
    """Runs the tool as the management user, with the host's own security options."""
    if "cli" in member.record:
        command = [*member.record["cli"], *argv, *member.record["cliOptions"]]
        return member.exec("timeout", "30", *command, "--host=127.0.0.1:26257", check=False)
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
