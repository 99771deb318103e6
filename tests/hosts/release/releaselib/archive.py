"""The release archive around the packages, and the ways in which one can be broken."""
import gzip
import io
import os
import shutil
import struct
import tarfile

from . import packages

BOMB_BYTES = 100 * 1000**3


def name(version, arch, kind="debs"):
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(arch, arch)
    system = "openEuler22.03" if kind == "rpms" else "debian12"
    return f"KWDB-{version}-{system}-{machine}-{kind}.tar.gz"


def lay_out_scripts(source, top, noop):
    shutil.copytree(source, top, ignore=shutil.ignore_patterns("__pycache__", "README.md"))
    for folder, _, files in os.walk(top):
        os.chmod(folder, 0o755)
        for f in files:
            os.chmod(
                os.path.join(folder, f), 0o755 if folder == top and f.endswith(".sh") else 0o644
            )
    if noop:
        with open(os.path.join(top, "deploy.sh"), "w", encoding="ascii") as f:
            f.write("#!/bin/bash\nexit 0\n")


def write_version(version, folder):
    """Line 1 is the base version, line 2 (when there is one) the extension."""
    with open(os.path.join(folder, ".version"), "w", encoding="ascii") as f:
        f.write("\n".join(version.split("-", 1)) + "\n")


def _plain(info):
    info.uid = info.gid = 0
    info.uname = info.gname = "root"
    info.mtime = packages.EPOCH
    return info


def _add_text(tar, path, text):
    info = _plain(tarfile.TarInfo(path))
    info.size = len(text)
    tar.addfile(info, io.BytesIO(text))


def _traversal(tar):
    _add_text(tar, "kwdb_install/../../kwup-escaped-relative", b"escaped\n")
    _add_text(tar, "../kwup-escaped-up", b"escaped\n")
    _add_text(tar, "/tmp/kwup-escaped-absolute", b"escaped\n")
    link = _plain(tarfile.TarInfo("kwdb_install/link"))
    link.type, link.linkname = tarfile.SYMTYPE, "../../.."
    tar.addfile(link)
    _add_text(tar, "kwdb_install/link/kwup-escaped-through-link", b"escaped\n")


def _bomb(tar):
    """A sparse entry (old GNU form): a header of 512 bytes that unpacks to 100 GB of zeros."""
    info = _plain(tarfile.TarInfo("kwdb_install/packages/libkwdbts2.so"))
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[156:157] = b"S"
    header[386:398] = _base256(BOMB_BYTES)  # first map entry: offset …
    header[398:410] = b"%011o\0" % 0  # … and length: no data at all
    header[482] = 0  # no further map blocks
    header[483:495] = _base256(BOMB_BYTES)  # real size
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    tar.fileobj.write(bytes(header))
    tar.offset += len(header)


def _base256(number):
    return b"\x80" + b"\0" * 3 + struct.pack(">Q", number)


def pack(top, path, broken):
    with open(path, "wb") as raw, gzip.GzipFile("", "wb", 1, raw, packages.EPOCH) as zipped:
        with tarfile.open(fileobj=zipped, mode="w", format=tarfile.GNU_FORMAT) as tar:
            tar.add(top, "kwdb_install", filter=_plain)
            if broken == "traversal":
                _traversal(tar)
            elif broken == "bomb":
                _bomb(tar)
    if broken == "truncated":
        os.truncate(path, os.path.getsize(path) * 6 // 10)
