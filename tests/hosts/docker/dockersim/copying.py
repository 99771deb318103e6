"""`docker cp` in both directions, through the mounts of the container, running or not."""
import os
import shutil
import sys
import tarfile

from . import containers, volumes
from .state import DockerError, daemon_error


def _is_remote(word):
    head, colon, _ = word.partition(":")
    return bool(colon) and "/" not in head and head not in ("", ".", "..")


def cp(options, arguments):
    if len(arguments) != 2:
        raise DockerError('"docker cp" requires exactly 2 arguments.\nSee \'docker cp --help\'.')
    source, target = arguments
    if _is_remote(source) == _is_remote(target):
        both = _is_remote(source)
        raise DockerError(
            "copying between containers is not supported"
            if both
            else "must specify at least one container source"
        )
    if _is_remote(source):
        _out(source, target, options)
    else:
        _in(source, target, options)


def _located(word):
    name, _, path = word.partition(":")
    container = containers.find(name)
    where, read_only = volumes.inside_path(container, path, containers.rootfs(container["Id"]))
    return container, path, where, read_only


def _out(source, target, options):
    container, path, where, _ = _located(source)
    if not os.path.lexists(where):
        raise daemon_error(f"Could not find the file {path} in container {source.partition(':')[0]}")
    if target == "-":
        with tarfile.open(fileobj=sys.stdout.buffer, mode="w|") as tar:
            _add_tree(tar, container, path, where)
        return
    content_only = path.endswith("/.")
    _copy_tree(container, path.removesuffix("/."), where, target, content_only, options)


def _parts_below(container, path):
    """Mounts inside the copied folder: what they show is copied too."""
    base = volumes.normal(path)
    return [m for m in container["Mounts"] if m["Destination"].startswith(base.rstrip("/") + "/")]


def _add_tree(tar, container, path, where):
    name = os.path.basename(volumes.normal(path)) or "/"
    name = "." if path.endswith("/.") else name
    tar.add(where, name)
    for mount in _parts_below(container, path):
        rest = os.path.relpath(mount["Destination"], volumes.normal(path))
        tar.add(mount["Source"], os.path.join(name, rest))


def _copy_tree(container, path, where, target, content_only, options):
    if os.path.isdir(where) and os.path.isfile(target):
        raise DockerError(f"cannot copy directory \"{path}\" to file \"{target}\"")
    if not os.path.isdir(os.path.dirname(os.path.abspath(target))):
        raise DockerError(
            f'invalid output path: directory "{os.path.dirname(os.path.abspath(target))}" does not '
            "exist"
        )
    final = target
    if os.path.isdir(target) and not content_only:
        final = os.path.join(target, os.path.basename(volumes.normal(path)))
    _copy(where, final)
    for mount in _parts_below(container, path):
        rest = os.path.relpath(mount["Destination"], volumes.normal(path))
        _copy(mount["Source"], os.path.join(final, rest))


def _copy(source, target):
    try:
        if os.path.isdir(source) and not os.path.islink(source):
            shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True,
                            ignore=_no_sockets)
        else:
            shutil.copy2(source, target, follow_symlinks=False)
    except OSError as e:
        raise DockerError(f"{e.filename or target}: {(e.strerror or str(e)).lower()}") from e


def _no_sockets(folder, names):
    import stat

    def special(name):
        mode = os.lstat(os.path.join(folder, name)).st_mode
        return stat.S_ISSOCK(mode) or stat.S_ISFIFO(mode)

    return [n for n in names if special(n)]


def _in(source, target, options):
    container, path, where, read_only = _located(target)
    if read_only:
        raise daemon_error("container rootfs is marked read-only")
    if source == "-":
        with tarfile.open(fileobj=sys.stdin.buffer, mode="r|") as tar:
            tar.extractall(where)
        return
    if not os.path.lexists(source):
        raise DockerError(f"lstat {source}: no such file or directory")
    content_only = source.endswith("/.")
    if not os.path.isdir(os.path.dirname(where.rstrip("/"))):
        raise daemon_error(
            f"Could not find the file {os.path.dirname(path)} in container "
            f"{target.partition(':')[0]}"
        )
    final = where
    if os.path.isdir(where) and not content_only:
        final = os.path.join(where, os.path.basename(os.path.normpath(source)))
    _copy(source, final)
