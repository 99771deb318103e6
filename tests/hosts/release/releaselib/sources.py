"""The source tree of a release (cmake, make, make install), and the install/ it leaves.

Like the original: it builds only in a folder named src/gitee.com/kwbasedb, and installs into its own
install/ unless told otherwise. A build takes a moment, prints what it does and can fail (fault
source-build-fails).
"""
import gzip
import os
import shutil
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
  cp "$top/kwbase/kwbase" "$2/out/bin/kwbase"
  cp -r "$top/kwbase/kwsim" "$2/out/lib/"
  ;;
esac
if [ -e /etc/kwsim/fault/source-build-slow ]; then sleep "$(cat /etc/kwsim/fault/source-build-slow)"; fi
"""
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
        path = os.path.join(args.outdir, f"kwdb-{args.version}-install.tar.gz")
        return _pack(prefix, "install", path)
    top = os.path.join(work, "kwbasedb")
    base = args.version.split("-")[0]
    _write(os.path.join(top, "CMakeLists.txt"), CMAKE.format(base=base))
    _write(os.path.join(top, "qa/compile"), COMPILE, 0o755)
    _write(os.path.join(top, "README.md"), README.format(version=args.version))
    os.makedirs(os.path.join(top, "kwbase"))
    os.makedirs(os.path.join(top, "kwdbts2"))
    shutil.move(os.path.join(prefix, "bin/kwbase"), os.path.join(top, "kwbase/kwbase"))
    shutil.move(os.path.join(prefix, "lib/kwsim"), os.path.join(top, "kwbase/kwsim"))
    for name in os.listdir(os.path.join(prefix, "lib")):
        shutil.move(os.path.join(prefix, "lib", name), os.path.join(top, "kwdbts2", name))
    return _pack(top, "kwbasedb", os.path.join(args.outdir, f"kwdb-{args.version}.tar.gz"))
