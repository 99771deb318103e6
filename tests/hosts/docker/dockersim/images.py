"""Images: archives of `docker save`, tags, removal. An image is a folder named after its id."""
import hashlib
import io
import json
import os
import shutil
import tarfile

from . import state
from .state import DockerError, daemon_error, locked


def split(name):
    """repository, tag of a reference (tag '' when none is given)."""
    head, colon, tag = name.rpartition(":")
    return (head, tag) if colon and "/" not in tag else (name, "")


def full(name):
    repository, tag = split(name)
    return f"{repository}:{tag or 'latest'}"


def valid(name):
    import re

    part = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
    return re.fullmatch(rf"(?:[\w.-]+(?::\d+)?/)?{part}(?:/{part})*(?::[\w][\w.-]{{0,127}})?", name)


def tags():
    """{name:tag: image id without sha256:}"""
    return state.read("image", "repositories.json", default={})


def _write_tags(names):
    state.write(names, "image", "repositories.json")


def all_ids():
    folder = state.path("image")
    names = os.listdir(folder) if os.path.isdir(folder) else []
    found = [n for n in names if os.path.exists(state.path("image", n, "config.json"))]
    return sorted(found, key=lambda n: read(n).get("created", ""), reverse=True)


def read(identity):
    return state.read("image", identity, "config.json")


def rootfs(identity):
    return state.path("image", identity, "rootfs")


def find(name):
    """The id of the image called so (tag, id, part of an id), or None."""
    known = tags()
    if name.startswith("sha256:"):
        name = name[7:]
    elif full(name) in known:
        return known[full(name)]
    if len(name) >= 4 and all(c in "0123456789abcdef" for c in name):
        found = [i for i in all_ids() if i.startswith(name)]
        return found[0] if len(found) == 1 else None
    return None


def names_of(identity):
    return sorted(n for n, i in tags().items() if i == identity)


# --- load, save
def load(stream, quiet=False):
    """Reads an archive; yields what `docker load` says, line by line."""
    enospc = state.fault("docker-load-enospc")
    try:
        with tarfile.open(fileobj=io.BytesIO(stream.read())) as archive:
            manifest = _json_member(archive, "manifest.json")
            if enospc is not None:
                raise DockerError(
                    "Error processing tar file(exit status 1): write /kaiwudb/lib/libkwdbts2.so: "
                    "no space left on device"
                )
            for entry in manifest:
                yield from _load_one(archive, entry)
    except (tarfile.TarError, EOFError) as e:
        raise DockerError("Error processing tar file(exit status 1): unexpected EOF") from e
    except KeyError as e:
        raise DockerError(
            "open /var/lib/docker/tmp/docker-import-3245/" + str(e).split("'")[1]
            + ": no such file or directory"
        ) from e


def _json_member(archive, name):
    with archive.extractfile(archive.getmember(name)) as f:
        return json.load(f)


def _load_one(archive, entry):
    with archive.extractfile(archive.getmember(entry["Config"])) as f:
        raw = f.read()
    identity = hashlib.sha256(raw).hexdigest()
    with locked():
        target = state.path("image", identity)
        if not os.path.exists(os.path.join(target, "config.json")):
            shutil.rmtree(target, ignore_errors=True)
            os.makedirs(os.path.join(target, "rootfs"))
            for name in entry["Layers"]:
                with archive.extractfile(archive.getmember(name)) as layer:
                    _unpack(layer, os.path.join(target, "rootfs"))
            config = json.loads(raw)
            state.write(config, "image", identity, "config.json")
            with open(os.path.join(target, "raw.json"), "wb") as f:
                f.write(raw)
        known = tags()
        for name in entry.get("RepoTags") or []:
            old = known.get(full(name))
            if old and old != identity:
                yield (
                    f"The image {full(name)} already exists, renaming the old one with ID "
                    f"sha256:{old} to empty string"
                )
            known[full(name)] = identity
        _write_tags(known)
    if not entry.get("RepoTags"):
        yield f"Loaded image ID: sha256:{identity}"
    for name in entry.get("RepoTags") or []:
        yield f"Loaded image: {full(name)}"


def _unpack(layer, folder):
    with tarfile.open(fileobj=layer) as tar:
        for member in tar:
            base = os.path.basename(member.name)
            if base.startswith(".wh."):
                gone = os.path.join(folder, os.path.dirname(member.name), base[4:])
                shutil.rmtree(gone, ignore_errors=True) if os.path.isdir(gone) else os.unlink(gone)
                continue
            member.uid = member.gid = 0
            member.uname = member.gname = ""
            if member.isdev():
                continue
            tar.extract(member, folder)


def save(names, stream):
    """`docker save`: one layer per image, which holds the whole tree."""
    entries = {}
    for name in names:
        identity = find(name)
        if identity is None:
            raise daemon_error(f"reference does not exist: {name}")
        # By tag: that tag alone; by id: an image without tags.
        entries.setdefault(identity, []).extend([full(name)] if full(name) in tags() else [])
    with tarfile.open(fileobj=stream, mode="w|") as archive:
        manifest = []
        for identity, repo_tags in entries.items():
            layer = io.BytesIO()
            with tarfile.open(fileobj=layer, mode="w") as tar:
                for name in sorted(os.listdir(rootfs(identity))):
                    tar.add(os.path.join(rootfs(identity), name), name)
            with open(state.path("image", identity, "raw.json"), "rb") as f:
                _add(archive, identity + ".json", f.read())
            _add(archive, identity + "/layer.tar", layer.getvalue())
            manifest.append(
                {
                    "Config": identity + ".json",
                    "RepoTags": repo_tags or None,
                    "Layers": [identity + "/layer.tar"],
                }
            )
        _add(archive, "manifest.json", json.dumps(manifest).encode())


def _add(archive, name, data):
    info = tarfile.TarInfo(name)
    info.size = len(data)
    archive.addfile(info, io.BytesIO(data))


def pull(name):
    """From the folder /etc/kwsim/registry, which holds archives of `docker save`. Yields lines."""
    registry = os.path.join(state.KWSIM, "registry")
    repository = split(name)[0]
    is_known = False
    if state.fault("registry-unreachable") is not None:
        raise daemon_error(
            'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: '
            "Temporary failure in name resolution"
        )
    for file in sorted(os.listdir(registry)) if os.path.isdir(registry) else []:
        with open(os.path.join(registry, file), "rb") as stream:
            with tarfile.open(fileobj=stream) as archive:
                offered = [t for e in _json_member(archive, "manifest.json") for t in e["RepoTags"]]
            is_known = is_known or any(split(o)[0] == repository for o in offered)
            if full(name) not in offered:
                continue
            had = tags().get(full(name))
            stream.seek(0)
            yield f"{split(full(name))[1]}: Pulling from {repository}"
            for _ in load(stream):
                pass
            identity = tags()[full(name)]
            yield f"{identity[:12]}: Pull complete"
            yield f"Digest: sha256:{hashlib.sha256(identity.encode()).hexdigest()}"
            newer = "Image is up to date" if had == identity else "Downloaded newer image"
            yield f"Status: {newer} for {full(name)}"
            yield f"docker.io/{full(name)}"
            return
    if is_known:
        raise daemon_error(
            f"manifest for {full(name)} not found: manifest unknown: manifest unknown"
        )
    raise daemon_error(
        f"pull access denied for {repository}, repository does not exist or may require "
        "'docker login': denied: requested access to the resource is denied"
    )


# --- names and removal
def tag(source, name):
    if not valid(name):
        raise DockerError(f"Error parsing reference: \"{name}\" is not a valid repository/tag: "
                          "invalid reference format")
    with locked():
        identity = find(source)
        if identity is None:
            raise daemon_error(f"No such image: {full(source)}")
        known = tags()
        known[full(name)] = identity
        _write_tags(known)


def remove(name, users, force=False):
    """Lines of `docker rmi`. `users` are (container id, running) by image id."""
    with locked():
        identity = find(name)
        if identity is None:
            raise daemon_error(f"No such image: {full(name)}")
        known = tags()
        by_tag = full(name) in known
        mine = names_of(identity)
        in_use = users(identity)
        if len(mine) > 1 and not by_tag and not force:
            raise daemon_error(
                f"conflict: unable to delete {identity[:12]} (must be forced) - image is "
                "referenced in multiple repositories"
            )
        if len(mine) <= 1 and in_use:
            running = [c for c, is_running in in_use if is_running]
            if by_tag and not force:
                raise daemon_error(
                    f'conflict: unable to remove repository reference "{full(name)}" (must be '
                    f"forced) - container {in_use[0][0][:12]} is using its referenced image "
                    f"{identity[:12]}"
                )
            if not by_tag and (running or not force):
                how, which = ("running", running[0]) if running else ("stopped", in_use[0][0])
                raise daemon_error(
                    f"conflict: unable to delete {identity[:12]} "
                    f"({'cannot be forced' if running else 'must be forced'}) - image is being "
                    f"used by {how} container {which[:12]}"
                )
        lines = []
        for one in [full(name)] if by_tag else mine:
            del known[one]
            lines.append(f"Untagged: {one}")
        _write_tags(known)
        if not names_of(identity) and not in_use:
            shutil.rmtree(state.path("image", identity), ignore_errors=True)
            lines.append(f"Deleted: sha256:{identity}")
        return lines


def inspect(identity):
    config = read(identity)
    return {
        "Id": "sha256:" + identity,
        "RepoTags": names_of(identity),
        "RepoDigests": [],
        "Parent": "",
        "Comment": "",
        "Created": config.get("created", state.NEVER),
        "Container": "",
        "DockerVersion": "",
        "Author": "",
        "Config": dict(_EMPTY_CONFIG, **config.get("config", {})),
        "Architecture": config.get("architecture", "amd64"),
        "Os": config.get("os", "linux"),
        "Size": size(identity),
        "VirtualSize": size(identity),
        "GraphDriver": {"Data": {}, "Name": "overlay2"},
        "RootFS": {"Type": "layers", "Layers": config.get("rootfs", {}).get("diff_ids", [])},
        "Metadata": {"LastTagTime": state.NEVER},
    }


_EMPTY_CONFIG = {
    "Hostname": "",
    "Domainname": "",
    "User": "",
    "AttachStdin": False,
    "AttachStdout": False,
    "AttachStderr": False,
    "Tty": False,
    "OpenStdin": False,
    "StdinOnce": False,
    "Env": None,
    "Cmd": None,
    "Image": "",
    "Volumes": None,
    "WorkingDir": "",
    "Entrypoint": None,
    "OnBuild": None,
    "Labels": None,
}


def size(identity):
    total = 0
    for folder, _, files in os.walk(rootfs(identity)):
        total += sum(os.lstat(os.path.join(folder, f)).st_size for f in files)
    return total
