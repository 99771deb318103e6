"""KWDB by the vendor's deploy script: .deb packages, .rpm packages, or the image in a container."""

import shutil

from kwlab import containers, settings as s, stock
from kwlab.shell import run

MODES = {"multi": "multi-replication", "single": "single", "single-replica": "single-replication"}
CONTAINER = "kaiwudb-container"

# What makes a host one of the rpm family: no dpkg, a package database with a system in it.
RPM_HOST = r"""
set -e
rm -rf /usr/bin/dpkg* /usr/sbin/dpkg* /usr/bin/apt* /var/lib/dpkg /var/lib/apt /etc/apt
cat >/usr/lib/os-release <<'E'
NAME="openEuler"
VERSION="22.03 (LTS-SP3)"
ID="openEuler"
VERSION_ID="22.03"
PRETTY_NAME="openEuler 22.03 (LTS-SP3)"
E
work=$(mktemp -d)
for package in 'bash /bin/sh' 'rpm rpm-libs' 'squashfs-tools mksquashfs'; do
  set -- $package
  printf '%s\n' "Name: $1" 'Version: 5.1' 'Release: 1' 'Summary: stand-in' 'License: none' \
    'BuildArch: noarch' 'AutoReqProv: no' "Provides: $2" '%description' 'Stand-in.' '%files' \
    >$work/$1.spec
  rpmbuild -bb --quiet --define "_topdir $work" $work/$1.spec
done
rpm -i $work/RPMS/noarch/*.rpm
cp $work/RPMS/noarch/squashfs-tools-*.rpm /etc/kwsim/squashfs-tools.rpm
rm -rf $work
"""


def deploy(member, kind: str, material):
    """kind: script (.deb), rpm, container-package."""
    archive = "archive"
    if kind == "rpm":
        archive = "archiveRpm"
        run(*member.command("bash", "-c", RPM_HOST))
    elif kind == "container-package":
        archive = "archiveDocker"
        containers.startDocker(member)
        member.saveRecord(container=CONTAINER, **containers.cli(CONTAINER, material.setup.secure))
    if kind != "script":
        member.saveRecord(deployment="container-package" if kind != "rpm" else "bare-package")
        member.saveRecord(dataRoot="/var/lib/kaiwudb")
    seed(member, material, material.stock.path(archive, material.setup.versionOf(member)))
    member.exec("systemctl", "start", "kaiwudb")


def seed(member, material, archive):
    """Runs seed-host inside the host: packages, /etc/kaiwudb, unit; the service stays stopped."""
    setup = material.setup
    folder = "var/tmp/lab-seed"
    inside = member.root / folder
    inside.mkdir()
    shutil.copy(archive, inside / "release.tar.gz")
    shutil.copy(stock.STAND_INS / "seed-host", inside)
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
        others = ",".join(other.address for other in material.members if other is not member)
        argv += [
            "--join",
            material.members[0].address,
            "--others",
            others,
            "--ssh-user",
            s.SUDO_USER,
        ]
    if setup.secure:
        shutil.copytree(stock.makeCertificates(), inside / "certs")
        argv += ["--secure", "tls", "--certs", "/%s/certs" % folder]
    else:
        argv += ["--secure", "insecure"]
    member.exec(*argv)
    shutil.rmtree(inside)
