"""The ways in which KWDB gets onto a host: one name each, as in `lab up --deployment NAME`."""

from dataclasses import dataclass, field
from pathlib import Path

from kwlab import containers
from kwlab.host import Host
from kwlab.shell import LabError

KINDS = {
    "script": "packages, installed by the vendor's deploy script",
    "compose": "docker-compose, data on a bind mount",
    "compose-no-volume": "docker-compose as in the vendor's example: the data is in the container",
    "compose-services": "docker-compose with another service in the same file",
    "compose-env": "docker-compose, the image comes from .env",
    "docker-run": "docker run, insecure",
    "docker-run-secure": "docker run with certificates",
    "docker-run-rm": "docker run --rm: the container is gone as soon as it stops",
    "docker-run-anonymous": "docker run, data on an anonymous volume",
    "bare": "no KWDB",
}


@dataclass
class Material:
    """What deployments are made of."""

    setup: object  # kwdb.Setup
    members: list
    certificates: Path | None
    images: dict = field(default_factory=dict)  # version → archive
    runtime: Path | None = None  # first layer of the images


def checked(names):
    """The names as a tuple; raises LabError for an unknown one."""
    for name in names:
        if name not in KINDS:
            raise LabError("There is no deployment '%s'. Known are: %s." % (name, ", ".join(KINDS)))
    return tuple(names)


def deploy(member: Host, kind: str, material: Material):
    """Brings KWDB onto the host in this way and starts it. "script" is done by kwdb.seed()."""
    name, _, variant = kind.partition("-")
    if kind.startswith("docker-run"):
        containers.deployRun(member, material, kind.removeprefix("docker-run").lstrip("-"))
    elif name == "compose":
        containers.deployCompose(member, material, variant)
