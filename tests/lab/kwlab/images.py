"""Images of the stand-in for the docker engine: Debian's python and shell, then /kaiwudb."""

import hashlib
import re
import shutil
import tarfile
from pathlib import Path

from kwlab import base, settings as s
from kwlab.shell import run

FOLDER = s.STATE / "images"
PROGRAM_PACKAGES = ("bash", "coreutils", "grep", "sed", "tar", "findutils", "procps", "mawk")
SKIPPED = re.compile(
    r"usr/lib/python3\.11/(test|idlelib|lib2to3|ensurepip|pydoc_data|unittest|tkinter|config-.*)(/|$)"
)
LINKS = {"bin": "usr/bin", "sbin": "usr/sbin", "lib": "usr/lib", "lib64": "usr/lib64"}


def runtime() -> Path:
    """The first layer of every image; the same file for the same root file system."""
    digest = hashlib.sha256(base.recipe().encode() + Path(__file__).read_bytes()).hexdigest()
    path = FOLDER / ("runtime-%s.tar" % digest[:16])
    if path.exists():
        return path
    base.build()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    partial = path.with_suffix(".part")
    writeLayer(s.BASE / "rootfs", partial)
    partial.rename(path)
    return path


def writeLayer(root: Path, path: Path):
    names = programs(root)
    names |= libraries(root, names)
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT) as tar:
        for folder in ("etc", "proc", "sys", "dev", "run", "root", "tmp", "var"):
            addFolder(tar, folder, 0o1777 if folder == "tmp" else 0o755)
        for link, target in LINKS.items():
            if (root / link).is_symlink():
                addLink(tar, link, target)
        for name in sorted(names | {"etc/passwd", "etc/group", "etc/nsswitch.conf"}):
            if (root / name).exists():
                tar.add(root / name, name, recursive=False, filter=owned)


def programs(root: Path):
    """Paths (without the leading slash) of the programs and of python's library."""
    listed = run("chroot", root, "dpkg", "-L", *PROGRAM_PACKAGES).stdout.split()
    wanted = {unmerged(root, name) for name in listed if re.match(r"/(usr/)?s?bin/.", name)}
    wanted |= {"usr/bin/sh", "usr/bin/dash", "usr/bin/awk", "etc/alternatives/awk"}
    wanted |= {"usr/bin/python3", "usr/bin/python3.11"}
    for found in (root / "usr/lib/python3.11").rglob("*"):
        name = str(found.relative_to(root))
        if not found.is_dir() and not SKIPPED.match(name):
            wanted.add(name)
    return {name for name in wanted if (root / name).is_symlink() or (root / name).is_file()}


def unmerged(root: Path, name: str) -> str:
    """/bin/cat is usr/bin/cat where /bin is a link."""
    first, _, rest = name.lstrip("/").partition("/")
    return "%s/%s" % (LINKS[first], rest) if (root / first).is_symlink() else name.lstrip("/")


def libraries(root: Path, names):
    """What the dynamic linker needs for them, found by the root file system's own ldd."""
    linked = [name for name in names if isElf(root / name)]
    text = run("chroot", root, "ldd", *("/" + name for name in linked), check=False).stdout
    found = set()
    for line in text.splitlines():
        library = re.search(r"(?:=> |^\s+)(/\S+) \(", line)
        path = unmerged(root, library[1]) if library else ""
        while path and path not in found:
            found.add(path)
            if (root / path).is_symlink():
                path = unmerged(root, str("/" / Path(path).parent / (root / path).readlink()))
    return found


def isElf(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with open(path, "rb") as file:
        return file.read(4) == b"\x7fELF"


def owned(info):
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    return info


def addFolder(tar, name, mode):
    info = tarfile.TarInfo(name)
    info.type, info.mode = tarfile.DIRTYPE, mode
    tar.addfile(info)


def addLink(tar, name, target):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = tarfile.SYMTYPE, target
    tar.addfile(info)
