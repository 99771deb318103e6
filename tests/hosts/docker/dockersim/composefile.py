"""A compose project: its file, variables, services, and the options of `docker run` each comes to."""
import os
import re

from . import yamlfile
from .state import DockerError

NAMES = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
KNOWN = set(
    "image container_name hostname ports volumes environment env_file command entrypoint restart "
    "privileged ulimits ipc network_mode networks tty stdin_open working_dir user cap_add cap_drop "
    "devices labels depends_on healthcheck logging deploy security_opt sysctls tmpfs expose "
    "extra_hosts dns stop_grace_period stop_signal shm_size mem_limit mem_reservation cpus pid init "
    "read_only build platform pull_policy profiles configs secrets group_add links domainname "
    "cpu_shares cpuset userns_mode scale".split()
)


class Service:
    def __init__(self, project, name, body):
        self.project, self.name, self.body = project, name, body or {}

    def container_name(self):
        given = self.body.get("container_name")
        mark = "-" if self.project.plugin else "_"
        return given or f"{self.project.name}{mark}{self.name}{mark}1"

    def grace(self):
        text = str(self.body.get("stop_grace_period", "10s"))
        parts = re.findall(r"(\d+(?:\.\d+)?)(ms|s|m|h)?", text)
        return sum(float(n) * {"ms": 0.001, "m": 60, "h": 3600}.get(u, 1) for n, u in parts)

    def options(self):
        """As `docker run` would have been given them."""
        body, out = self.body, {"name": self.container_name(), "detach": True}
        for key, name in (
            ("hostname", "hostname"), ("restart", "restart"), ("ipc", "ipc"), ("user", "user"),
            ("working_dir", "workdir"), ("network_mode", "network"), ("pid", "pid"),
            ("shm_size", "shm-size"), ("mem_limit", "memory"), ("cpus", "cpus"),
            ("stop_signal", "stop-signal"), ("domainname", "domainname"), ("cpuset", "cpuset-cpus"),
            ("cpu_shares", "cpu-shares"), ("mem_reservation", "memory-reservation"),
        ):
            if body.get(key) not in (None, ""):
                out[name] = str(body[key]) if body[key] is not False else "no"
        for key, name in (("privileged", "privileged"), ("tty", "tty"), ("init", "init"),
                          ("stdin_open", "interactive"), ("read_only", "read-only")):
            out[name] = bool(body.get(key))
        for key, name in (("cap_add", "cap-add"), ("cap_drop", "cap-drop"), ("devices", "device"),
                          ("security_opt", "security-opt"), ("extra_hosts", "add-host"),
                          ("dns", "dns"), ("tmpfs", "tmpfs"), ("group_add", "group-add")):
            if body.get(key):
                out[name] = _words(body[key])
        out["expose"] = [str(e) for e in body.get("expose") or []]
        out["publish"] = [self._port(p) for p in body.get("ports") or []]
        out["env"] = [f"{k}={v}" for k, v in self._environment().items()]
        out["label"] = [f"{k}={v}" for k, v in self.labels().items()]
        out["ulimit"] = [_ulimit(k, v) for k, v in (body.get("ulimits") or {}).items()]
        out["sysctl"] = _pairs(body.get("sysctls"))
        self._volumes(out)
        if "stop_grace_period" in body:
            out["stop-timeout"] = str(int(self.grace()))
        if "network" not in out:
            out["network"] = self.project.network()
            out["network-alias"] = [self.name]
        logging = body.get("logging") or {}
        if logging.get("driver"):
            out["log-driver"] = logging["driver"]
        out["log-opt"] = _pairs(logging.get("options"))
        return {k: v for k, v in out.items() if v not in ([], None)}

    def labels(self):
        mine = dict(w.partition("=")[::2] for w in _pairs(self.body.get("labels")))
        mine.update({
            "com.docker.compose.config-hash": self.hash(),
            "com.docker.compose.container-number": "1",
            "com.docker.compose.oneoff": "False",
            "com.docker.compose.project": self.project.name,
            "com.docker.compose.project.config_files": self.project.shown_files(),
            "com.docker.compose.project.working_dir": self.project.folder,
            "com.docker.compose.service": self.name,
            "com.docker.compose.version": self.project.version,
        })
        return mine

    def hash(self):
        import hashlib
        import json

        text = json.dumps(self.body, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def command(self):
        return _command(self.body.get("command"))

    def entrypoint(self):
        return _command(self.body.get("entrypoint"))

    def _port(self, port):
        if isinstance(port, dict):
            text = f"{port.get('published', '')}:{port['target']}"
            text = f"{port['host_ip']}:{text}" if port.get("host_ip") else text
            return f"{text}/{port.get('protocol', 'tcp')}"
        return str(port)

    def _environment(self):
        found = {}
        files = self.body.get("env_file") or []
        for file in [files] if isinstance(files, str) else files:
            path = os.path.join(self.project.folder, file)
            if not os.path.exists(path):
                raise DockerError(f"Couldn't find env file: {path}")
            found.update(read_env(path))
        given = self.body.get("environment") or {}
        if isinstance(given, list):
            given = dict(w.partition("=")[::2] if "=" in w else (w, None) for w in map(str, given))
        for key, value in given.items():
            value = os.environ.get(key) if value is None else value
            if value is not None:
                found[key] = _plain(value)
        return found

    def _volumes(self, out):
        binds, mounts = [], []
        for volume in self.body.get("volumes") or []:
            if isinstance(volume, dict):
                read_only = ",readonly" if volume.get("read_only") else ""
                kind, source = volume.get("type", "volume"), volume.get("source", "")
                source = self._source(source) if source else ""
                mounts.append(f"type={kind},source={source},target={volume['target']}{read_only}"
                              if source else f"type={kind},target={volume['target']}{read_only}")
                continue
            parts = str(volume).split(":")
            if len(parts) == 1:
                binds.append(parts[0])
                continue
            mode = parts[2] if len(parts) > 2 else "rw"
            binds.append(f"{self._source(parts[0])}:{parts[1]}:{mode}")
        out["volume"], out["mount"] = binds or None, mounts or None

    def _source(self, source):
        if source.startswith("~"):
            return os.path.expanduser(source)
        if source.startswith("/"):
            return source
        if source.startswith("."):
            return os.path.normpath(os.path.join(self.project.folder, source))
        known = self.project.body.get("volumes") or {}
        if source not in known:
            raise DockerError(
                f'Named volume "{source}" is used in service "{self.name}" but no declaration was '
                "found in the volumes section."
            )
        details = known[source] or {}
        if details.get("external"):
            return details.get("name", source)
        return details.get("name") or f"{self.project.name}_{source}"


def _plain(value):
    return {True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value


def _words(value):
    return [value] if isinstance(value, str) else [str(v) for v in value]


def _pairs(value):
    if isinstance(value, dict):
        return [f"{k}={_plain(v)}" for k, v in value.items()]
    return [str(v) for v in value or []]


def _ulimit(name, value):
    if isinstance(value, dict):
        return f"{name}={value['soft']}:{value['hard']}"
    return f"{name}={value}"


def _command(value):
    import shlex

    if value is None:
        return []
    return shlex.split(value) if isinstance(value, str) else [str(v) for v in value]


def read_env(path):
    found = {}
    with open(path, encoding="utf-8-sig", errors="replace") as f:
        for line in f:
            line = line.strip()
            if line and not line.startswith("#") and "=" in line:
                key, _, value = line.removeprefix("export ").partition("=")
                found[key.strip()] = value.strip().strip("\"'")
    return found


class Project:
    def __init__(self, files, name, plugin, version, env_file=None, folder=None):
        self.plugin, self.version = plugin, version
        self.files = files or _search(plugin)
        self.folder = folder or os.path.dirname(os.path.abspath(self.files[0]))
        self.variables = self._variables(env_file)
        self.body, self.warned = {}, []
        for file in self.files:
            self._read(file)
        given = name or os.environ.get("COMPOSE_PROJECT_NAME") or self.variables.get(
            "COMPOSE_PROJECT_NAME") or self.body.get("name") or os.path.basename(self.folder)
        self.name = re.sub(r"[^-_a-z0-9]", "", str(given).lower()) or "default"
        services = self.body.get("services")
        if not isinstance(services, dict):
            raise DockerError("no service selected" if plugin else
                              "ERROR: The Compose file is invalid: services must be a mapping", 1)
        self.services = {n: Service(self, n, b) for n, b in services.items()}
        self._validate()

    def _variables(self, env_file):
        path = env_file or os.path.join(self.folder, ".env")
        if env_file and not os.path.exists(env_file):
            raise DockerError(f"Couldn't find env file: {env_file}")
        found = read_env(path) if os.path.exists(path) else {}
        found.update(os.environ)
        return found

    def _read(self, file):
        try:
            with open(file, encoding="utf-8-sig") as f:
                text = f.read()
        except OSError as e:
            raise DockerError(f"open {os.path.abspath(file)}: no such file or directory", 14) if (
                self.plugin
            ) else DockerError(
                f"ERROR: .FileNotFoundError: [Errno 2] No such file or directory: '{file}'"
            ) from e
        try:
            body = yamlfile.load(text)
        except yamlfile.YamlError as e:
            raise DockerError(f"ERROR: yaml.scanner.ScannerError: {e}" if not self.plugin else
                              f"yaml: {e}", 1) from e
        if not isinstance(body, dict):
            raise DockerError(f"ERROR: Top level object in '{file}' needs to be an object not "
                              f"'{type(body)}'.")
        for key, value in self._filled(body).items():
            if isinstance(value, dict) and isinstance(self.body.get(key), dict):
                for name, part in value.items():
                    old = self.body[key].get(name)
                    merged = {**old, **part} if isinstance(old, dict) and isinstance(
                        part, dict) else part
                    self.body[key][name] = merged
            else:
                self.body[key] = value

    def _filled(self, value):
        if isinstance(value, dict):
            return {k: self._filled(v) for k, v in value.items()}
        if isinstance(value, list):
            return [self._filled(v) for v in value]
        return self._fill(value) if isinstance(value, str) else value

    def _fill(self, text):
        def one(match):
            if match[0] == "$$":
                return "$"
            name = match[1] or match[2]
            value, operator, other = self.variables.get(name), match[3] or "", match[4] or ""
            if operator in (":-", "-"):
                return value if value or (operator == "-" and value is not None) else other
            if operator in (":?", "?") and not value:
                raise DockerError(f"ERROR: Missing mandatory value for \"{name}\" option: {other}"
                                  if not self.plugin else
                                  f"required variable {name} is missing a value: {other}")
            if value is None:
                self.warned.append(name)
            return value or ""

        return re.sub(r"\$(?:\$|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-?])([^}]*))?\})", one, text)

    def _validate(self):
        for name, service in self.services.items():
            unknown = [k for k in service.body if k not in KNOWN and not str(k).startswith("x-")]
            if unknown:
                raise DockerError(
                    f"services.{name} Additional property {unknown[0]} is not allowed"
                    if self.plugin
                    else f"ERROR: The Compose file '{self.files[0]}' is invalid because:\n"
                    f"Unsupported config option for services.{name}: '{unknown[0]}'",
                    15 if self.plugin else 1,
                )
            if not service.body.get("image") and not service.body.get("build"):
                raise DockerError(
                    f'service "{name}" has neither an image nor a build context specified: invalid '
                    "compose project" if self.plugin else
                    f"ERROR: The Compose file is invalid because:\nService {name} has neither an "
                    "image nor a build context specified. At least one must be provided.",
                    15 if self.plugin else 1,
                )

    def network(self):
        return f"{self.name}_default"

    def shown_files(self):
        if self.plugin:
            return ",".join(os.path.abspath(f) for f in self.files)
        return ",".join(self.files)

    def in_order(self, names=()):
        """Services with what they depend on before them."""
        ordered, todo = [], list(names or self.services)

        def visit(name):
            if name not in self.services:
                raise DockerError(f"ERROR: No such service: {name}" if not self.plugin else
                                  f"no such service: {name}")
            for other in self.services[name].body.get("depends_on") or []:
                visit(other)
            if self.services[name] not in ordered:
                ordered.append(self.services[name])

        for name in todo:
            visit(name)
        return ordered


def _search(plugin):
    folder = os.getcwd()
    while True:
        for name in NAMES if plugin else NAMES[2:] + NAMES[:2]:
            if os.path.exists(os.path.join(folder, name)):
                base = os.path.join(folder, name)
                path = base if plugin or folder != os.getcwd() else name
                stem, end = os.path.splitext(path)
                override = stem + ".override" + end
                return [path] + ([override] if os.path.exists(override) else [])
        if folder == "/":
            break
        folder = os.path.dirname(folder)
    raise DockerError(
        "no configuration file provided: not found" if plugin else
        "ERROR: \n        Can't find a suitable configuration file in this directory or any\n"
        "        parent. Are you in the right directory?\n\n"
        "        Supported filenames: docker-compose.yml, docker-compose.yaml, compose.yml, "
        "compose.yaml\n        ",
        14 if plugin else 1,
    )
