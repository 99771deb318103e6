"""The source tree of a release (cmake, make, make install), and the install/ it leaves.

Like the original: it builds only in a folder named src/gitee.com/kwbasedb, and installs into its own
install/ unless told otherwise. A build takes a moment, prints what it does and can fail (fault
source-build-fails).
"""
import gzip
import os
import shutil
import subprocess
import tarfile

from . import packages

CMAKE = """\
cmake_minimum_required(VERSION 3.16)
project(kwdb VERSION {base} LANGUAGES NONE)
if(NOT CMAKE_SOURCE_DIR MATCHES "/src/gitee[.]com/kwbasedb$")
  message(FATAL_ERROR "The repository has to be in .../src/gitee.com/kwbasedb, it is in ${{CMAKE_SOURCE_DIR}}")
endif()
if(CMAKE_INSTALL_PREFIX_INITIALIZED_TO_DEFAULT)
  set(CMAKE_INSTALL_PREFIX "${{CMAKE_SOURCE_DIR}}/install" CACHE PATH "" FORCE)
endif()
add_custom_target(kwdbts2 ALL COMMAND sh ${{CMAKE_SOURCE_DIR}}/qa/compile kwdbts2 ${{CMAKE_BINARY_DIR}})
add_custom_target(kwbase ALL COMMAND sh ${{CMAKE_SOURCE_DIR}}/qa/compile kwbase ${{CMAKE_BINARY_DIR}})
add_dependencies(kwbase kwdbts2)
install(PROGRAMS ${{CMAKE_BINARY_DIR}}/out/bin/kwbase DESTINATION bin)
install(FILES ${{CMAKE_BINARY_DIR}}/out/bin/pyvenv.cfg DESTINATION bin)
install(DIRECTORY ${{CMAKE_BINARY_DIR}}/out/lib/ DESTINATION lib)
"""
COMPILE = """\
#!/bin/sh
# compile TARGET BUILD : what takes an hour with the original
set -e
top=$(cd "$(dirname "$0")/.." && pwd)
if [ "$1" = kwbase ] && [ -e /etc/kwsim/fault/source-build-fails ]; then
  echo "kwbase/pkg/server/server.go:1464:2: undefined: checkStartMode" >&2
  exit 2
fi
mkdir -p "$2/out/bin" "$2/out/lib"
case $1 in
kwdbts2) cp "$top"/kwdbts2/*.so "$2/out/lib/" ;;
kwbase)
  cp -r "$top/kwbase/kwsim" "$2/out/lib/"
  /usr/bin/python3 -IS "$top/qa/link" "$2/out"
  ;;
esac
if [ -e /etc/kwsim/fault/source-build-slow ]; then sleep "$(cat /etc/kwsim/fault/source-build-slow)"; fi
"""
LINK = '''\
#!/usr/bin/python3 -IS
"""link FOLDER : makes FOLDER/bin/kwbase, which finds the modules in FOLDER/lib.

It has to be a program of its own: /proc/PID/exe must name it, as it names the original. So it is a copy of Python,
which imports the stand-in before it looks at its arguments.
"""
import os
import shutil
import sys

START = """import os
import sys

if os.path.basename(sys.orig_argv[0]).startswith("kwbase"):
    sys.dont_write_bytecode = True
    sys.path.insert(0, os.path.normpath(os.path.join(os.path.dirname(__file__), "../..")))
    sys.argv = list(sys.orig_argv)
    from kwsim.cli import main

    code = main(sys.argv[1:])
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code or 0)
"""
folder = os.path.abspath(sys.argv[1])
packages = os.path.join(folder, "lib", "python%d.%d" % sys.version_info[:2], "site-packages")
os.makedirs(packages, exist_ok=True)
os.makedirs(os.path.join(folder, "bin"), exist_ok=True)
shutil.copyfile(os.path.realpath("/usr/bin/python3"), os.path.join(folder, "bin/kwbase.new"))
os.chmod(os.path.join(folder, "bin/kwbase.new"), 0o755)
os.replace(os.path.join(folder, "bin/kwbase.new"), os.path.join(folder, "bin/kwbase"))
with open(os.path.join(packages, "kwbase_start.py"), "w") as f:
    f.write(START)
with open(os.path.join(packages, "kwbase.pth"), "w") as f:  # Debian has a sitecustomize of its own
    f.write("import kwbase_start\\n")
with open(os.path.join(folder, "bin/pyvenv.cfg"), "w") as f:
    f.write("home = /usr/bin\\n")
'''
README = "KWDB {version} (stand-in for tests)\n"


def _write(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    os.chmod(path, mode)


def _plain(info):
    info.uid = info.gid = 0
    info.uname = info.gname = "root"
    info.mtime = packages.EPOCH
    return info


def _pack(folder, name, path):
    with open(path, "wb") as raw, gzip.GzipFile("", "wb", 1, raw, packages.EPOCH) as zipped:
        with tarfile.open(fileobj=zipped, mode="w", format=tarfile.GNU_FORMAT) as tar:
            tar.add(folder, name, filter=_plain)
    return path


def build(args, work):
    """Path of kwdb-VERSION.tar.gz (top folder kwbasedb), or of kwdb-VERSION-install.tar.gz."""
    prefix = os.path.join(work, "root")
    packages.server_tree(prefix, args, args.version)
    packages.libcommon_tree(prefix, args.version)
    prefix = os.path.join(prefix, "usr/local/kaiwudb")
    if args.built:
        _write(os.path.join(work, "link"), LINK)
        subprocess.run(["/usr/bin/python3", "-IS", os.path.join(work, "link"), prefix], check=True)
        path = os.path.join(args.outdir, f"kwdb-{args.version}-install.tar.gz")
        return _pack(prefix, "install", path)
    top = os.path.join(work, "kwbasedb")
    base = args.version.split("-")[0]
    _write(os.path.join(top, "CMakeLists.txt"), CMAKE.format(base=base))
    _write(os.path.join(top, "qa/compile"), COMPILE, 0o755)
    _write(os.path.join(top, "qa/link"), LINK, 0o755)
    _write(os.path.join(top, "README.md"), README.format(version=args.version))
    os.makedirs(os.path.join(top, "kwbase"))
    os.makedirs(os.path.join(top, "kwdbts2"))
    shutil.move(os.path.join(prefix, "lib/kwsim"), os.path.join(top, "kwbase/kwsim"))
    for name in os.listdir(os.path.join(prefix, "lib")):
        shutil.move(os.path.join(prefix, "lib", name), os.path.join(top, "kwdbts2", name))
    return _pack(top, "kwbasedb", os.path.join(args.outdir, f"kwdb-{args.version}.tar.gz"))
