"""The ways in which KWDB gets onto a host: one name each, as in `lab up --deployment NAME`."""

from dataclasses import dataclass

from kwlab import containers, scripted, source
from kwlab.host import Host
from kwlab.shell import LabError
from kwlab.stock import Stock

KINDS = {
    "script": ".deb packages, installed by the vendor's deploy script",
    "rpm": "the same with .rpm packages, on a host without dpkg",
    "container-package": "the same with an image: unit and compose file of the deploy script",
    "compose": "docker-compose, data on a bind mount",
    "compose-no-volume": "docker-compose as in the vendor's example: the data is in the container",
    "compose-services": "docker-compose with another service in the same file",
    "compose-env": "docker-compose, the image comes from .env",
    "compose-plugin": "the same with `docker compose` and without docker-compose",
    "docker-run": "docker run, insecure",
    "docker-run-secure": "docker run with certificates",
    "docker-run-rm": "docker run --rm: the container is gone as soon as it stops",
    "docker-run-anonymous": "docker run, data on an anonymous volume",
    "source": "built from source, started by hand",
    "source-unit": "built from source, started by a unit that its owner wrote",
    "bare": "no KWDB",
}


@dataclass(frozen=True)
class Material:
    """What deployments are made of."""

    setup: object  # kwdb.Setup
    members: list
    stock: Stock


def checked(names):
    """The names as a tuple; raises LabError for an unknown one."""
    for name in names:
        if name not in KINDS:
            raise LabError("There is no deployment '%s'. Known are: %s." % (name, ", ".join(KINDS)))
    return tuple(names)


def isSecure(kind: str, setup) -> bool:
    """The guide's commands for containers say themselves whether they use TLS."""
    if kind.startswith(("compose", "docker-run")):
        return kind == "docker-run-secure"
    return setup.secure


def deploy(member: Host, kind: str, material: Material):
    """Brings KWDB onto the host in this way and starts it."""
    if material.setup.layered:
        member.saveRecord(kind=kind)
        writeStandInSettings(member, material.setup)
    if kind in ("script", "rpm", "container-package"):
        scripted.deploy(member, kind, material)
    elif kind.startswith("docker-run"):
        containers.deployRun(member, material, kind.removeprefix("docker-run").lstrip("-"))
    elif kind.startswith("compose"):
        containers.deployCompose(member, material, kind.removeprefix("compose").lstrip("-"))
    elif kind.startswith("source"):
        source.deploy(member, material, kind == "source-unit")


def writeStandInSettings(member: Host, setup):
    """What seed-host writes for installed packages; containers see the same folder."""
    folder = member.root / "etc/kwsim"
    (folder / "fault").mkdir(parents=True, exist_ok=True)
    (folder / "time-scale").write_text("%g\n" % setup.timeScale)
    (folder / "address").write_text(member.address + "\n")
