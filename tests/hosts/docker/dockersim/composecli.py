"""The commands of `docker-compose` 1.29 and of the plugin `docker compose` 2; they differ in what they say."""
import json
import signal
import sys
import time

from . import cli, containers, images, listing, networks, options as option, state
from .composefile import Project
from .state import DockerError

V1, V2 = "1.29.2", "2.21.0"


class Compose:
    def __init__(self, project):
        self.project = project
        self.plugin = project.plugin

    def tell(self, text):
        print(text, file=sys.stderr, flush=True)

    def step(self, old, name, doing, done):
        """`old` is the word of version 1: Creating, Stopping …"""
        if self.plugin:
            self.tell(f" Container {name}  {doing}")
            return lambda: self.tell(f" Container {name}  {done}")
        self.tell(f"{old} {name} ... ")
        return lambda: self.tell(f"{old} {name} ... done")

    def mine(self, names=()):
        """Containers of the project, in the order in which they were made."""
        found = []
        for container in reversed(containers.everything()):
            labels = container["Config"]["Labels"] or {}
            if labels.get("com.docker.compose.project") == self.project.name:
                if not names or labels.get("com.docker.compose.service") in names:
                    found.append(container)
        return found

    def _of(self, service):
        found = self.mine([service.name])
        return found[0] if found else None

    # --- up
    def up(self, flags, names):
        services = self.project.in_order(names)
        self._network()
        for service in services:
            self._image(service)
        identities = [self._up_one(service, flags) for service in services]
        if flags.get("no-start"):
            return 0
        for service, identity in zip(services, identities):
            self._start(service, identity)
        if flags.get("detach"):
            return 0
        return self._attached(identities)

    def _network(self):
        known = networks.names()
        wants = any(not s.body.get("network_mode") for s in self.project.services.values())
        if wants and self.project.network() not in known:
            if self.plugin:
                self.tell(f" Network {self.project.network()}  Creating")
                self.tell(f" Network {self.project.network()}  Created")
            else:
                self.tell(f'Creating network "{self.project.network()}" with the default driver')
            networks.create(self.project.network())

    def _image(self, service):
        name = service.body["image"]
        if not images.valid(str(name)):
            raise DockerError("ERROR: no such image: " + str(name) + ": invalid reference format"
                              if not self.plugin else
                              "Error response from daemon: invalid reference format")
        if images.find(name):
            return
        self.tell(f"Pulling {service.name} ({name})..." if not self.plugin else
                  f" {service.name} Pulling ")
        try:
            for line in images.pull(name):
                self.tell(line)
        except DockerError as e:
            if self.plugin:
                raise
            raise DockerError("ERROR: " + str(e).replace("Error response from daemon: ", "")) from e

    def _up_one(self, service, flags):
        """The container that is to run: the old one while nothing has changed, else a new one."""
        name = str(service.body["image"])
        old = self._of(service)
        if old and not flags.get("force-recreate"):
            same_image = old["Image"] == f"sha256:{images.find(name)}"
            labels = old["Config"]["Labels"]
            if same_image and labels["com.docker.compose.config-hash"] == service.hash():
                if old["State"]["Running"]:
                    self.tell(f"{old['Name'][1:]} is up-to-date" if not self.plugin else
                              f" Container {old['Name'][1:]}  Running")
                return old["Id"]
        options = service.options()
        if old:
            return self._recreate(service, old, options, name)
        done = self.step("Creating", service.container_name(), "Creating", "Created")
        identity = self._make(service, options, name)
        done()
        return identity

    def _make(self, service, options, name):
        try:
            if service.entrypoint():
                options["entrypoint"] = service.entrypoint()[0]
            words = service.entrypoint()[1:] + service.command()
            return containers.create(options, name, words)
        except DockerError as e:
            raise self._failed(service, e) from e

    def _failed(self, service, error):
        text = str(error).replace("Error response from daemon: ", "")
        if self.plugin:
            return DockerError(f"Error response from daemon: {text}", 1)
        self.tell("error")
        return DockerError(
            f"\nERROR: for {service.name}  {text}\nEncountered errors while bringing up the project.")

    def _recreate(self, service, old, options, name):
        """Anonymous volumes go over to the new container; what was in the layer of the old is lost."""
        done = self.step("Recreating", service.container_name(), "Recreate", "Recreated")
        containers.stop(old["Id"], service.grace())
        kept = [
            f"{m['Name']}:{m['Destination']}" for m in old["Mounts"]
            if m["Type"] == "volume" and len(m["Name"]) == 64
        ]
        containers.rename(old["Id"], f"{old['Id'][:12]}_{old['Name'][1:]}")
        options["volume"] = [v for v in options.get("volume", []) if ":" in v] + kept or None
        options = {k: v for k, v in options.items() if v is not None}
        identity = self._make(service, options, name)
        containers.remove(old["Id"])
        done()
        return identity

    def _start(self, service, identity):
        container = containers.load(identity)
        if container["State"]["Running"]:
            return
        if self.plugin:
            done = self.step("", container["Name"][1:], "Starting", "Started")
        else:
            done = (lambda: None) if container["State"]["Status"] == "created" else self.step(
                "Starting", container["Name"][1:], "", "")
        try:
            containers.start(identity)
        except DockerError as e:
            raise self._failed(service, DockerError(
                f"Cannot start service {service.name}: "
                + str(e).replace("Error response from daemon: ", ""))) from e
        done()

    def _attached(self, identities):
        """In the foreground: output until all have ended; a signal stops them all."""
        wanted = []
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda n, _: wanted.append(n))
        names = ", ".join(containers.load(i)["Name"][1:] for i in identities)
        print(f"Attaching to {names}", flush=True)
        followers = {}
        for identity in identities:
            container = containers.load(identity)
            prefix = f"{container['Name'][1:]} | "
            followers[identity] = cli.Follower(container["LogPath"], prefix)
        ended, code = set(), 0
        while len(ended) < len(identities):
            for identity in identities:
                container = containers.load(identity)
                followers[identity].show()
                if identity in ended or (container and container["State"]["Running"]):
                    continue
                ended.add(identity)
                if container:
                    followers[identity].show()
                    code = container["State"]["ExitCode"]
                    print(f"{container['Name'][1:]} exited with code {code}", flush=True)
            if wanted:
                print("Gracefully stopping... (press Ctrl+C again to force)", flush=True)
                self.stop({}, [])
                return 0 if wanted[0] == signal.SIGTERM and self.plugin else 1 if (
                    wanted[0] == signal.SIGINT) else 0
            time.sleep(0.05)
        return 0

    # --- the other way
    def stop(self, flags, names):
        for container in reversed(self.mine(names)):
            if not container["State"]["Running"]:
                continue
            seconds = flags.get("timeout")
            done = self.step("Stopping", container["Name"][1:], "Stopping", "Stopped")
            containers.stop(container["Id"], int(seconds) if seconds else None)
            done()
        return 0

    def down(self, flags, _):
        mine = self.mine()
        known = set(self.project.services)
        if not flags.get("remove-orphans"):
            mine = [c for c in mine if c["Config"]["Labels"]["com.docker.compose.service"] in known]
        names = [c["Config"]["Labels"]["com.docker.compose.service"] for c in mine]
        self.stop(flags, names) if names else None
        for container in reversed(mine):
            done = self.step("Removing", container["Name"][1:], "Removing", "Removed")
            containers.remove(container["Id"], force=True,
                              with_volumes=flags.get("volumes", False))
            done()
        self._remove_network()
        if flags.get("volumes"):
            self._remove_volumes()
        for service in self.project.services.values() if flags.get("rmi") else ():
            images.remove(service.body["image"], containers.users)
        return 0

    def _remove_network(self):
        name = self.project.network()
        if name in networks.names():
            networks.remove(name)
            self.tell(f"Removing network {name}" if not self.plugin else f" Network {name}  Removed")
        elif not self.plugin:
            self.tell(f"Removing network {name}\nNetwork {name} not found.")

    def _remove_volumes(self):
        from . import volumes

        for name, details in (self.project.body.get("volumes") or {}).items():
            full = (details or {}).get("name") or f"{self.project.name}_{name}"
            if full in volumes.names() and not (details or {}).get("external"):
                volumes.remove(full)
                self.tell(f"Removing volume {full}")

    def rm(self, flags, names):
        for container in self.mine(names):
            if container["State"]["Running"] and not flags.get("stop"):
                continue
            done = self.step("Removing", container["Name"][1:], "Removing", "Removed")
            containers.remove(container["Id"], force=True)
            done()
        return 0

    def start(self, _, names):
        found = {c["Config"]["Labels"]["com.docker.compose.service"]: c for c in self.mine(names)}
        for service in self.project.in_order(names):
            if service.name not in found:
                self.tell(f"ERROR: No containers to start" if not self.plugin else
                          f'service "{service.name}" has no container to start')
                return 1
            self._start(service, found[service.name]["Id"])
        return 0

    def restart(self, flags, names):
        self.stop(flags, names)
        return self.start(flags, names)

    def pull(self, flags, names):
        for service in self.project.in_order(names):
            name = service.body["image"]
            self.tell(f"Pulling {service.name} ... ")
            for line in images.pull(name):
                if not flags.get("quiet"):
                    self.tell(line)
        return 0

    # --- looking
    def ps(self, flags, names):
        found = self.mine(names)
        if self.plugin and not flags.get("all"):
            found = [c for c in found if c["State"]["Running"]]
        if flags.get("quiet"):
            print("".join(c["Id"] + "\n" for c in found), end="")
            return 0
        if flags.get("services"):
            print("\n".join(c["Config"]["Labels"]["com.docker.compose.service"] for c in found))
            return 0
        if self.plugin:
            self._ps2(found, flags.get("format", ""))
            return 0
        rows = [
            (c["Name"][1:], " ".join([c["Path"], *c["Args"]])[:27] + " ...",
             "Up" if c["State"]["Running"] else f"Exit {c['State']['ExitCode']}",
             listing.ports(c)) for c in found
        ]
        widths = [max([len(h)] + [len(r[i]) for r in rows]) for i, h in
                  enumerate(("Name", "Command", "State", "Ports"))]
        for row in [("Name", "Command", "State", "Ports"), None, *rows]:
            if row is None:
                print("-" * (sum(widths) + 9))
            else:
                print("   ".join(c.ljust(w) for c, w in zip(row, widths)).rstrip())
        return 0

    def _ps2(self, found, form):
        if form == "json":
            for c in found:
                labels = c["Config"]["Labels"]
                print(json.dumps({
                    "ID": c["Id"][:12], "Name": c["Name"][1:], "Image": c["Config"]["Image"],
                    "Service": labels["com.docker.compose.service"],
                    "Project": self.project.name, "State": c["State"]["Status"],
                    "Status": listing.status(c), "ExitCode": c["State"]["ExitCode"],
                }))
            return
        rows = []
        for c in found:
            row = listing.container_row(c, False)
            row.update(Name=row["Names"],
                       Service=c["Config"]["Labels"]["com.docker.compose.service"])
            rows.append(row)
        listing.HEADERS["Name"] = "NAME"
        columns = ["Name", "Image", "Command", "Service", "RunningFor", "Status", "Ports"]
        listing.print_rows(rows, form, columns)

    def config(self, flags, _):
        if flags.get("quiet"):
            return 0
        if flags.get("services"):
            print("\n".join(self.project.services))
        elif flags.get("images"):
            print("\n".join(str(s.body["image"]) for s in self.project.services.values()))
        elif flags.get("volumes"):
            print("\n".join(self.project.body.get("volumes") or {}))
        elif flags.get("format") == "json":
            print(json.dumps(dict(self.project.body, name=self.project.name), indent=2))
        else:
            if self.plugin:
                print(f"name: {self.project.name}")
            _dump({k: v for k, v in self.project.body.items() if k != "version" or not self.plugin},
                  0)
        return 0

    def logs(self, flags, names):
        for container in self.mine(names):
            prefix = "" if flags.get("no-log-prefix") else f"{container['Name'][1:]} | "
            cli.Follower(container["LogPath"], prefix).show()
        return 0

    def exec(self, words):
        flags, words = option.parse(
            words, "exec", {"detach", "privileged", "no-TTY", "interactive"}, {"user", "workdir",
                                                                              "index"}, {"env"},
            {"d": "detach", "T": "no-TTY", "u": "user", "w": "workdir", "e": "env",
             "i": "interactive"})
        found = self.mine(words[:1])
        if not found or not found[0]["State"]["Running"]:
            raise DockerError(f"ERROR: No container found for {words[0]}_1" if not self.plugin else
                              f'service "{words[0]}" is not running')
        if not flags.get("no-TTY") and not sys.stdin.isatty():
            raise DockerError("the input device is not a TTY")
        return cli._exec(found[0], dict(flags, interactive=True), words[1:])


def _dump(value, depth):
    pad = "  " * depth
    for key, item in value.items():
        if isinstance(item, dict) and item:
            print(f"{pad}{key}:")
            _dump(item, depth + 1)
        elif isinstance(item, list) and item:
            print(f"{pad}{key}:")
            for word in item:
                print(f"{pad}  - {json.dumps(word) if isinstance(word, str) else word}")
        else:
            print(f"{pad}{key}: {_shown(item)}")


def _shown(item):
    if isinstance(item, bool):
        return "true" if item else "false"
    if item is None:
        return "null"
    return json.dumps(item, ensure_ascii=False) if isinstance(item, str) and (
        not item or item[0] in "[{&*!|>'\"%@`#" or ": " in item or item[0].isdigit()) else item


GLOBAL_VALUES = {"project-name", "env-file", "project-directory", "profile", "ansi", "context",
                 "log-level", "host", "parallel", "progress"}
FLAGS = {
    "up": {"detach", "force-recreate", "no-recreate", "no-start", "no-deps", "remove-orphans",
           "no-build", "build", "quiet-pull", "wait", "no-color", "abort-on-container-exit",
           "renew-anon-volumes"},
    "down": {"volumes", "remove-orphans"},
    "stop": set(), "start": set(), "restart": set(),
    "rm": {"force", "stop"},
    "ps": {"quiet", "services", "all"},
    "config": {"quiet", "services", "images", "volumes", "no-interpolate"},
    "logs": {"follow", "timestamps", "no-color", "no-log-prefix"},
    "pull": {"quiet", "ignore-pull-failures", "include-deps", "no-parallel"},
}
VALUES = {"timeout", "scale", "format", "tail", "since", "rmi", "hash", "output", "pull", "filter",
          "status", "wait-timeout", "exit-code-from"}
SHORT = {"d": "detach", "t": "timeout", "v": "volumes", "q": "quiet", "f": "force", "s": "stop",
         "a": "all", "V": "renew-anon-volumes"}


def _globals(argv):
    found, rest = {"file": []}, list(argv)
    short = {"-f": "file", "-p": "project-name", "-H": "host", "-c": "context"}
    while rest and rest[0].startswith("-"):
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        name = short.get(name, name.removeprefix("--"))
        if name == "file":
            found["file"].append(value if equals else rest.pop(0))
        elif name in GLOBAL_VALUES:
            found[name] = value if equals else rest.pop(0)
        else:
            found[name] = True
    return found, rest


def main(argv, plugin=False):
    given, rest = _globals(argv)
    if "version" in given or "v" in given or rest[:1] == ["version"]:
        _version(plugin, rest)
        return 0
    if not rest or rest[0] in ("help", "--help") or "help" in given:
        print("Define and run multi-container applications with Docker.\n\nUsage:\n  docker-compose"
              " [-f <arg>...] [--profile <name>...] [options] [--] [COMMAND] [ARGS...]")
        return 0
    verb = rest[0]
    if verb not in FLAGS and verb != "exec":
        raise DockerError(f"No such command: {verb}" if not plugin else
                          f"unknown docker command: \"compose {verb}\"")
    state.check_daemon("containers/json")
    try:
        project = Project(given["file"], given.get("project-name"), plugin, V2 if plugin else V1,
                          given.get("env-file"), given.get("project-directory"))
        for name in dict.fromkeys(project.warned):
            print(f"WARNING: The {name} variable is not set. Defaulting to a blank string."
                  if not plugin else
                  f'time="{state.now()[:19]}Z" level=warning msg="The \\"{name}\\" variable is not '
                  'set. Defaulting to a blank string."', file=sys.stderr)
        compose = Compose(project)
        if verb == "exec":
            return compose.exec(rest[1:])
        flags, names = option.parse(rest[1:], verb, FLAGS[verb], VALUES, (), SHORT)
        return getattr(compose, verb)(flags, names)
    except DockerError as e:
        if not plugin and str(e).startswith("Error response from daemon: "):
            raise DockerError("ERROR: " + str(e).removeprefix("Error response from daemon: ")) from e
        raise


def _version(plugin, rest):
    if "--short" in rest:
        print(V2 if plugin else V1)
    elif plugin:
        print(f"Docker Compose version v{V2}")
    else:
        print(f"docker-compose version {V1}, build unknown")
