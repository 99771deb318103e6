"""Volumes and bind mounts of containers."""
import os
import random
import shutil

from . import state
from .state import daemon_error


def volume_path(name):
    return state.path("volumes", name, "_data")


def names():
    base = state.path("volumes")
    return sorted(n for n in os.listdir(base)) if os.path.isdir(base) else []


def create(name=None, labels=None):
    name = name or state.new_id()
    if not os.path.isdir(volume_path(name)):
        os.makedirs(volume_path(name))
        state.write({"CreatedAt": state.now(), "Labels": labels}, "volumes", name, "opts.json")
    return name


def inspect(name):
    known = state.read("volumes", name, "opts.json", default={})
    return {
        "CreatedAt": known.get("CreatedAt", state.NEVER)[:19] + "Z",
        "Driver": "local",
        "Labels": known.get("Labels"),
        "Mountpoint": volume_path(name),
        "Name": name,
        "Options": None,
        "Scope": "local",
    }


def remove(name):
    from . import containers

    if name not in names():
        raise daemon_error(f"get {name}: no such volume")
    users = [
        c["Id"] for c in containers.everything()
        for m in c["Mounts"] if m.get("Name") == name
    ]
    if users:
        raise daemon_error(f"remove {name}: volume is in use - [{', '.join(users)}]")
    shutil.rmtree(state.path("volumes", name))


def remove_anonymous(container):
    for mount in container["Mounts"]:
        name = mount.get("Name", "")
        if mount["Type"] == "volume" and len(name) == 64 and name in names():
            try:
                remove(name)
            except state.DockerError:
                pass  # another container uses it


def mounts(config, host, tree):
    """The Mounts of `inspect`; makes volumes and, for -v, missing folders of the host."""
    found = {}
    for text in host.get("Binds") or []:
        source, destination, mode = _split(text)
        found[destination] = _mount(source, destination, mode, tree)
    for entry in host.get("Mounts") or []:
        mode = "ro" if entry.get("ReadOnly") else ""
        source = entry.get("Source", "")
        if entry["Type"] == "bind" and not os.path.exists(source):
            raise daemon_error(
                f"invalid mount config for type \"bind\": bind source path does not exist: {source}",
                125,
            )
        found[entry["Target"]] = _mount(source, entry["Target"], mode, tree)
        found[entry["Target"]]["Mode"] = ""
    for destination in config.get("Volumes") or {}:
        if destination not in found:
            found[destination] = _mount("", destination, "", tree)
    for other in host.get("VolumesFrom") or []:
        from . import containers

        for mount in containers.find(other.partition(":")[0])["Mounts"]:
            found.setdefault(mount["Destination"], dict(mount))
    shown = list(found.values())
    random.shuffle(shown)  # the engine keeps them in a map
    return shown


def _split(text):
    parts = text.split(":")
    if len(parts) == 1:
        return "", parts[0], ""
    if len(parts) > 3 or not parts[1].startswith("/"):
        raise daemon_error(
            f"invalid volume specification: '{text}': invalid mount config for type \"bind\": "
            f"invalid mount path: '{parts[1]}' mount path must be absolute",
            125,
        )
    return parts[0], parts[1].rstrip("/") or "/", parts[2] if len(parts) > 2 else ""


def _mount(source, destination, mode, tree):
    writable = "ro" not in mode.split(",")
    if source.startswith("/"):
        source = source.rstrip("/") or "/"
        if not os.path.lexists(source):
            os.makedirs(source)
        return {
            "Type": "bind",
            "Source": source,
            "Destination": destination,
            "Mode": mode,
            "RW": writable,
            "Propagation": "rprivate",
        }
    is_new = not source or source not in names()
    name = create(source)
    if is_new:  # a new volume takes what the image has there
        inside = tree + destination
        if os.path.isdir(inside):
            shutil.copytree(inside, volume_path(name), symlinks=True, dirs_exist_ok=True)
    return {
        "Type": "volume",
        "Name": name,
        "Source": volume_path(name),
        "Destination": destination,
        "Driver": "local",
        "Mode": mode or "z" if source else mode,
        "RW": writable,
        "Propagation": "",
    }


def check_sources(container):
    """A folder that was bound and has gone since: -v makes it again, --mount does not."""
    for mount in container["Mounts"]:
        if mount["Type"] == "bind" and not os.path.lexists(mount["Source"]):
            os.makedirs(mount["Source"])


def normal(path):
    return os.path.normpath("/" + path.lstrip("/"))


def inside_path(container, path, tree):
    """Where a path of the container is on the host, mounts considered: (path, read-only)."""
    path = normal(path)
    best = None
    for mount in container["Mounts"]:
        target = mount["Destination"]
        if path == target or path.startswith(target.rstrip("/") + "/"):
            if best is None or len(target) > len(best["Destination"]):
                best = mount
    if best is None:
        return tree + path, False
    rest = path[len(best["Destination"]):].lstrip("/")
    return os.path.join(best["Source"], rest) if rest else best["Source"], not best["RW"]
