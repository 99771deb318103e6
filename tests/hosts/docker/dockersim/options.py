"""Options of `docker run` and `docker create`, turned into what `docker inspect` shows of them."""
import csv
import os
import random
import re

from . import images
from .state import DockerError

FLAGS = set(
    "detach interactive tty rm privileged init publish-all read-only no-healthcheck "
    "oom-kill-disable quiet".split()
)
VALUES = set(
    "name workdir user hostname domainname entrypoint ipc network restart stop-signal stop-timeout "
    "pid uts memory memory-swap memory-reservation memory-swappiness cpus cpu-shares cpu-period "
    "cpu-quota cpuset-cpus cpuset-mems shm-size log-driver platform pull cgroupns userns "
    "mac-address ip runtime health-cmd health-interval health-retries health-timeout cidfile "
    "pids-limit oom-score-adj blkio-weight isolation detach-keys sig-proxy cgroup-parent cpu-rt-period "
    "cpu-rt-runtime ip6 volume-driver health-start-period kernel-memory cpu-count cpu-percent "
    "io-maxiops io-maxbandwidth".split()
)
LISTS = set(
    "volume mount publish env env-file label label-file ulimit cap-add cap-drop device add-host dns "
    "dns-search dns-option security-opt log-opt sysctl tmpfs expose group-add volumes-from "
    "network-alias link storage-opt gpus annotation attach link-local-ip device-cgroup-rule "
    "device-read-bps device-write-bps device-read-iops device-write-iops blkio-weight-device".split()
)
SHORT = {
    "d": "detach",
    "i": "interactive",
    "t": "tty",
    "P": "publish-all",
    "w": "workdir",
    "u": "user",
    "h": "hostname",
    "m": "memory",
    "c": "cpu-shares",
    "v": "volume",
    "p": "publish",
    "e": "env",
    "l": "label",
    "a": "attach",
    "q": "quiet",
}
ALIASES = {"net": "network", "net-alias": "network-alias", "dns-opt": "dns-option"}
TRUE = ("", "true", "1", "t", "True", "TRUE")


def parse(argv, command="run", flags=frozenset(), values=frozenset(), lists=frozenset(), short=None):
    """(options, arguments) for any docker command; options end at the first argument of `run`."""
    options = {}
    short = short or {}
    rest = list(argv)
    arguments = []
    while rest:
        word = rest.pop(0)
        if word == "--":
            arguments += rest
            break
        if word.startswith("--"):
            name, equals, value = word[2:].partition("=")
            _keep(options, command, ALIASES.get(name, name), value if equals else None, rest,
                  (flags, values, lists), word)
        elif word.startswith("-") and len(word) > 1:
            _letters(options, command, word[1:], rest, (flags, values, lists), short)
        elif command in ("run", "create", "exec"):
            return options, [word] + rest
        else:
            arguments.append(word)
    return options, arguments


def _unknown(command, text):
    return DockerError(f"{text}\nSee 'docker {command} --help'.", 125)


def _keep(options, command, name, value, rest, kinds, word):
    flags, values, lists = kinds
    if name in flags:
        options[name] = value is None or value in TRUE
        return
    if name not in values and name not in lists:
        raise _unknown(command, f"unknown flag: {word.partition('=')[0]}")
    if value is None:
        if not rest:
            raise _unknown(command, f"flag needs an argument: {word}")
        value = rest.pop(0)
    if name in lists:
        options.setdefault(name, []).append(value)
    else:
        options[name] = value


def _letters(options, command, letters, rest, kinds, short):
    while letters:
        letter, letters = letters[0], letters[1:]
        if letter not in short:
            raise _unknown(command, f"unknown shorthand flag: '{letter}' in -{letter}{letters}")
        name = short[letter]
        if name in kinds[0]:
            if letters.startswith("="):
                options[name], letters = letters[1:] in TRUE, ""
            else:
                options[name] = True
            continue
        value = letters.removeprefix("=") if letters else None
        _keep(options, command, name, value, rest, kinds, "-" + letter)
        return


def parse_run(argv, command):
    options, words = parse(argv, command, FLAGS, VALUES, LISTS, SHORT)
    if not words:
        raise DockerError(
            f'"docker {command}" requires at least 1 argument.\nSee \'docker {command} --help\'.\n\n'
            f"Usage:  docker {command} [OPTIONS] IMAGE [COMMAND] [ARG...]\n\n"
            "Create and run a new container from an image",
            125 if command == "run" else 1,
        )
    if not images.valid(words[0]) and not re.fullmatch("(sha256:)?[0-9a-f]{4,64}", words[0]):
        raise DockerError(f"docker: invalid reference format.\nSee 'docker {command} --help'.", 125)
    return options, words[0], words[1:]


def size(text):
    """Bytes of 512m, 2g …"""
    found = re.fullmatch(r"(-?\d+(?:\.\d+)?)\s*([bkmgt]?)b?", text.strip().lower())
    if not found:
        raise DockerError(f'invalid argument "{text}": invalid size: \'{text}\'', 125)
    return int(float(found[1]) * 1024 ** " kmgt".index(found[2] if found[2] in "kmgt" else " "))


def ulimit(text):
    name, _, value = text.partition("=")
    soft, _, hard = value.partition(":")
    if not soft.lstrip("-").isdigit():
        raise DockerError(f'invalid argument "{text}" for "--ulimit" flag: invalid ulimit argument: '
                          f"{text}", 125)
    return {"Name": name, "Hard": int(hard or soft), "Soft": int(soft)}


def port(text):
    """([bindings], "26257/tcp") of 26257:26257, 127.0.0.1:80:8080, 8080/udp …"""
    body, _, protocol = text.partition("/")
    parts = body.rsplit(":", 2)
    inside = parts[-1]
    outside = parts[-2] if len(parts) > 1 else ""
    address = parts[0] if len(parts) > 2 else ""
    if not inside.isdigit() or (outside and not outside.isdigit()):
        raise DockerError(f"docker: Invalid containerPort: {inside}.\n"
                          "See 'docker run --help'.", 125)
    return {"HostIp": address, "HostPort": outside}, f"{inside}/{protocol or 'tcp'}"


def environment(options):
    """In the order given; later ones replace earlier ones of that name."""
    found = {}
    for file in options.get("env-file", []):
        try:
            with open(file, encoding="utf-8") as f:
                lines = [line.rstrip("\n") for line in f]
        except OSError as e:
            raise DockerError(f"docker: open {file}: no such file or directory.\n"
                              "See 'docker run --help'.", 125) from e
        for line in lines:
            if line.strip() and not line.lstrip().startswith("#"):
                name, equals, value = line.partition("=")
                found[name] = value if equals else os.environ.get(name, "")
    for word in options.get("env", []):
        name, equals, value = word.partition("=")
        if equals:
            found[name] = value
        elif name in os.environ:
            found[name] = os.environ[name]
    return found


def pairs(options, name):
    return dict(w.partition("=")[::2] for w in options.get(name, []))


def restart_policy(text):
    name, _, count = (text or "no").partition(":")
    if name not in ("no", "always", "on-failure", "unless-stopped"):
        raise DockerError(f"docker: Error response from daemon: invalid restart policy: unknown "
                          f"policy '{name}'.", 125)
    return {"Name": name, "MaximumRetryCount": int(count or 0)}


def mount_option(text):
    """--mount type=bind,source=/a,target=/b,readonly as HostConfig.Mounts has it."""
    row = next(csv.reader([text]))
    fields = dict((p.partition("=")[0], p.partition("=")[2] or "true") for p in row)
    alias = {"src": "source", "dst": "target", "destination": "target", "ro": "readonly"}
    fields = {alias.get(k, k): v for k, v in fields.items()}
    entry = {"Type": fields.get("type", "volume")}
    if "source" in fields:
        entry["Source"] = fields["source"]
    entry["Target"] = fields.get("target", "")
    if fields.get("readonly") in ("true", "1"):
        entry["ReadOnly"] = True
    if not entry["Target"]:
        raise DockerError(f'invalid argument "{text}" for "--mount" flag: target is required', 125)
    if "bind-propagation" in fields:
        entry["BindOptions"] = {"Propagation": fields["bind-propagation"]}
    if fields.get("volume-nocopy") in ("true", "1"):
        entry["VolumeOptions"] = {"NoCopy": True}
    return entry


def device(text):
    outside, _, rest = text.partition(":")
    inside, _, rights = rest.partition(":")
    return {
        "PathOnHost": outside,
        "PathInContainer": inside or outside,
        "CgroupPermissions": rights or "rwm",
    }


def _binds(options):
    """Without anonymous volumes, and not in the order given: the client keeps them in a map."""
    found = [v for v in options.get("volume", []) if ":" in v]
    random.shuffle(found)
    return found or None


def host_config(options):
    """The part of HostConfig that comes from options; in the order and with the defaults of 24.0."""
    memory = size(options["memory"]) if "memory" in options else 0
    network = options.get("network", "default")
    return {
        "Binds": _binds(options),
        "ContainerIDFile": options.get("cidfile", ""),
        "LogConfig": {
            "Type": options.get("log-driver", "json-file"),
            "Config": pairs(options, "log-opt"),
        },
        "NetworkMode": network,
        "PortBindings": _bindings(options),
        "RestartPolicy": restart_policy(options.get("restart")),
        "AutoRemove": options.get("rm", False),
        "VolumeDriver": options.get("volume-driver", ""),
        "VolumesFrom": options.get("volumes-from"),
        "ConsoleSize": [0, 0],
        "CapAdd": options.get("cap-add"),
        "CapDrop": options.get("cap-drop"),
        "CgroupnsMode": options.get("cgroupns", "host" if options.get("privileged") else "private"),
        "Dns": options.get("dns", []),
        "DnsOptions": options.get("dns-option", []),
        "DnsSearch": options.get("dns-search", []),
        "ExtraHosts": options.get("add-host"),
        "GroupAdd": options.get("group-add"),
        "IpcMode": options.get("ipc", "private"),
        "Cgroup": "",
        "Links": options.get("link"),
        "OomScoreAdj": int(options.get("oom-score-adj", 0)),
        "PidMode": options.get("pid", ""),
        "Privileged": options.get("privileged", False),
        "PublishAllPorts": options.get("publish-all", False),
        "ReadonlyRootfs": options.get("read-only", False),
        "SecurityOpt": options.get("security-opt")
        or (["label=disable"] if options.get("privileged") else None),
        "UTSMode": options.get("uts", ""),
        "UsernsMode": options.get("userns", ""),
        "ShmSize": size(options.get("shm-size", "64m")),
        "Runtime": options.get("runtime", "runc"),
        "Isolation": "",
        "CpuShares": int(options.get("cpu-shares", 0)),
        "Memory": memory,
        "NanoCpus": int(float(options.get("cpus", 0)) * 10**9),
        "CgroupParent": options.get("cgroup-parent", ""),
        "BlkioWeight": int(options.get("blkio-weight", 0)),
        "BlkioWeightDevice": [],
        "BlkioDeviceReadBps": [],
        "BlkioDeviceWriteBps": [],
        "BlkioDeviceReadIOps": [],
        "BlkioDeviceWriteIOps": [],
        "CpuPeriod": int(options.get("cpu-period", 0)),
        "CpuQuota": int(options.get("cpu-quota", 0)),
        "CpuRealtimePeriod": 0,
        "CpuRealtimeRuntime": 0,
        "CpusetCpus": options.get("cpuset-cpus", ""),
        "CpusetMems": options.get("cpuset-mems", ""),
        "Devices": [device(d) for d in options.get("device", [])],
        "DeviceCgroupRules": options.get("device-cgroup-rule"),
        "DeviceRequests": None,
        "MemoryReservation": size(options.get("memory-reservation", "0")),
        "MemorySwap": size(options["memory-swap"]) if "memory-swap" in options else memory * 2,
        "MemorySwappiness": int(options["memory-swappiness"])
        if "memory-swappiness" in options
        else None,
        "OomKillDisable": options.get("oom-kill-disable", False),
        "PidsLimit": int(options["pids-limit"]) if "pids-limit" in options else None,
        "Ulimits": [ulimit(u) for u in options.get("ulimit", [])] or None,
        "CpuCount": 0,
        "CpuPercent": 0,
        "IOMaximumIOps": 0,
        "IOMaximumBandwidth": 0,
        **({"Mounts": [mount_option(m) for m in options["mount"]]} if "mount" in options else {}),
        **({"Tmpfs": dict(t.partition(":")[::2] for t in options["tmpfs"])}
           if "tmpfs" in options else {}),
        **({"Sysctls": pairs(options, "sysctl")} if "sysctl" in options else {}),
        **({"Init": True} if options.get("init") else {}),
        "MaskedPaths": None if options.get("privileged") else MASKED,
        "ReadonlyPaths": None if options.get("privileged") else READ_ONLY,
    }


MASKED = [
    "/proc/asound",
    "/proc/acpi",
    "/proc/kcore",
    "/proc/keys",
    "/proc/latency_stats",
    "/proc/timer_list",
    "/proc/timer_stats",
    "/proc/sched_debug",
    "/proc/scsi",
    "/sys/firmware",
    "/sys/devices/virtual/powercap",
]
READ_ONLY = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"]


def _bindings(options):
    found = {}
    for text in options.get("publish", []):
        binding, inside = port(text)
        found.setdefault(inside, []).append(binding)
    return found


def config(options, identity, image, image_name, command):
    """Config: the image's own, changed by options."""
    base = image.get("config", {})
    env = dict(w.partition("=")[::2] for w in base.get("Env") or [])
    env.setdefault("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
    given = environment(options)
    # What was given comes first, what only the image has after it.
    merged = [f"{k}={v}" for k, v in given.items()]
    merged += [f"{k}={v}" for k, v in env.items() if k not in given]
    entrypoint = base.get("Entrypoint")
    if "entrypoint" in options:
        entrypoint = [options["entrypoint"]] if options["entrypoint"] else None
    cmd = command or (None if "entrypoint" in options else base.get("Cmd"))
    exposed = dict(base.get("ExposedPorts") or {})
    exposed.update({f"{e.partition('/')[0]}/tcp": {} for e in options.get("expose", [])})
    exposed.update({inside: {} for inside in _bindings(options)})
    labels = dict(base.get("Labels") or {})
    labels.update(pairs(options, "label"))
    volumes = dict(base.get("Volumes") or {})
    volumes.update({v: {} for v in options.get("volume", []) if ":" not in v})
    attached = not options.get("detach", False)
    result = {
        "Hostname": options.get("hostname", identity[:12]),
        "Domainname": options.get("domainname", ""),
        "User": options.get("user", base.get("User", "")),
        "AttachStdin": attached and options.get("interactive", False),
        "AttachStdout": attached,
        "AttachStderr": attached,
        **({"ExposedPorts": exposed} if exposed else {}),
        "Tty": options.get("tty", False),
        "OpenStdin": options.get("interactive", False),
        "StdinOnce": attached and options.get("interactive", False),
        "Env": merged,
        "Cmd": cmd,
        "Image": image_name,
        "Volumes": volumes or None,
        "WorkingDir": options.get("workdir", base.get("WorkingDir", "")),
        "Entrypoint": entrypoint,
        "OnBuild": None,
        "Labels": labels,
    }
    if "stop-signal" in options or base.get("StopSignal"):
        result["StopSignal"] = options.get("stop-signal", base.get("StopSignal"))
    if "stop-timeout" in options:
        result["StopTimeout"] = int(options["stop-timeout"])
    if options.get("health-cmd"):
        result["Healthcheck"] = {"Test": ["CMD-SHELL", options["health-cmd"]]}
    return result
