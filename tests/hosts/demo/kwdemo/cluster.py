"""A cluster of demo hosts: up, down, faults. Everything it keeps is in one folder."""
import concurrent.futures
import fcntl
import json
import os
import shutil
import subprocess
import sys
import time

from . import machine
from .host import Host, HostError
from .processes import Register

HERE = os.path.dirname(os.path.realpath(__file__))
HOSTS = os.path.normpath(os.path.join(HERE, "..", ".."))
RELEASE = os.path.join(HOSTS, "release")
SEED = os.path.join(HOSTS, "seed-host")
CLEAN = os.path.join(HERE, "..", "guest", "clean")
SEED_DEPLOYMENT = os.path.join(HOSTS, "seed-deployment")
# What is unpacked or loaded on a host of a deployment, see _build().
KINDS = {
    "script": "debs",
    "container": "docker",
    "compose": "image",
    "docker-run": "image",
    "source": "built",
}
NAMES = {"debs": "archive", "docker": "container"}  # in cluster.json: archive221, container221 …
IN_CONTAINER = {
    "container": "kaiwudb-container",
    "compose": "kaiwudb-experience",
    "docker-run": "kaiwudb-container",
}
BY_SCRIPT = ("script", "container")
MODES = {"multi": "multi-replication", "single": "single", "single-replica": "single-replication"}


class Cluster:
    def __init__(self, folder):
        self.dir = os.path.abspath(folder)
        self.register = Register(self._path("processes.json"))
        self.hosts = []
        self.settings = self._load()
        for name, address in self.settings.get("hosts", []):
            self.hosts.append(Host(name, address, self.settings["port"], self.dir, self.register))

    def _path(self, *parts):
        return os.path.join(self.dir, *parts)

    def _load(self):
        try:
            with open(self._path("settings.json"), encoding="ascii") as f:
                return json.load(f)
        except (OSError, ValueError):
            return {}

    def exists(self):
        return bool(self.settings)

    def lock(self):
        """Held while the cluster is made or unmade; released when the process ends."""
        os.makedirs(os.path.dirname(self.dir), exist_ok=True)
        path = self.dir + ".lock"
        while True:
            self._lock = open(path, "w", encoding="ascii")
            fcntl.flock(self._lock, fcntl.LOCK_EX)
            if os.path.exists(path) and os.path.samestat(
                os.stat(path), os.fstat(self._lock.fileno())
            ):
                return
            self._lock.close()  # the holder before us has removed the file meanwhile

    def unlock(self):
        try:
            os.unlink(self.dir + ".lock")
        except FileNotFoundError:
            pass
        self._lock.close()

    # --- up
    def up(self, options):
        os.makedirs(self.dir, mode=0o700)
        count = 1 if options.mode == "single" else options.nodes
        found, port = machine.addresses(count)
        self.settings = {
            "port": port,
            "mode": options.mode,
            "scale": options.time_scale,
            "secure": options.secure,
            "version": options.version,
            "deployment": options.deployment,
            "store": options.store,
            "compose": options.compose,
            "rm": options.rm,
            "hosts": [[f"n{i}", a] for i, a in enumerate(found, 1)],
        }
        with open(self._path("settings.json"), "w", encoding="ascii") as f:
            json.dump(self.settings, f)
        self.__init__(self.dir)
        _run(
            [
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-C",
                "kwup-demo",
                "-f",
                self._path("id"),
            ]
        )
        archives = self._archives(options)
        kind = KINDS[options.deployment]
        self._certificates()
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda host: self._make(host, archives[kind, options.version]), self.hosts))
        self._known_hosts()
        self._write_facts(archives)
        self._start()

    def _archives(self, options):
        """{(kind, version): path}: packages always, and what the deployment needs for both versions."""
        kind = KINDS[options.deployment]
        wanted = [("debs", v) for v in dict.fromkeys(["2.2.0", "2.2.1"])]
        wanted += [(kind, v) for v in dict.fromkeys([options.version, "2.2.0", "2.2.1"])]
        if kind == "built":
            wanted += [("source", "2.2.1")]
        built = {}
        for kind, version in dict.fromkeys(wanted):
            built[kind, version] = self._build(kind, version, options)
        return built

    def _build(self, kind, version, options):
        folder = self._path("archives")
        command = {
            "debs": ["build", version, folder],
            "docker": ["build", version, folder, "--kind", "docker"],
            "image": ["build-image", version, f"{folder}/image-{version}/KaiwuDB.tar"],
            "source": ["build-source", version, folder],
            "built": ["build-source", version, folder, "--built"],
        }[kind]
        if kind == "image":
            os.makedirs(os.path.dirname(command[2]))
        command[0] = os.path.join(RELEASE, command[0])
        command += ["--payload-mb", str(options.payload_mb)]
        command += ["--kwbase", options.kwbase] if options.kwbase else []
        return _run(command).stdout.strip()

    def _certificates(self):
        """One CA for the cluster, node certificates good for every host of it."""
        if self.settings["secure"] != "tls":
            return
        folder = self._path("certs")
        os.makedirs(folder)
        curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        _run(
            [
                "openssl",
                "req",
                "-x509",
                *curve,
                "-days",
                "3650",
                "-subj",
                "/O=KaiwuDB/CN=KaiwuDB CA",
                "-keyout",
                folder + "/ca.key",
                "-out",
                folder + "/ca.crt",
            ]
        )
        names = ",".join(
            ["DNS:localhost", "IP:127.0.0.1"] + [f"IP:{h.address},DNS:{h.name}" for h in self.hosts]
        )
        with open(folder + "/names", "w", encoding="ascii") as f:
            f.write("subjectAltName=" + names)
        for serial, name in enumerate(("node", "client.root"), 100):
            base = f"{folder}/{name}"
            _run(
                [
                    "openssl",
                    "req",
                    *curve,
                    "-subj",
                    f"/O=KaiwuDB/CN={name.removeprefix('client.')}",
                    "-keyout",
                    base + ".key",
                    "-out",
                    base + ".csr",
                ]
            )
            _run(
                [
                    "openssl",
                    "x509",
                    "-req",
                    "-in",
                    base + ".csr",
                    "-CA",
                    folder + "/ca.crt",
                    "-CAkey",
                    folder + "/ca.key",
                    "-set_serial",
                    str(serial),
                    "-days",
                    "1825",
                    "-extfile",
                    folder + "/names",
                    "-out",
                    base + ".crt",
                ]
            )
            os.unlink(base + ".csr")
        os.unlink(folder + "/names")

    def _make(self, host, archive):
        host.create(with_docker=self.settings["deployment"] in IN_CONTAINER)
        host.power_on()
        self._seed(host, archive)

    def reset(self):
        """Everything of KWDB, docker and the wizard off the hosts, and the first version on again."""
        with open(self._path("cluster.json"), encoding="utf-8") as f:
            facts = json.load(f)
        kind = KINDS[self.settings["deployment"]]
        archive = facts[NAMES.get(kind, kind) + self.settings["version"].replace(".", "")]

        def again(host):
            if not host.is_up():
                host.power_off()
                host.power_on()
            with open(CLEAN, encoding="ascii") as script:
                host.run(["bash", "-s"], stdin=script, capture_output=True)
            self._seed(host, archive)

        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            list(pool.map(again, self.hosts))
        self._start()

    def _seed(self, host, archive):
        deployment = self.settings["deployment"]
        inside = "/var/tmp/.seed"
        shutil.copytree(self._path("certs"), host.root + inside + "/certs") if self.settings[
            "secure"
        ] == "tls" else os.makedirs(host.root + inside)
        seed = SEED if deployment in BY_SCRIPT else SEED_DEPLOYMENT
        shutil.copyfile(seed, host.root + inside + "/seed")
        shutil.copyfile(archive, host.root + inside + "/release.tar.gz")
        first, mode = self.hosts[0].address, MODES[self.settings["mode"]]
        others = ",".join(h.address for h in self.hosts if h is not host)
        command = ["bash", inside + "/seed", "--archive", inside + "/release.tar.gz"]
        command += ["--address", host.address, "--listen", host.address, "--mode", mode]
        command += ["--secure", self.settings["secure"], "--time-scale", str(self.settings["scale"])]
        if deployment in BY_SCRIPT:
            command += ["--ssh-port", str(host.port), "--ssh-user", host.facts()["user"]]
        else:
            command += ["--kind", deployment, "--store", self.settings["store"]]
            command += ["--compose", self.settings["compose"]]
            command += ["--rm"] if self.settings["rm"] else []
        if mode != "single":
            command += ["--join", first]
            command += ["--others", others] if deployment in BY_SCRIPT else []
        if self.settings["secure"] == "tls":
            command += ["--certs", inside + "/certs"]
        result = host.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        shutil.rmtree(host.root + inside)
        if result.returncode:
            raise HostError(f"{host.name} was not installed: {result.stdout}{result.stderr}")

    def _known_hosts(self):
        with open(self._path("known_hosts"), "w", encoding="ascii") as out:
            for host in self.hosts:
                with open(os.path.join(host.dir, "hostkey.pub"), encoding="ascii") as f:
                    out.write(f"[{host.address}]:{host.port} {' '.join(f.read().split()[:2])}\n")

    def _write_facts(self, archives):
        facts = {
            "dir": self.dir,
            "knownHosts": self._path("known_hosts"),
            "hosts": [h.facts() for h in self.hosts],
            "deployment": self.settings["deployment"],
            "secure": self.settings["secure"],
        }
        for (kind, version), path in archives.items():
            facts[NAMES.get(kind, kind) + version.replace(".", "")] = path
        kind = KINDS[self.settings["deployment"]]
        facts["package"] = archives["source" if kind == "built" else kind, "2.2.1"]
        with open(self._path("cluster.json.new"), "w", encoding="utf-8") as f:
            json.dump(facts, f, indent=1)
            f.write("\n")
        os.replace(self._path("cluster.json.new"), self._path("cluster.json"))

    def facts_text(self):
        with open(self._path("cluster.json"), encoding="utf-8") as f:
            return f.read()

    # --- the database
    def _kwbase(self, host, *words):
        deployment = self.settings["deployment"]
        tls = self.settings["secure"] == "tls"
        if deployment in IN_CONTAINER:
            program = ["docker", "exec", IN_CONTAINER[deployment], "./kwbase"]
            safety, address = "--certs-dir=/kaiwudb/certs", "127.0.0.1"
        else:
            program, address = ["/usr/local/kaiwudb/bin/kwbase"], host.address
            if deployment == "source":
                program = ["/root/go/src/gitee.com/kwbasedb/install/bin/kwbase"]
            safety = "--certs-dir=/etc/kaiwudb/certs"
        return host.run(
            [*program, *words, f"--host={address}:26257", safety if tls else "--insecure"],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )

    def _start(self):
        for host in self.hosts if self.settings["deployment"] in BY_SCRIPT else ():
            host.run(["systemctl", "start", "kaiwudb"], stdin=subprocess.DEVNULL)
        if self.settings["mode"] != "single":
            self._until(lambda: self._initialised(), "the cluster could not be initialised")
        self._until(self.all_live, "not all nodes came up")

    def _initialised(self):
        result = self._kwbase(self.hosts[0], "init")
        return result.returncode == 0 or "already been initialized" in result.stdout + result.stderr

    def all_live(self):
        result = self._kwbase(self.hosts[0], "node", "status", "--format=csv")
        rows = result.stdout.split("\n")[1:] if result.returncode == 0 else []
        return sum(row.endswith("true,true") for row in rows) == len(self.hosts)

    def _until(self, ready, complaint, limit=120):
        end = time.monotonic() + limit
        while not ready():
            if time.monotonic() > end:
                shown = self._kwbase(self.hosts[0], "node", "status", "--format=csv")
                raise HostError(f"{complaint}\n{shown.stdout}{shown.stderr}")
            time.sleep(0.3)

    # --- afterwards
    def host(self, name):
        for host in self.hosts:
            if name in (host.name, host.address):
                return host
        raise HostError(f"there is no host {name} in {self.dir}")

    def fault(self, name, fault, parameter):
        host = self.host(name)
        if fault == "power-off":
            host.power_off()
            return
        folder = os.path.join(host.root, "etc/kwsim/fault")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, fault), "w", encoding="utf-8") as f:
            f.write(parameter + "\n" if parameter else "")

    def clear(self, name, fault):
        host = self.host(name)
        if fault == "power-off":
            if not host.is_up():
                host.power_on()  # the service is not enabled: it stays stopped, as on a real host
            return
        path = os.path.join(host.root, "etc/kwsim/fault", fault)
        if os.path.exists(path):
            os.unlink(path)

    def down(self):
        for host in self.hosts:
            host.power_off()
        for name in self.register.names():
            self.register.end(name)
        _remove(self.dir)


def _remove(folder):
    """Packages and tests leave folders without the write bit; all of them are ours."""
    for path, folders, _ in os.walk(folder):
        for name in folders:
            full = os.path.join(path, name)
            if not os.path.islink(full):
                os.chmod(full, 0o700)
    shutil.rmtree(folder, ignore_errors=True)
    if os.path.exists(folder):
        print(f"cluster: {folder} could not be removed completely", file=sys.stderr)


def _run(command):
    result = subprocess.run(
        command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    if result.returncode:
        raise HostError(f"{os.path.basename(command[0])} failed: {result.stdout}{result.stderr}")
    return result
