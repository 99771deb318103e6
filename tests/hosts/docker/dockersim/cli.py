"""The commands of `docker`."""
import json
import os
import signal
import sys
import time

from . import (containers, copying, images, listing, networks, options as option, sandbox, state,
               volumes)
from .state import DockerError, daemon_error
from .template import Template, TemplateError

VERSION = "24.0.7"


def say(text, stream=None):
    print(text, file=stream or sys.stdout, flush=True)


def need(arguments, count, command, exactly=False):
    if len(arguments) < count or (exactly and len(arguments) != count):
        how = "exactly" if exactly else "at least"
        raise DockerError(
            f'"docker {command}" requires {how} {count} argument{"s" if count > 1 else ""}.\n'
            f"See 'docker {command} --help'."
        )


def each(arguments, action):
    """The name of every container that went well on stdout; the errors of the others on stderr."""
    code = 0
    for name in arguments:
        try:
            action(containers.find(name))
            say(name)
        except DockerError as e:
            say(e, sys.stderr)
            code = 1
    return code


# --- run and its parts
def _have_image(name, options, command):
    pull = options.get("pull", "missing")
    if pull != "always" and images.find(name):
        return
    if pull == "never":
        raise DockerError(f"docker: Error response from daemon: No such image: {images.full(name)}.\n"
                          f"See 'docker {command} --help'.", 125)
    if pull == "missing":
        say(f"Unable to find image '{images.full(name)}' locally", sys.stderr)
    try:
        for line in images.pull(name):
            if not line.startswith("docker.io"):
                say(line, sys.stderr)
    except DockerError as e:
        raise DockerError(f"docker: {e}.\nSee 'docker {command} --help'.", 125) from e


def _create(argv, command):
    options, name, words = option.parse_run(argv, command)
    _have_image(name, options, command)
    try:
        return containers.create(options, name, words), options
    except DockerError as e:
        raise DockerError(f"docker: {e}.\nSee 'docker {command} --help'.", 125) from e


def create(argv):
    say(_create(argv, "create")[0])


def run(argv):
    identity, options = _create(argv, "run")
    attached = not options.get("detach")
    stdin = sys.stdin if attached and options.get("interactive") else None
    if attached and options.get("tty") and options.get("interactive") and not sys.stdin.isatty():
        containers.remove(identity)
        raise DockerError("the input device is not a TTY", 1)
    try:
        containers.start(identity, stdin)
    except DockerError as e:
        if options.get("rm"):
            containers.remove(identity, with_volumes=True)
        raise DockerError(f"docker: {e}.", e.code) from e
    if not attached:
        say(identity)
        return 0
    return attach(identity)


def attach(identity):
    """Shows output until the container ends; signals go to it. Its exit code."""
    log = containers.load(identity)["LogPath"]

    def forward(number, _):
        try:
            containers.kill(identity, number)
        except DockerError:
            pass

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, forward)
    follower = Follower(log)
    code = 0
    while True:
        container = containers.load(identity)
        follower.show()
        if container is None:
            return state.read("exits", identity + ".json", default=0)  # --rm
        code = container["State"]["ExitCode"]
        if not container["State"]["Running"]:
            follower.show()
            return code
        time.sleep(0.05)


class Follower:
    """Prints what is added to the log of a container."""

    def __init__(self, path, prefix="", skip=0):
        self.path, self.at, self.prefix, self.skip = path, skip, prefix, 0
        self.file = None

    def show(self, since=0.0, stamps=False):
        if self.file is None:
            try:
                self.file = open(self.path, encoding="utf-8")
                self.file.seek(self.at)
            except OSError:
                return
        while True:
            position = self.file.tell()
            line = self.file.readline()
            if not line.endswith("\n"):
                self.file.seek(position)
                return
            entry = json.loads(line)
            if since and state.seconds_of(entry["time"]) < since:
                continue
            stream = sys.stderr if entry["stream"] == "stderr" and not self.prefix else sys.stdout
            stream.write(self.prefix + (entry["time"] + " " if stamps else "") + entry["log"])
            stream.flush()


def start(argv):
    flags, names = option.parse(argv, "start", {"attach", "interactive"}, {"detach-keys"},
                                short={"a": "attach", "i": "interactive"})
    need(names, 1, "start")
    if flags.get("attach"):
        identity = containers.find(names[0])["Id"]
        containers.start(identity)
        return attach(identity)
    code = 0
    for name in names:
        try:
            containers.start(containers.find(name)["Id"])
            say(name)
        except DockerError as e:
            say(e, sys.stderr)
            code = 1
    if code:
        say("Error: failed to start containers: " + ", ".join(names), sys.stderr)
    return code


def stop(argv):
    flags, names = option.parse(argv, "stop", values={"time", "timeout", "signal"},
                                short={"t": "time", "s": "signal"})
    need(names, 1, "stop")
    seconds = flags.get("time", flags.get("timeout"))
    return each(names, lambda c: containers.stop(c["Id"], int(seconds) if seconds else None))


def restart(argv):
    flags, names = option.parse(argv, "restart", values={"time", "timeout", "signal"},
                                short={"t": "time", "s": "signal"})
    need(names, 1, "restart")
    seconds = flags.get("time")

    def action(container):
        containers.stop(container["Id"], int(seconds) if seconds else None)
        containers.start(container["Id"])

    return each(names, action)


def kill(argv):
    flags, names = option.parse(argv, "kill", values={"signal"}, short={"s": "signal"})
    need(names, 1, "kill")
    number = containers.signal_of(flags.get("signal", "KILL"))

    def action(container):
        if number == signal.SIGKILL:
            containers.mark_stopped(container["Id"])
        containers.kill(container["Id"], number)

    return each(names, action)


def rm(argv):
    flags, names = option.parse(argv, "rm", {"force", "volumes", "link"},
                                short={"f": "force", "v": "volumes", "l": "link"})
    need(names, 1, "rm")
    if flags.get("force"):
        names = [n for n in names if containers.lookup(n) or say(
            f"Error response from daemon: No such container: {n}", sys.stderr)]
    return each(names, lambda c: containers.remove(
        c["Id"], flags.get("force", False), flags.get("volumes", False)))


def rename(argv):
    _, names = option.parse(argv, "rename")
    need(names, 2, "rename", exactly=True)
    containers.rename(containers.find(names[0])["Id"], names[1])


def wait(argv):
    _, names = option.parse(argv, "wait")
    need(names, 1, "wait")
    for name in names:
        say(containers.wait(containers.find(name)["Id"], None))


def update(argv):
    flags, names = option.parse(argv, "update", values={"restart", "memory", "memory-swap", "cpus"},
                                short={"m": "memory"})
    need(names, 1, "update")

    def action(container):
        with state.locked():
            fresh = containers.load(container["Id"])
            if "restart" in flags:
                fresh["HostConfig"]["RestartPolicy"] = option.restart_policy(flags["restart"])
            if "memory" in flags:
                fresh["HostConfig"]["Memory"] = option.size(flags["memory"])
            containers.store(fresh)

    return each(names, action)


# --- looking
def ps(argv):
    flags, _ = option.parse(
        argv, "ps", {"all", "quiet", "no-trunc", "latest", "size"}, {"format", "last"}, {"filter"},
        {"a": "all", "q": "quiet", "l": "latest", "n": "last", "s": "size", "f": "filter"},
    )
    listing.ps(flags)


def _print_documents(found, form):
    if not form:
        say(json.dumps(found, indent=4, ensure_ascii=False))
        return
    for document in found:
        if form == "json":
            say(json.dumps(document, ensure_ascii=False, separators=(",", ":")))
            continue
        try:
            say(Template(form).render(document))
        except TemplateError as e:
            raise DockerError(f"Template parsing error: {e}") from e


def _object(name, kind):
    if kind in (None, "container"):
        found = containers.lookup(name)
        if found:
            return found
    if kind in (None, "image"):
        identity = images.find(name)
        if identity:
            return images.inspect(identity)
    if kind in (None, "volume") and name in volumes.names():
        return volumes.inspect(name)
    return None


def inspect(argv, kind=None):
    flags, names = option.parse(argv, "inspect", {"size"}, {"format", "type"},
                                short={"f": "format", "s": "size"})
    need(names, 1, "inspect")
    kind = flags.get("type", kind)
    found, missing = [], []
    for name in names:
        document = _object(name, kind)
        if document:
            found.append(document)
        else:
            missing.append(name)
    if found or not flags.get("format"):
        _print_documents(found, flags.get("format"))
    else:
        say("")
    for name in missing:
        what = {"container": "No such container", "image": "No such image"}.get(
            kind, "No such object")
        say(f"Error: {what}: {name}" if kind != "volume" else
            f"Error response from daemon: get {name}: no such volume", sys.stderr)
    return 1 if missing else 0


def logs(argv):
    flags, names = option.parse(argv, "logs", {"follow", "timestamps", "details"},
                                {"tail", "since", "until"},
                                short={"f": "follow", "t": "timestamps", "n": "tail"})
    need(names, 1, "logs", exactly=True)
    container = containers.find(names[0])
    try:
        with open(container["LogPath"], "rb") as f:
            lines = f.readlines()
    except OSError:
        lines = []
    tail = flags.get("tail", "all")
    skip = sum(map(len, lines[: -int(tail)] if tail.isdigit() and int(tail) else
                   lines if tail == "0" else []))
    follower = Follower(container["LogPath"], skip=skip)
    since = _since(flags.get("since", ""))
    follower.show(since, flags.get("timestamps", False))
    while flags.get("follow"):
        container = containers.load(container["Id"])
        follower.show(since, flags.get("timestamps", False))
        if container is None or not container["State"]["Running"]:
            break
        time.sleep(0.05)


def _since(text):
    if not text:
        return 0.0
    if text.replace(".", "").isdigit():
        return float(text)
    if "T" in text:
        return state.seconds_of(text)
    units = {"s": 1, "m": 60, "h": 3600}
    return time.time() - float(text[:-1]) * units.get(text[-1], 1)


def top(argv):
    _, names = option.parse(argv, "top")
    container = containers.find(names[0])
    if not container["State"]["Running"]:
        raise daemon_error(f"Container {container['Id']} is not running")
    say("UID                 PID                 CMD")
    with open(f"/proc/{container['State']['Pid']}/cmdline", "rb") as f:
        words = f.read().replace(b"\0", b" ").decode(errors="replace")
    say(f"root                {container['State']['Pid']:<19} {words}")


def port(argv):
    _, names = option.parse(argv, "port")
    container = containers.find(names[0])
    for inside, rows in (container["NetworkSettings"]["Ports"] or {}).items():
        for row in rows or []:
            say(f"{inside} -> {row['HostIp']}:{row['HostPort']}")


# --- exec
def exec_(argv):
    flags, words = option.parse(
        argv, "exec", {"detach", "interactive", "tty", "privileged"}, {"workdir", "user"},
        {"env", "env-file"},
        {"d": "detach", "i": "interactive", "t": "tty", "w": "workdir", "u": "user", "e": "env"},
    )
    need(words, 2, "exec")
    if flags.get("tty") and not flags.get("detach") and not sys.stdin.isatty():
        raise DockerError("the input device is not a TTY", 1)
    container = containers.find(words[0])
    if not container["State"]["Running"]:
        raise daemon_error(f"Container {container['Id']} is not running")
    if container["State"]["Restarting"]:
        raise daemon_error(
            f"Container {container['Id']} is restarting, wait until the container is running")
    return _exec(container, flags, words[1:])


def _exec(container, flags, words):
    network = containers.network_map(container)
    handles = [
        (os.open(f"/proc/{container['State']['Pid']}/ns/{name}", os.O_RDONLY), kind)
        for name, kind in (("pid", sandbox.CLONE_NEWPID), ("uts", sandbox.CLONE_NEWUTS),
                           ("mnt", sandbox.CLONE_NEWNS))
    ]
    for handle, kind in handles:
        sandbox.setns(handle, kind)
        os.close(handle)
    env = sandbox.environment(container, network)
    env.update(option.environment(flags))
    report, child_report = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(report)
        _exec_child(container, flags, words, env, child_report)
    os.close(child_report)
    with os.fdopen(report, encoding="utf-8") as f:
        complaint = f.read()
    if complaint:
        os.waitpid(pid, 0)
        code = 126 if "permission denied" in complaint or "chdir" in complaint else 127
        raise DockerError("OCI runtime exec failed: exec failed: unable to start container process: "
                          + complaint, code)
    if flags.get("detach"):
        return 0
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)  # the client goes, the command inside stays
    status = os.waitpid(pid, 0)[1]
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)


def _exec_child(container, flags, words, env, report):
    try:
        os.set_inheritable(report, False)
        folder = flags.get("workdir", container["Config"]["WorkingDir"] or "/")
        try:
            os.chdir(folder)
        except OSError as e:
            os.write(report, f'chdir to cwd ("{folder}") set in config.json failed: '
                             f"{e.strerror.lower()}: unknown".encode())
            os._exit(126)
        if not flags.get("tty") or flags.get("detach"):
            os.setsid()
        if not flags.get("interactive"):
            os.dup2(os.open("/dev/null", os.O_RDONLY), 0)
        if flags.get("detach"):
            null = os.open("/dev/null", os.O_WRONLY)
            os.dup2(null, 1)
            os.dup2(null, 2)
        file, complaint = sandbox.program(words[0], env.get("PATH", ""))
        if complaint:
            os.write(report, complaint.encode())
            os._exit(127)
        os.execve(file, words, env)
    except BaseException as e:
        os.write(report, f"{e}: unknown".encode())
    os._exit(127)


# --- images
def load(argv):
    flags, _ = option.parse(argv, "load", {"quiet"}, {"input", "platform"},
                            short={"i": "input", "q": "quiet"})
    if "input" in flags:
        try:
            stream = open(flags["input"], "rb")
        except OSError as e:
            raise DockerError(f"open {flags['input']}: {e.strerror.lower()}") from e
    elif sys.stdin.isatty():
        raise DockerError("requested load from stdin, but stdin is empty")
    else:
        stream = sys.stdin.buffer
    with stream:
        for line in images.load(stream):
            say(line)


def save(argv):
    flags, names = option.parse(argv, "save", values={"output"}, short={"o": "output"})
    need(names, 1, "save")
    if "output" not in flags:
        if sys.stdout.isatty():
            raise DockerError("cowardly refusing to save to a terminal. Use the -o flag or redirect")
        images.save(names, sys.stdout.buffer)
        return
    temporary = flags["output"] + ".tmp"
    try:
        with open(temporary, "wb") as stream:
            images.save(names, stream)
        os.replace(temporary, flags["output"])
    except BaseException:
        if os.path.exists(temporary):
            os.unlink(temporary)
        raise


def pull(argv):
    flags, names = option.parse(argv, "pull", {"quiet", "all-tags", "disable-content-trust"},
                                {"platform"}, short={"q": "quiet", "a": "all-tags"})
    need(names, 1, "pull", exactly=True)
    if not images.valid(names[0]):
        raise DockerError("invalid reference format")
    if not images.split(names[0])[1]:
        say("Using default tag: latest")
    lines = list(images.pull(names[0]))
    say(lines[-1] if flags.get("quiet") else "\n".join(lines))


def image_list(argv):
    flags, names = option.parse(
        argv, "images", {"all", "quiet", "no-trunc", "digests", "tree"}, {"format"}, {"filter"},
        {"a": "all", "q": "quiet", "f": "filter"},
    )
    listing.image_list(flags, names)


def rmi(argv):
    flags, names = option.parse(argv, "rmi", {"force", "no-prune"}, short={"f": "force"})
    need(names, 1, "rmi")
    code = 0
    for name in names:
        try:
            say("\n".join(images.remove(name, containers.users, flags.get("force", False))))
        except DockerError as e:
            say(e, sys.stderr)
            code = 1
    return code


def tag(argv):
    need(argv, 2, "tag", exactly=True)
    images.tag(*argv)


# --- the rest
def volume(argv):
    verb, rest = (argv[0] if argv else ""), argv[1:]
    if verb == "ls":
        flags, _ = option.parse(rest, "volume ls", {"quiet"}, {"format"}, {"filter"},
                                {"q": "quiet", "f": "filter"})
        rows = [listing.Row(Driver="local", Name=n) for n in volumes.names()]
        if flags.get("quiet"):
            print("".join(r["Name"] + "\n" for r in rows), end="")
        else:
            listing.print_rows(rows, flags.get("format"), ["Driver", "Name"])
        return 0
    if verb == "inspect":
        return inspect(rest, "volume")
    if verb == "create":
        flags, names = option.parse(rest, "volume create", values={"driver", "name"},
                                    lists={"label", "opt"}, short={"d": "driver", "o": "opt"})
        say(volumes.create((names or [flags.get("name")])[0], option.pairs(flags, "label")))
        return 0
    if verb == "rm":
        for name in [n for n in rest if not n.startswith("-")]:
            volumes.remove(name)
            say(name)
        return 0
    raise DockerError("Usage:  docker volume COMMAND")


def network(argv):
    verb, rest = (argv[0] if argv else ""), argv[1:]
    if verb == "ls":
        flags, _ = option.parse(rest, "network ls", {"quiet", "no-trunc"}, {"format"}, {"filter"},
                                {"q": "quiet", "f": "filter"})
        drivers = {"host": "host", "none": "null"}
        rows = [listing.Row(ID=name.encode().hex()[:12].ljust(12, "0"), Name=name,
                            Driver=drivers.get(name, "bridge"), Scope="local")
                for name in networks.names()]
        listing.HEADERS["Name"] = "NAME"
        listing.print_rows(rows, flags.get("format"), ["ID", "Name", "Driver", "Scope"],
                           "NETWORK ID")
    elif verb == "inspect":
        flags, names = option.parse(rest, "network inspect", {"verbose"}, {"format"},
                                    short={"f": "format", "v": "verbose"})
        for name in names:
            if name not in networks.names():
                raise daemon_error(f"network {name} not found")
        _print_documents([{"Name": n, "Driver": "bridge", "Scope": "local"} for n in names],
                         flags.get("format"))
    elif verb == "create":
        _, names = option.parse(rest, "network create", {"internal", "attachable"}, {"driver"},
                                {"subnet", "gateway", "label", "opt"}, {"d": "driver"})
        networks.create(names[0])
        say(state.new_id())
    elif verb == "rm":
        for name in rest:
            networks.remove(name)
            say(name)
    elif verb == "connect":
        flags, names = option.parse(rest, "network connect", values={"ip", "ip6"},
                                    lists={"alias", "link", "link-local-ip", "driver-opt"})
        need(names, 2, "network connect", exactly=True)
        networks.connect(names[0], containers.find(names[1]), flags)
    elif verb == "disconnect":
        _, names = option.parse(rest, "network disconnect", {"force"}, short={"f": "force"})
        need(names, 2, "network disconnect", exactly=True)
        networks.disconnect(names[0], containers.find(names[1]))
    else:
        raise DockerError("Usage:  docker network COMMAND")
    return 0


def version(argv):
    flags, _ = option.parse(argv, "version", values={"format"}, short={"f": "format"})
    facts = {
        "Client": {"Version": VERSION, "ApiVersion": "1.43", "Os": "linux", "Arch": "amd64"},
        "Server": {"Version": VERSION, "ApiVersion": "1.43", "Os": "linux", "Arch": "amd64"},
    }
    if flags.get("format"):
        _print_documents([facts], flags["format"])
        return
    for part in ("Client", "Server"):
        say(f"{part}: Docker Engine - Community\n Version:           {VERSION}\n"
            " API version:       1.43\n OS/Arch:           linux/amd64")


def info(argv):
    flags, _ = option.parse(argv, "info", values={"format"}, short={"f": "format"})
    known = containers.everything()
    facts = {
        "ServerVersion": VERSION,
        "DockerRootDir": state.BASE,
        "Driver": "overlay2",
        "Containers": len(known),
        "ContainersRunning": sum(c["State"]["Running"] for c in known),
        "Images": len(images.all_ids()),
        "OperatingSystem": "Debian GNU/Linux 12 (bookworm)",
        "LiveRestoreEnabled": False,
        "SecurityOptions": ["name=seccomp,profile=builtin"],
    }
    if flags.get("format"):
        _print_documents([facts], flags["format"])
        return
    say("Server:\n" + "\n".join(f" {k}: {listing_value(v)}" for k, v in facts.items()))


def listing_value(value):
    return " ".join(value) if isinstance(value, list) else value


def compose(argv):
    from . import composecli

    return composecli.main(argv, plugin=True)


COMMANDS = {
    "run": run, "create": create, "start": start, "stop": stop, "restart": restart, "kill": kill,
    "rm": rm, "rename": rename, "wait": wait, "update": update, "ps": ps, "inspect": inspect,
    "logs": logs, "top": top, "port": port, "exec": exec_, "load": load, "save": save, "pull": pull,
    "images": image_list, "rmi": rmi, "tag": tag, "volume": volume, "network": network,
    "version": version, "info": info,
    "cp": lambda argv: copying.cp(*option.parse(argv, "cp", {"archive", "follow-link", "quiet"},
                                                short={"a": "archive", "L": "follow-link",
                                                       "q": "quiet"})),
}
GROUPS = {
    "container": {"ls": "ps", "list": "ps"},
    "image": {"ls": "images", "list": "images", "rm": "rmi", "remove": "rmi"},
    "system": {},
}


def main(argv):
    while argv and argv[0].startswith("-"):
        if argv[0] in ("-v", "--version"):
            say(f"Docker version {VERSION}, build afdd53b")
            return 0
        argv = argv[2:] if argv[0] in ("-H", "--host", "-c", "--context", "--config", "-l") else (
            argv[1:])
    if not argv or argv[0] == "help":
        say("\nUsage:  docker [OPTIONS] COMMAND\n\nA self-sufficient runtime for containers")
        return 0
    command, rest = argv[0], argv[1:]
    if command == "compose" and not os.path.exists("/etc/kwsim/no-compose-plugin"):
        return compose(rest)
    kind = None
    if command in GROUPS and rest:
        kind = command
        command, rest = GROUPS[command].get(rest[0], rest[0]), rest[1:]
    if command not in COMMANDS:
        raise DockerError(f"docker: '{command}' is not a docker command.\nSee 'docker --help'")
    state.check_daemon({"ps": "containers/json", "images": "images/json"}.get(command, command))
    if command == "inspect":
        return inspect(rest, kind) or 0
    return COMMANDS[command](rest) or 0


def guarded(action, argv):
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        return action(argv)
    except DockerError as e:
        sys.stdout.flush()
        say(e, sys.stderr)
        return e.code
    except KeyboardInterrupt:
        return 130
