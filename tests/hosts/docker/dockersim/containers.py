"""Containers: made, started, stopped, removed. One folder each, with what `inspect` shows as config.json."""
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import time

from . import images, networks, options as option, state, volumes
from .state import NEVER, DockerError, daemon_error, locked

ADJECTIVES = "admiring brave clever determined eager festive gallant happy jolly keen".split()
NAMES = "archimedes bohr curie darwin euler fermi gauss hopper kepler lovelace".split()
SHIM = os.path.join(os.path.dirname(os.path.realpath(__file__)), "shim.py")


def folder(identity, *parts):
    return state.path("containers", identity, *parts)


def rootfs(identity):
    return state.path("overlay2", identity, "merged")


def everything():
    """All containers, the newest first."""
    base = state.path("containers")
    names = os.listdir(base) if os.path.isdir(base) else []
    found = [state.read("containers", n, "config.json") for n in names]
    return sorted((_honest(c) for c in found if c), key=lambda c: c["Created"], reverse=True)


def load(identity):
    found = state.read("containers", identity, "config.json")
    return _honest(found) if found else None


def store(container):
    state.write(container, "containers", container["Id"], "config.json")


def _honest(container):
    """A container whose shim has gone (power was cut) is not running, whatever was written last."""
    if container["State"]["Running"] and not _shim_lives(container["Id"]):
        # A shim writes the end down before it goes: only what is still unwritten now was cut off.
        fresh = state.read("containers", container["Id"], "config.json")
        if not fresh or not fresh["State"]["Running"]:
            return fresh or container
        container = fresh
        s = fresh["State"]
        s.update(Status="exited", Running=False, Restarting=False, Pid=0, ExitCode=255,
                 FinishedAt=state.now())
        store(container)
    return container


def _shim_lives(identity):
    known = state.read("containers", identity, "shim.json", default=[0, 0])
    return known[1] and start_time(known[0]) == known[1]


def start_time(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as f:
            fields = f.read().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else int(fields[19])


def lookup(name):
    """By name, id or the beginning of an id; None when there is none."""
    known = everything()
    bare = name.removeprefix("/")
    for match in (
        lambda c: c["Name"][1:] == bare,
        lambda c: c["Id"] == name,
        lambda c: c["Id"].startswith(name) and name,
    ):
        found = [c for c in known if match(c)]
        if len(found) == 1:
            return found[0]
    return None


def find(name):
    found = lookup(name)
    if found is None:
        raise daemon_error(f"No such container: {name}")
    return found


def users(image):
    """(container, running) for every container made from an image."""
    return [
        (c["Id"], c["State"]["Running"]) for c in everything() if c["Image"] == "sha256:" + image
    ]


# --- making
def create(options, image_name, command):
    """The id of the new container; the image must be here."""
    with locked():
        image = images.find(image_name)
        if image is None:
            raise daemon_error(f"No such image: {images.full(image_name)}", 125)
        identity = state.new_id()
        name = options.get("name") or f"{random.choice(ADJECTIVES)}_{random.choice(NAMES)}"
        if not re.fullmatch("[a-zA-Z0-9][a-zA-Z0-9_.-]+", name):
            raise daemon_error(
                f"Invalid container name ({name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed", 125
            )
        _refuse_name(name, 125)
        content = images.read(image)
        config = option.config(options, identity, content, image_name, command)
        host = option.host_config(options)
        words = (config["Entrypoint"] or []) + (config["Cmd"] or [])
        if not words:
            raise daemon_error("No command specified.", 125)
        endpoint = networks.endpoint(identity, _network(host), options)
        container = _document(identity, name, image, config, host, words, endpoint)
        shutil.copytree(images.rootfs(image), rootfs(identity), symlinks=True)
        try:
            container["Mounts"] = volumes.mounts(config, host, rootfs(identity))
        except DockerError:
            shutil.rmtree(state.path("overlay2", identity))
            raise
        os.makedirs(folder(identity))
        store(container)
        if options.get("cidfile"):
            with open(options["cidfile"], "x", encoding="ascii") as f:
                f.write(identity)
        return identity


def _refuse_name(name, code=1):
    taken = [c for c in everything() if c["Name"] == "/" + name]
    if taken:
        raise daemon_error(
            f'Conflict. The container name "/{name}" is already in use by container '
            f'"{taken[0]["Id"]}". You have to remove (or rename) that container to be able to '
            "reuse that name.",
            code,
        )


def _document(identity, name, image, config, host, words, endpoint):
    base = f"/var/lib/docker/containers/{identity}"
    layer = f"/var/lib/docker/overlay2/{identity}"
    return {
        "Id": identity,
        "Created": state.now(),
        "Path": words[0],
        "Args": words[1:],
        "State": {
            "Status": "created",
            "Running": False,
            "Paused": False,
            "Restarting": False,
            "OOMKilled": False,
            "Dead": False,
            "Pid": 0,
            "ExitCode": 0,
            "Error": "",
            "StartedAt": NEVER,
            "FinishedAt": NEVER,
        },
        "Image": "sha256:" + image,
        "ResolvConfPath": base + "/resolv.conf",
        "HostnamePath": base + "/hostname",
        "HostsPath": base + "/hosts",
        "LogPath": f"{base}/{identity}-json.log",
        "Name": "/" + name,
        "RestartCount": 0,
        "Driver": "overlay2",
        "Platform": "linux",
        "MountLabel": "",
        "ProcessLabel": "",
        "AppArmorProfile": "unconfined" if host["Privileged"] else "docker-default",
        "ExecIDs": None,
        "HostConfig": host,
        "GraphDriver": {
            "Data": {
                "LowerDir": f"{layer}-init/diff",
                "MergedDir": layer + "/merged",
                "UpperDir": layer + "/diff",
                "WorkDir": layer + "/work",
            },
            "Name": "overlay2",
        },
        "Mounts": [],
        "Config": config,
        "NetworkSettings": {
            "Bridge": "",
            "SandboxID": "",
            "HairpinMode": False,
            "LinkLocalIPv6Address": "",
            "LinkLocalIPv6PrefixLen": 0,
            "Ports": {},
            "SandboxKey": "",
            "SecondaryIPAddresses": None,
            "SecondaryIPv6Addresses": None,
            "EndpointID": "",
            "Gateway": "",
            "GlobalIPv6Address": "",
            "GlobalIPv6PrefixLen": 0,
            "IPAddress": "",
            "IPPrefixLen": 0,
            "IPv6Gateway": "",
            "MacAddress": "",
            "Networks": {_network(host): endpoint},
        },
    }


def _network(host):
    mode = host["NetworkMode"]
    return "bridge" if mode == "default" else mode


# --- ports
def _claim_ports(container):
    """What is published where; refuses what another container or process holds."""
    host = container["HostConfig"]
    bindings = {} if host["NetworkMode"] in ("host", "none") else dict(host["PortBindings"] or {})
    if host["PublishAllPorts"]:
        for inside in container["Config"].get("ExposedPorts", {}):
            bindings.setdefault(inside, [{"HostIp": "", "HostPort": ""}])
    taken = {}
    for other in everything():
        if other["State"]["Running"] and other["Id"] != container["Id"]:
            for rows in (other["NetworkSettings"]["Ports"] or {}).values():
                taken.update({r["HostPort"]: other for r in rows or []})
    ports = {inside: None for inside in container["Config"].get("ExposedPorts", {})}
    for inside, rows in bindings.items():
        ports[inside] = [_claim(container, row, taken) for row in rows]
        for row in list(ports[inside]):
            if row["HostIp"] == "0.0.0.0":
                ports[inside].append({"HostIp": "::", "HostPort": row["HostPort"]})
    return ports


def _claim(container, row, taken):
    address, port = row["HostIp"] or "0.0.0.0", row["HostPort"]
    where = state.own_address() if address in ("0.0.0.0", "127.0.0.1") else address
    prefix = (
        "driver failed programming external connectivity on endpoint "
        f"{container['Name'][1:]} ({container['Id']}): "
    )
    if port in taken and port:
        raise daemon_error(f"{prefix}Bind for {address}:{port} failed: port is already allocated", 125)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((where, int(port or 0)))
        except OSError as e:
            raise daemon_error(
                f"{prefix}Error starting userland proxy: listen tcp4 {address}:{port}: bind: "
                f"{(e.strerror or 'cannot assign requested address').lower()}",
                125,
            ) from e
        return {"HostIp": address, "HostPort": port or str(probe.getsockname()[1])}


def network_map(container):
    """KWSIM_NETWORK of the stand-ins inside: own address and which port stands for which."""
    if container["HostConfig"]["NetworkMode"] == "host":
        return state.own_address() + ";*"
    pairs = [
        f"{inside.partition('/')[0]}={rows[0]['HostPort']}"
        for inside, rows in (container["NetworkSettings"]["Ports"] or {}).items()
        if rows
    ]
    return f"{state.own_address()};{','.join(pairs)}"


# --- running
def start(identity, stdin=None):
    """Starts it; a start that fails is an error of the daemon and leaves the container as it was."""
    with locked():
        container = load(identity)
        if container["State"]["Running"]:
            return
        try:
            networks.check(container["HostConfig"]["NetworkMode"])
            container["NetworkSettings"]["Ports"] = _claim_ports(container)
            _set_network(container)
            volumes.check_sources(container)
        except DockerError as e:
            container["State"].update(ExitCode=128, Error=str(e).partition("daemon: ")[2])
            store(container)
            raise
        container["State"]["Error"] = ""
        store(container)
        reading, writing = os.pipe()
        with subprocess.Popen(
            ["/usr/bin/python3", "-IS", SHIM, identity, str(writing)],
            stdin=stdin if stdin is not None else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[writing],
            start_new_session=True,
            cwd="/",
            env={"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"},
        ) as shim:
            os.close(writing)
            with os.fdopen(reading, encoding="utf-8") as f:
                answer = f.readline()
            if answer.startswith("ok"):
                shim.returncode = 0  # it lives on; init is its parent when we have gone
                return
    text = answer.strip() or "containerd-shim died"
    container = load(identity)
    missing = "no such file" in text or "not found" in text
    container["State"].update(Status="created", ExitCode=127 if missing else 126, Error=text)
    with locked():
        store(container)
    raise daemon_error(text, 127 if missing else 126)


def _set_network(container):
    settings = container["NetworkSettings"]
    name = _network(container["HostConfig"])
    last = 2 + sum(1 for c in everything() if c["State"]["Running"])
    bridged = name not in ("host", "none")
    values = {
        "Gateway": "172.17.0.1" if bridged else "",
        "IPAddress": f"172.17.0.{last}" if bridged else "",
        "IPPrefixLen": 16 if bridged else 0,
        "MacAddress": f"02:42:ac:11:00:{last:02x}" if bridged else "",
    }
    for entry in settings["Networks"].values():
        entry.update(values, NetworkID=state.new_id(), EndpointID=state.new_id())
    if name == "bridge":
        settings.update(values)


def signal_of(text):
    text = str(text).upper().removeprefix("SIG")
    return int(text) if text.isdigit() else int(signal.Signals["SIG" + text])


def kill(identity, number):
    container = load(identity)
    if not container["State"]["Running"] or not container["State"]["Pid"]:
        raise daemon_error(f"Cannot kill container: {identity}: Container {identity} is not running")
    _signal(container, number)


def _signal(container, number):
    """Between two restarts there is no process; 0 would be the caller's own group."""
    try:
        if container["State"]["Pid"]:
            os.kill(container["State"]["Pid"], number)
    except ProcessLookupError:
        pass


def stop(identity, seconds=None):
    """SIGTERM, and SIGKILL when the time (10 s unless said) is over. Scaled like all waits."""
    container = load(identity)
    if not container["State"]["Running"]:
        return
    mark_stopped(identity)
    if seconds is None:
        seconds = container["Config"].get("StopTimeout", 10)
    number = signal_of(container["Config"].get("StopSignal") or "TERM")
    end = time.monotonic() + seconds * state.time_scale() if seconds >= 0 else None
    told = 0
    while container is not None and container["State"]["Running"]:
        pid = container["State"]["Pid"]
        if pid != told:  # a restart that was under way has brought a new one
            _signal(container, number)
            told = pid
        if end is not None and time.monotonic() > end:
            _signal(container, signal.SIGKILL)
        time.sleep(0.02)
        container = load(identity)


def mark_stopped(identity):
    """Tells the shim that the end is wanted: no restart."""
    with open(folder(identity, "stopped"), "w", encoding="ascii"):
        pass


def wait(identity, limit):
    """Exit code when it is no longer running; None when the time is over first."""
    end = None if limit is None else time.monotonic() + limit
    while True:
        container = load(identity)
        if container is None:
            return 0
        if not container["State"]["Running"]:
            return container["State"]["ExitCode"]
        if end is not None and time.monotonic() > end:
            return None
        time.sleep(0.02)


def remove(identity, force=False, with_volumes=False):
    container = load(identity)
    if container["State"]["Running"]:
        if not force:
            raise daemon_error(
                f"You cannot remove a running container {identity}. Stop the container before "
                "attempting removal or force remove"
            )
        mark_stopped(identity)
        _signal(container, signal.SIGKILL)
        if wait(identity, 10) is None:
            raise daemon_error(f"Could not kill running container {identity}, cannot remove")
    with locked():
        if load(identity) is None:
            return
        shutil.rmtree(state.path("overlay2", identity), ignore_errors=True)
        shutil.rmtree(folder(identity), ignore_errors=True)
        if with_volumes:
            volumes.remove_anonymous(container)


def rename(identity, name):
    with locked():
        container = load(identity)
        if not name:
            raise DockerError("Error: neither old nor new names may be empty")
        if container["Name"] == "/" + name:
            raise daemon_error("Renaming a container with the same name as its current name")
        _refuse_name(name)
        container["Name"] = "/" + name
        store(container)
