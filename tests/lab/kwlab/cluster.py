"""The whole lab: requirements, up, down, the description for other programs."""

import json
import os
import shutil
import time

from kwlab import base, cgroups, kwdb, layer, network, settings as s
from kwlab.host import Host, leftoverMounts
from kwlab.shell import LabError, LabSkip, run

PROGRAMS = {
    "mmdebstrap": "mmdebstrap",
    "systemd-nspawn": "systemd-container",
    "ssh": "openssh-client",
    "ssh-keygen": "openssh-client",
    "sshpass": "sshpass",
    "ip": "iproute2",
    "nft": "nftables",
    "nsenter": "util-linux",
    "dpkg-deb": "dpkg",
    "openssl": "openssl",
}
CAP_NET_ADMIN, CAP_SYS_ADMIN = 12, 21  # <linux/capability.h>


def require():
    """Raises LabSkip with a plain reason when the lab cannot run on this machine."""
    if os.geteuid() != 0:
        raise LabSkip("The lab needs root (it boots hosts in containers).")
    missing = sorted(
        {package for program, package in PROGRAMS.items() if shutil.which(program) is None}
    )
    if missing:
        raise LabSkip("The lab needs these Debian packages: %s." % " ".join(missing))
    capabilities = next(
        int(line.split()[1], 16) for line in open("/proc/self/status") if line.startswith("CapEff")
    )
    if not all(capabilities >> bit & 1 for bit in (CAP_NET_ADMIN, CAP_SYS_ADMIN)):
        raise LabSkip("The lab needs CAP_SYS_ADMIN and CAP_NET_ADMIN (mounts, network namespaces).")
    try:
        cgroups.hierarchies()
    except LabError as error:
        raise LabSkip(str(error)) from error


def hosts():
    """Hosts that exist, running or not."""
    found = [p.name for p in s.HOSTS.glob("h*")] if s.HOSTS.is_dir() else []
    return [Host(int(name[1:])) for name in sorted(found, key=lambda n: int(n[1:]))]


def host(index: int) -> Host:
    found = Host(index)
    if not found.folder.is_dir():
        raise LabError("There is no host %d; the lab has %d." % (index, len(hosts())))
    return found


def up(count: int, setup: kwdb.Setup | None):
    """Brings up a fresh lab in place of whatever is there; without a setup, hosts without KWDB.

    Leaves nothing behind when it fails.
    """
    require()
    if not 1 <= count <= s.MAX_HOSTS:
        raise LabError("The lab has 1 to %d hosts." % s.MAX_HOSTS)
    layered = setup is not None and setup.layered
    layer.build() if layered else base.build()
    down()
    try:
        members = boot(count, layered)
        archives = kwdb.install(members, setup) if setup else {}
        describe(members, archives)
    except BaseException:
        keepConsoles()
        down()
        raise


def boot(count: int, layered: bool):
    s.HOSTS.mkdir(parents=True)
    if run("stat", "-f", "-c", "%T", s.HOSTS).stdout.strip() == "overlayfs":
        run(
            "mount", "-t", "tmpfs", "-o", "mode=755", "kwup-lab", s.HOSTS
        )  # overlays cannot lie on an overlay
    network.makeHub()
    members = [Host(i) for i in range(1, count + 1)]
    for member in members:
        member.choose(layered)
        member.personalize(count)
        member.start()
    deadline = time.monotonic() + 30 + 10 * count
    for member in members:
        member.waitBooted(deadline)
    return members


def describe(members, archives):
    """lab.json has the shape of the demo cluster's description, so that tests can take either."""
    s.KNOWN_HOSTS.write_text("".join(member.knownHosts() for member in members))
    description = {
        "dir": str(s.STATE),
        "knownHosts": str(s.KNOWN_HOSTS),
        "hosts": [
            {
                "name": member.name,
                "address": member.address,
                "port": 22,
                "user": s.SUDO_USER,
                "keyFile": str(s.CLIENT_KEY),
                "root": str(member.root),
                **member.record,
            }
            for member in members
        ],
        "password": s.PASSWORD,
    }
    description.update(archives)
    partial = s.JSON.with_suffix(".part")
    partial.write_text(json.dumps(description, indent=2) + "\n")
    partial.rename(s.JSON)


def keepConsoles():
    """The consoles of a lab that failed to come up, for whoever has to find out why."""
    kept = s.STATE / "failed"
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir()
    for member in hosts():
        if (member.folder / "console.log").exists():
            shutil.copy(member.folder / "console.log", kept / (member.name + ".log"))


def down():
    """Removes every host, also what a killed program left; keeps base, keys and releases."""
    s.JSON.unlink(missing_ok=True)
    s.KNOWN_HOSTS.unlink(missing_ok=True)
    for name in cgroups.names():
        cgroups.kill(name)
        cgroups.drop(name)
    for where in leftoverMounts():
        run("umount", where)
    network.removeAll()
    if s.HOSTS.exists():
        shutil.rmtree(s.HOSTS)


def status():
    """One line a host."""
    for member in hosts():
        state = "off"
        if member.leader is not None:
            link = "" if network.isLinkUp(member.index) else ", link down"
            done = run(
                "timeout", "3", *member.command("systemctl", "is-system-running"), check=False
            )
            state = (done.stdout.strip() or "no answer") + link
        yield "%s  %s  %s" % (member.name, member.address, state)
