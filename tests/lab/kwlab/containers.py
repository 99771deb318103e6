"""KWDB in containers that no deploy script made: docker-compose and docker run, as in the guide."""

import shutil
from pathlib import Path

from kwlab import images, network, stock
from kwlab.host import Host

DATA = "/var/lib/kaiwudb"
CERTS = "/etc/kaiwudb/certs"
PROJECT_DIR = "/opt/kwdb"
COMPOSE_NAME = "kaiwudb-experience"  # the vendor's example
RUN_NAME = "kwdb"
OTHER_IMAGE = "monitoring/exporter:1.0"

COMPOSE = """\
version: '3.3'
services:
  # the database
  kaiwudb-container:
    image: {image}
    container_name: kaiwudb-experience
    hostname: kaiwudb-experience
    ports:
      - 8080:8080
      - 26257:26257
    ulimits:
      memlock: -1
    volumes:
      - /dev:/dev
{volumes}    networks:
      - default
    restart: on-failure
    ipc: shareable
    privileged: true
    environment:
      - LD_LIBRARY_PATH=/kaiwudb/lib
    tty: true
    working_dir: /kaiwudb/bin
    command:
      - /bin/bash
      - -c
      - |
        /kaiwudb/bin/kwbase {words}
"""
OTHER_SERVICE = """\
  exporter:
    image: monitoring/exporter:1.0   # not KWDB's
    container_name: exporter
    restart: always
    command: ["/bin/sleep", "infinity"]
"""


# Debian 12 has no package of compose v2. This plugin of the docker program hands "docker compose …" to v1,
# whose program is out of reach of PATH.
PLUGIN = "usr/libexec/docker/cli-plugins/docker-compose"
PLUGIN_SCRIPT = """\
#!/bin/sh
if [ "$1" = docker-cli-plugin-metadata ]; then
  echo '{"SchemaVersion":"0.1.0","Vendor":"Docker Inc.","Version":"v2.24.5","ShortDescription":"Docker Compose"}'
  exit
fi
[ "$1" != compose ] || shift
case $1 in version) echo "Docker Compose version v2.24.5"; exit ;; esac
exec /usr/libexec/docker/compose-v1 "$@"
"""


def image(version: str) -> str:
    return "kwdb/kwdb:" + version


def startDocker(member: Host):
    network.shareAddress(member.index)
    member.exec("systemctl", "enable", "-q", "--now", "docker.service")


def load(member: Host, archive: Path):
    with open(archive, "rb") as file:
        member.exec("docker", "load", "-q", stdin=file)


def copyCertificates(member: Host, certificates: Path, folder: str = CERTS):
    target = member.root / folder[1:]
    shutil.copytree(certificates, target)
    for key in target.glob("*.key"):
        key.chmod(0o700)


def startWords(member: Host, material, store: str, secure: bool):
    """The words after "kwbase", in the guide's order."""
    words = [
        "--certs-dir=/kaiwudb/certs" if secure else "--insecure",
        "--listen-addr=0.0.0.0:26257",
    ]
    words += ["--http-addr=0.0.0.0:8080", "--store=" + store]
    if material.setup.topology == "single":
        return ["start-single-node", *words]
    verb = "start" if material.setup.topology == "multi" else "start-single-replica"
    words.insert(2, "--advertise-addr=%s:26257" % member.address)
    return [verb, *words, "--join=%s:26257" % material.members[0].address]


def cli(name: str, secure: bool):
    """The program inside the container, without its subcommand, and the options it needs."""
    security = "--certs-dir=/kaiwudb/certs" if secure else "--insecure"
    return {"cli": ["docker", "exec", name, "./kwbase"], "cliOptions": [security]}


def deployCompose(member: Host, material, variant: str):
    """variant: "" (data on a bind mount), no-volume, services (another one beside), env, plugin."""
    startDocker(member)
    if variant == "plugin":
        onlyPlugin(member)
    load(member, material.stock.path("image", material.setup.versionOf(member)))
    store = "/kaiwudb/deploy/kaiwudb"
    mounted = variant != "no-volume"
    name = image(material.setup.versionOf(member))
    text = COMPOSE.format(
        image="${KWDB_IMAGE}" if variant == "env" else '"%s"' % name,
        volumes="      - %s:%s\n" % (DATA, store) if mounted else "",
        words=" ".join(startWords(member, material, store, False)),
    )
    folder = member.root / PROJECT_DIR[1:]
    folder.mkdir(parents=True)
    if variant == "env":
        (folder / ".env").write_text("# used by docker-compose.yml\nKWDB_IMAGE=%s\n" % name)
    if variant == "services":
        member.exec("docker", "import", "-", OTHER_IMAGE, stdin=open(images.runtime(), "rb"))
        text += OTHER_SERVICE
    (folder / "docker-compose.yml").write_text(text)
    command = ["docker", "compose"] if variant == "plugin" else ["docker-compose"]
    member.exec("sh", "-c", 'cd %s && exec "$@"' % PROJECT_DIR, "sh", *command, "up", "-d")
    member.saveRecord(
        compose=" ".join(command),
        deployment="compose",
        container=COMPOSE_NAME,
        image=name,
        composeFile=PROJECT_DIR + "/docker-compose.yml",
        store=store,
        dataRoot=DATA if mounted else None,
        **cli(COMPOSE_NAME, False),
    )


def onlyPlugin(member: Host):
    plugin = member.root / PLUGIN
    plugin.parent.mkdir(parents=True, exist_ok=True)
    (member.root / "usr/bin/docker-compose").rename(plugin.parent.parent / "compose-v1")
    plugin.write_text(PLUGIN_SCRIPT)
    plugin.chmod(0o755)


def deployRun(member: Host, material, variant: str):
    """variant: "", secure, rm (--rm), anonymous (the data on an anonymous volume)."""
    startDocker(member)
    load(member, material.stock.path("image", material.setup.versionOf(member)))
    secure = variant == "secure"
    if secure:
        copyCertificates(member, stock.makeCertificates())
    store = "/kaiwudb/deploy/kaiwudb-container"
    argv = runCommand(member, material, store, variant)
    member.exec(*argv)
    member.saveRecord(
        deployment="docker-run",
        container=RUN_NAME,
        image=image(material.setup.versionOf(member)),
        runCommand=argv,
        store=store,
        dataRoot=None if variant == "anonymous" else DATA,
        **cli(RUN_NAME, secure),
    )


def runCommand(member: Host, material, store: str, variant: str):
    """The guide's line, with a restart policy (which --rm excludes)."""
    volume = store if variant == "anonymous" else "%s:%s" % (DATA, store)
    argv = ["docker", "run", "-d", "--privileged", "--name", RUN_NAME]
    argv += ["--rm"] if variant == "rm" else ["--restart", "on-failure:3"]
    argv += ["--ulimit", "memlock=-1", "--ulimit", "nofile=1048576"]
    argv += ["-p", "26257:26257", "-p", "8080:8080"]
    argv += ["-v", CERTS + ":/kaiwudb/certs"] if variant == "secure" else []
    argv += ["-v", volume, "-v", "/dev:/dev", "--ipc", "shareable", "-w", "/kaiwudb/bin"]
    words = startWords(member, material, store, variant == "secure")
    return [*argv, image(material.setup.versionOf(member)), "./kwbase", *words]
