"""Image archives in the form of `docker save`: real ones, that an engine loads and runs.

The first layer is a runtime (interpreter, shell, libraries) that the caller brings as a tar file;
without it the image can be loaded but not run. The second layer holds /kaiwudb.
"""
import hashlib
import io
import json
import os
import random
import tarfile

from . import packages

MACHINES = {"amd64": "amd64", "arm64": "arm64"}
ENVIRONMENT = [
    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "LD_LIBRARY_PATH=/kaiwudb/lib",
]


def _plain(info):
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    info.mtime = packages.EPOCH
    return info


def _add(tar, name, data, mode=0o644):
    info = _plain(tarfile.TarInfo(name))
    info.size, info.mode = len(data), mode
    tar.addfile(info, io.BytesIO(data))


def _add_folder(tar, name):
    info = _plain(tarfile.TarInfo(name))
    info.type, info.mode = tarfile.DIRTYPE, 0o755
    tar.addfile(info)


def _kaiwudb_layer(kwbase, version, megabytes):
    """/kaiwudb as in the vendor's image: bin, lib, and the place where the data goes."""
    layer = io.BytesIO()
    with tarfile.open(fileobj=layer, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for name in ("", "/bin", "/lib", "/lib/kwsim", "/deploy", "/certs"):
            _add_folder(tar, "kaiwudb" + name)
        with open(os.path.join(kwbase, "kwbase"), "rb") as f:
            _add(tar, "kaiwudb/bin/kwbase", f.read(), 0o755)
        modules = os.path.join(kwbase, "kwsim")
        for name in sorted(os.listdir(modules)):
            if name.endswith(".py"):
                with open(os.path.join(modules, name), "rb") as f:
                    _add(tar, "kaiwudb/lib/kwsim/" + name, f.read())
        _add(tar, "kaiwudb/lib/kwsim/VERSION", f"V{version}\n".encode())
        payload = random.Random("image" + version).randbytes(int(megabytes * 1048576))
        _add(tar, "kaiwudb/lib/libkwdbts2.so", b"\x7fELF" + payload, 0o755)
    return layer.getvalue()


def _config(version, arch, digests):
    created = "2025-06-06T00:00:00Z"
    return {
        "architecture": MACHINES.get(arch, arch),
        "os": "linux",
        "created": created,
        "config": {"Env": ENVIRONMENT, "Cmd": ["/bin/bash"], "WorkingDir": "/kaiwudb/bin"},
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + d for d in digests]},
        "history": [{"created": created, "created_by": "KWDB " + version} for _ in digests],
    }


def save(path, version, tags, kwbase, runtime=None, megabytes=2, arch="amd64"):
    """Writes the archive. No tags: loading it prints "Loaded image ID: sha256:…"."""
    layers = []
    if runtime:
        with open(runtime, "rb") as f:
            layers.append(f.read())
    layers.append(_kaiwudb_layer(kwbase, version, megabytes))
    digests = [hashlib.sha256(layer).hexdigest() for layer in layers]
    config = json.dumps(_config(version, arch, digests)).encode()
    name = hashlib.sha256(config).hexdigest() + ".json"
    paths = [digest + "/layer.tar" for digest in digests]
    manifest = [{"Config": name, "RepoTags": list(tags) or None, "Layers": paths}]
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT) as tar:
        for layer, member in zip(layers, paths):
            _add_folder(tar, os.path.dirname(member))
            _add(tar, member, layer)
        _add(tar, name, config)
        _add(tar, "manifest.json", json.dumps(manifest).encode())
