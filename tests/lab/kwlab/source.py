"""KWDB built from source and started by hand, by the user who built it."""

from kwlab import containers, network, settings as s, stock
from kwlab.host import Host
from kwlab.shell import run

HOME = "/home/" + s.SUDO_USER
# The vendor's build wants the repository in a folder of this name.
REPOSITORY = HOME + "/src/gitee.com/kwbasedb"
STORE = HOME + "/kwbase-data"
CERTS = HOME + "/certs"
LOG = HOME + "/kwbase.out"
UNIT = """\
[Unit]
Description=KWDB of %(user)s
[Service]
User=%(user)s
WorkingDirectory=%(folder)s/install/bin
Environment=LD_LIBRARY_PATH=../lib KWBASE_RAFT_ELECTION_TIMEOUT_TICKS=100
ExecStart=%(folder)s/install/bin/kwbase %(words)s
LimitNOFILE=4000
[Install]
WantedBy=multi-user.target
"""


def deploy(member: Host, material, byUnit: bool):
    built = material.stock.path("built", material.setup.versionOf(member))
    secure = material.setup.secure
    unpack(member, built)
    if secure:
        containers.copyCertificates(member, stock.makeCertificates(), CERTS)
        member.exec("chown", "-R", s.SUDO_USER + ":", CERTS)
    words = startWords(member, material)
    if byUnit:
        values = {"user": s.SUDO_USER, "folder": REPOSITORY, "words": " ".join(words)}
        (member.root / "etc/systemd/system/kwbase.service").write_text(UNIT % values)
        member.exec("systemctl", "daemon-reload")
        member.exec("systemctl", "enable", "-q", "--now", "kwbase.service")
    else:
        startByHand(member, words)
    binary = REPOSITORY + "/install/bin/kwbase"
    member.saveRecord(
        deployment="source",
        repository=REPOSITORY,
        startWords=words,
        unit="kwbase.service" if byUnit else None,
        log=LOG,
        store=STORE,
        dataRoot=STORE,
        cli=["sudo", "-u", s.SUDO_USER, binary],
        cliOptions=["--certs-dir=" + CERTS if secure else "--insecure"],
    )


def unpack(member: Host, built):
    """Leaves what a finished build leaves: the repository with install/."""
    with open(built, "rb") as file:
        member.exec("sudo", "-u", s.SUDO_USER, "mkdir", "-p", REPOSITORY)
        member.exec("sudo", "-u", s.SUDO_USER, "tar", "-xzC", REPOSITORY, stdin=file)


def startWords(member: Host, material):
    words = ["--certs-dir=" + CERTS if material.setup.secure else "--insecure"]
    words += ["--listen-addr=0.0.0.0:26257", "--advertise-addr=%s:26257" % member.address]
    words += ["--http-addr=0.0.0.0:8080", "--store=" + STORE]
    if material.setup.topology == "single":
        return ["start-single-node", *words]
    verb = "start" if material.setup.topology == "multi" else "start-single-replica"
    return [verb, *words, "--join=%s:26257" % material.members[0].address]


def startByHand(member: Host, words):
    """As a person does it: over SSH, in the folder of the program, with nohup."""
    command = (
        "set -e; cd %s/install/bin; ulimit -n 4000; export LD_LIBRARY_PATH=../lib "
        "KWBASE_RAFT_ELECTION_TIMEOUT_TICKS=100; nohup ./kwbase %s >%s 2>&1 </dev/null &"
    ) % (REPOSITORY, " ".join(words), LOG)
    options = ["-F", "none", "-i", s.CLIENT_KEY, "-o", "BatchMode=yes", "-o", "LogLevel=ERROR"]
    options += ["-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"]
    login = "%s@%s" % (s.SUDO_USER, member.address)
    run(*network.inside(s.HUB), "ssh", *options, login, command)
