"""What is installed from: release and image archives, source trees, certificates. All cached."""

import hashlib
import shutil
from pathlib import Path

from kwlab import images, settings as s
from kwlab.shell import LabError, run

STAND_INS = s.PROJECT / "tests/hosts"
SOURCES = (STAND_INS / "release", STAND_INS / "kwbase", STAND_INS / "seed-host")
VERSIONS = ("2.2.0", "2.2.1")  # always at hand: the upgrade every scenario starts from
# Kinds of files, and the deployments (first word) that need them on the shelf.
NEEDED = {
    "archive": None,
    "archiveRpm": ("rpm",),
    "archiveDocker": ("container",),
    "image": ("compose", "docker"),
    "source": ("source",),
    "built": ("source",),
}


class Stock:
    """The files of all versions that these deployments need."""

    def __init__(self, versions, kinds):
        words = {kind.split("-")[0] for kind in kinds}
        wanted = [name for name, of in NEEDED.items() if of is None or words & set(of)]
        self.files = {(name, v): made(name, v) for name in wanted for v in sorted(versions)}

    def path(self, name: str, version: str) -> Path:
        return self.files[name, version]

    def description(self):
        """For lab.json: archive221, image221, …"""
        return {name + v.replace(".", ""): str(path) for (name, v), path in self.files.items()}


def made(name: str, version: str) -> Path:
    """The file of that kind; built once for a state of the stand-ins' sources."""
    folder = s.RELEASES / sourcesDigest() / (name + "-" + version)
    if not folder.is_dir():
        for old in s.RELEASES.glob("*"):
            if old.name != folder.parent.name:
                shutil.rmtree(old)
        partial = folder.with_name(folder.name + ".part")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        run(*recipe(name, version, partial))
        partial.rename(folder)
    return next(folder.iterdir())


def recipe(name: str, version: str, folder: Path):
    """argv that makes the file in the folder."""
    tool = STAND_INS / "release"
    if name == "image":
        file = folder / ("kwdb-%s.tar" % version)
        return [tool / "build-image", version, file, "--runtime", images.runtime()]
    if name in ("source", "built"):
        return [tool / "build-source", version, folder, *(["--built"] if name == "built" else [])]
    argv = [tool / "build", version, folder]
    if name == "archiveRpm":
        return [*argv, "--kind", "rpms"]
    if name == "archiveDocker":
        return [*argv, "--kind", "docker", "--runtime", images.runtime()]
    return argv


def sourcesDigest() -> str:
    digest = hashlib.sha256()
    for source in SOURCES:
        if not source.exists():
            raise LabError("The KWDB stand-ins are incomplete: %s is missing." % source)
        for path in [source] if source.is_file() else sorted(source.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(str(path.relative_to(s.PROJECT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


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
