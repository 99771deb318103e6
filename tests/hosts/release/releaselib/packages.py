"""The two Debian packages of a release."""
import os
import random
import shutil
import subprocess

EPOCH = 1749168000  # every file is as old as the release: archives come out the same each time

SERVER_POSTINST = """#!/bin/sh
set -e
ln -sf /usr/local/kaiwudb/bin/kwbase /usr/bin/kwbase
"""
SERVER_PRERM = """#!/bin/sh
rm -f /usr/bin/kwbase
exit 0
"""
LIBCOMMON_POSTINST = """#!/bin/sh
set -e
mkdir -p /etc/ld.so.conf.d
echo /usr/local/kaiwudb/lib > /etc/ld.so.conf.d/kaiwudb.conf
ldconfig 2>/dev/null || true
"""
LIBCOMMON_PRERM = """#!/bin/sh
rm -f /etc/ld.so.conf.d/kaiwudb.conf
exit 0
"""


def native_arch():
    try:
        out = subprocess.run(
            ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
        )
        return out.stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "amd64"


def _write(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    os.chmod(path, mode)


def _payload(path, seed, megabytes):
    """Incompressible bytes, the same for the same seed."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(b"\x7fELF" + random.Random(seed).randbytes(int(megabytes * 1048576)))
    os.chmod(path, 0o755)


def _control(root, package, version, arch, depends, scripts):
    text = (
        f"Package: {package}\nVersion: {version}\nArchitecture: {arch}\n"
        f"Maintainer: KaiwuDB stand-in <nobody@localhost>\n{depends}"
        "Section: database\nPriority: optional\n"
        f"Description: {package.replace('-', ' ')} (stand-in for tests)\n"
    )
    _write(os.path.join(root, "DEBIAN", "control"), text)
    for name, body in scripts.items():
        _write(os.path.join(root, "DEBIAN", name), body, 0o755)


def _age(root):
    for folder, folders, files in os.walk(root):
        for name in folders + files:
            os.utime(os.path.join(folder, name), (EPOCH, EPOCH), follow_symlinks=False)
        os.chmod(folder, 0o755)
    os.utime(root, (EPOCH, EPOCH))


def _deb(root, path):
    _age(root)
    env = dict(os.environ, SOURCE_DATE_EPOCH=str(EPOCH))
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "-b", root, path],
        check=True,
        stdout=subprocess.DEVNULL,
        env=env,
    )
    shutil.rmtree(root)


def server_tree(root, args, version):
    prefix = os.path.join(root, "usr/local/kaiwudb")
    os.makedirs(os.path.join(prefix, "bin"))
    shutil.copyfile(os.path.join(args.kwbase, "kwbase"), os.path.join(prefix, "bin/kwbase"))
    os.chmod(os.path.join(prefix, "bin/kwbase"), 0o755)
    target = os.path.join(prefix, "lib/kwsim")
    shutil.copytree(
        os.path.join(args.kwbase, "kwsim"),
        target,
        ignore=shutil.ignore_patterns("__pycache__", "*.pyc", "VERSION", "README.md"),
    )
    for name in os.listdir(target):
        os.chmod(
            os.path.join(target, name),
            0o755 if os.path.isdir(os.path.join(target, name)) else 0o644,
        )
    _write(os.path.join(target, "VERSION"), f"V{version}\n")
    _payload(os.path.join(prefix, "lib/libkwdbts2.so"), "server" + version, args.payload_mb)


def _server(args, folder, version):
    root = os.path.join(folder, ".server")
    server_tree(root, args, version)
    depends = f"Depends: kaiwudb-libcommon (= {version}), squashfs-tools\n"
    _control(
        root,
        "kaiwudb-server",
        version,
        args.arch,
        depends,
        {"postinst": SERVER_POSTINST, "prerm": SERVER_PRERM},
    )
    _deb(root, os.path.join(folder, f"kaiwudb-server_{version}_{args.arch}.deb"))


def libcommon_tree(root, version):
    _payload(os.path.join(root, "usr/local/kaiwudb/lib/libcommon.so"), "common" + version, 0.014)


def debs(args, folder, with_libcommon=True):
    version = args.version.split("-")[0]
    _server(args, folder, version)
    if not with_libcommon:
        return
    root = os.path.join(folder, ".libcommon")
    libcommon_tree(root, version)
    _control(
        root,
        "kaiwudb-libcommon",
        version,
        args.arch,
        "",
        {"postinst": LIBCOMMON_POSTINST, "prerm": LIBCOMMON_PRERM},
    )
    _deb(root, os.path.join(folder, f"kaiwudb-libcommon_{version}_{args.arch}.deb"))


def second_server(args, folder):
    _server(args, folder, "2.1.0")
