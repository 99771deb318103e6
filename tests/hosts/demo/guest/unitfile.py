"""Reads unit files and turns their command lines into argument lists, as systemd does."""
import os
import re
import shlex

FOLDERS = (
    "/etc/systemd/system",
    "/run/systemd/system",
    "/usr/local/lib/systemd/system",
    "/lib/systemd/system",
)


def find(unit):
    for folder in FOLDERS:
        path = os.path.join(folder, unit)
        if os.path.isfile(path):
            return path
    return None


class UnitFile:
    def __init__(self, path):
        self.path = path
        self.mtime = os.stat(path).st_mtime
        self.values = {}
        with open(path, encoding="utf-8", errors="replace") as f:
            text = f.read().replace("\\\n", " ")
        for line in text.splitlines():
            line = line.strip()
            if line and line[0] not in "#;[" and "=" in line:
                key, value = line.split("=", 1)
                self.values.setdefault(key.strip(), []).append(value.strip())

    def all(self, key):
        return [v for v in self.values.get(key, []) if v]

    def last(self, key, default=""):
        return (self.values.get(key) or [default])[-1]

    def environment(self):
        """Environment= and EnvironmentFile= together; OSError when a file is missing."""
        env = {}
        for value in self.all("Environment"):
            for word in shlex.split(value):
                key, _, content = word.partition("=")
                env[key] = content
        for name in self.all("EnvironmentFile"):
            try:
                env.update(_environment_file(name.lstrip("-")))
            except OSError:
                if not name.startswith("-"):
                    raise
        return env


def _environment_file(path):
    env = {}
    with open(path, encoding="utf-8", errors="replace") as f:
        for line in f:
            line = line.strip()
            if line and line[0] not in "#;" and "=" in line:
                key, value = line.split("=", 1)
                env[key.strip()] = value.strip().strip("\"'")
    return env


def arguments(command, env):
    """`$NAME` as a word of its own gives no, one or several words; `${NAME}` always exactly one."""
    words = []
    for word in shlex.split(command):
        alone = re.fullmatch(r"\$(\w+)", word)
        if alone:
            words.extend(env.get(alone.group(1), "").split())
        else:
            words.append(re.sub(r"\$\{(\w+)\}", lambda m: env.get(m.group(1), ""), word))
    return words


def seconds(text, default):
    """TimeoutStopSec= values: plain seconds or with units; infinity gives None."""
    if not text:
        return default
    if text == "infinity":
        return None
    units = {"": 1, "s": 1, "sec": 1, "ms": 0.001, "min": 60, "m": 60, "h": 3600}
    parts = re.findall(r"([\d.]+)\s*([a-z]*)", text)
    return sum(float(number) * units.get(unit, 1) for number, unit in parts)
