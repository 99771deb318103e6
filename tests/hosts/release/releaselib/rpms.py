"""The two RPM packages of a release; needs rpmbuild (Debian package rpm)."""
import os
import shutil
import subprocess

from . import packages

MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}
SPEC = """\
Name: {name}
Version: {version}
Release: 1
Summary: {name} (stand-in for tests)
License: none
AutoReqProv: no
{requires}
%description
Stand-in for tests.
%install
cp -a {tree}/. %{{buildroot}}/
{scripts}
%files
/usr/local/kaiwudb
"""
SERVER_SCRIPTS = """\
%post
ln -sf /usr/local/kaiwudb/bin/kwbase /usr/bin/kwbase
%preun
[ "$1" != 0 ] || rm -f /usr/bin/kwbase
"""
LIBCOMMON_SCRIPTS = """\
%post
mkdir -p /etc/ld.so.conf.d
echo /usr/local/kaiwudb/lib > /etc/ld.so.conf.d/kaiwudb.conf
ldconfig 2>/dev/null || :
%preun
[ "$1" != 0 ] || rm -f /etc/ld.so.conf.d/kaiwudb.conf
"""


def pack(work, spec, folder, arch):
    """One package from the text of its spec; returns nothing, leaves NAME-VERSION-1.ARCH.rpm."""
    path = os.path.join(work, "package.spec")
    with open(path, "w", encoding="ascii") as f:
        f.write(spec)
    definitions = (
        f"_topdir {work}",
        f"_rpmdir {folder}",
        "_rpmfilename %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm",
        "_build_id_links none",
        "_buildhost localhost",
        "_binary_payload w1.gzdio",
        "__os_install_post %{nil}",
        "use_source_date_epoch_as_buildtime 1",
    )
    argv = ["rpmbuild", "-bb", "--quiet", "--target", MACHINES.get(arch, arch)]
    for definition in definitions:
        argv += ["--define", definition]
    environment = dict(os.environ, SOURCE_DATE_EPOCH=str(packages.EPOCH), HOME=work)
    done = subprocess.run([*argv, path], env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit("rpmbuild: " + done.stderr.strip())


def build(args, folder):
    version = args.version.split("-")[0]
    work = os.path.join(folder, ".rpm")
    tree = os.path.join(work, "server")
    packages.server_tree(tree, args, version)
    requires = f"Requires: kaiwudb-libcommon = {version}, squashfs-tools"
    write(args, folder, work, "kaiwudb-server", version, requires, tree, SERVER_SCRIPTS)
    tree = os.path.join(work, "libcommon")
    packages.libcommon_tree(tree, version)
    write(args, folder, work, "kaiwudb-libcommon", version, "", tree, LIBCOMMON_SCRIPTS)
    shutil.rmtree(work)


def write(args, folder, work, name, version, requires, tree, scripts):
    spec = SPEC.format(name=name, version=version, requires=requires, tree=tree, scripts=scripts)
    pack(work, spec, folder, args.arch)
