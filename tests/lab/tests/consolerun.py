"""kwdb-upgrade in tests: profiles, secrets, and a running program whose events can be awaited.

    console = Console(lab)                        # one data directory
    done = console.run("check")                   # to its end; done.code, done.events, done.error(…)
    with console.start("run") as run:
        run.waitFor("step-started", 60, step="stop@10.83.1.2")
        run.signal(signal.SIGKILL)
"""

import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from labcluster import programPath, settings

LIMIT = 400  # seconds for a whole run


class Console:
    """Owns a folder with data directory, profile and known hosts; close() removes it."""

    def __init__(self, lab, backup="refused", hosts=None, **host):
        self.lab = lab
        self.folder = Path(tempfile.mkdtemp(prefix="kwup-console."))
        self.data = self.folder / "data"
        self.knownHosts = self.folder / "known_hosts"
        shutil.copy(settings.KNOWN_HOSTS, self.knownHosts)
        self.secrets = None  # YAML for --secrets-fd
        self.profile(backup, hosts, **host)

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def profile(
        self,
        backup="refused",
        hosts=None,
        package="archive221",
        method=None,
        options=None,
        **host,
    ):
        """package: a file that lab.json names, or None; options: of the method.

        host: the profile's keys for all hosts, with _ for -; otherwise kwadmin with the key.
        """
        entry = {"user": settings.SUDO_USER, "auth": "key", "key_file": settings.CLIENT_KEY, **host}
        if entry["auth"] != "key":
            entry.pop("key_file")
        words = "".join(", %s: %s" % (k.replace("_", "-"), v) for k, v in entry.items())
        known = json.loads(settings.JSON.read_text())
        text = "hosts:\n"
        for index in hosts or range(1, self.lab.count + 1):
            text += "  - {address: %s%s}\n" % (settings.address(index), words)
        if package:
            text += "package: %s\n" % known[package]
        if method:
            text += "method: %s\n" % method
        if options:
            text += "options: %s\n" % json.dumps(options)
        text += "backup:\n  kind: %s\n" % backup
        text += "  directory: /backup\n" if backup == "cold-copy" else "  reason: a test\n"
        (self.folder / "profile.yaml").write_text(text)

    def start(self, verb, *options):
        argv = ["--profile", self.folder / "profile.yaml", "--data-dir", self.data, "--json"]
        argv += ["--known-hosts", self.knownHosts, "--accept-warnings", "a test", *options]
        kw = {}
        if self.secrets is not None:
            reader, writer = os.pipe()
            os.write(writer, self.secrets.encode())
            os.close(writer)
            argv += ["--secrets-fd", reader]
            kw["pass_fds"] = (reader,)
        process = self.lab.start(
            programPath(),
            *map(str, argv),
            verb,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            **kw,
        )
        if kw:
            os.close(kw["pass_fds"][0])
        return ProgramRun(process)

    def onTerminal(self, verb, answers, limit=240):
        """Runs the program on a terminal, without --json; answers: prompt → what is typed.

        Returns all that the terminal showed, and the exit code as its last line.
        """
        argv = ["--profile", self.folder / "profile.yaml", "--data-dir", self.data]
        argv += ["--known-hosts", self.knownHosts, "--accept-warnings", "a test", verb]
        master, slave = os.openpty()
        process = self.lab.start(
            "setsid", "-c", programPath(), *map(str, argv), stdin=slave, stdout=slave, stderr=slave
        )
        os.close(slave)
        shown, left, deadline = "", dict(answers), time.monotonic() + limit
        try:
            while time.monotonic() < deadline and select.select([master], [], [], limit)[0]:
                try:
                    shown += os.read(master, 65536).decode(errors="replace")
                except OSError:
                    break  # nobody has the terminal open any more
                for prompt in [p for p in left if p in shown]:
                    os.write(master, left.pop(prompt).encode() + b"\n")
        finally:
            if time.monotonic() >= deadline:
                process.kill()
            code = process.wait()
            os.close(master)
        return "%s\n[exit code %d]\n" % (shown, code)

    def run(self, verb, *options, limit=LIMIT):
        with self.start(verb, *options) as program:
            program.end(limit)
        return program


class ProgramRun:
    """A started program; the with statement ends it if it still runs."""

    def __init__(self, process):
        self.process, self.code = process, None
        self.events, self.noise = [], ""
        self.begun, self.seconds = time.monotonic(), None
        self._hold = None
        self._changed = threading.Condition()
        self._readers = [
            threading.Thread(target=work, daemon=True) for work in (self._read, self._readNoise)
        ]
        for reader in self._readers:
            reader.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for reader in self._readers:
            reader.join(10)

    def _read(self):
        for line in self.process.stdout:
            event = json.loads(line)
            if self._hold and self._hold.items() <= event.items():
                self.signal(signal.SIGSTOP)
                self._hold = None
            with self._changed:
                self.events.append(event)
                self._changed.notify_all()
        with self._changed:
            self.events.append({"event": "end-of-output"})
            self._changed.notify_all()

    def _readNoise(self):
        self.noise = self.process.stderr.read()

    def signal(self, number):
        self.process.send_signal(number)

    def holdAt(self, event, **fields):
        """SIGSTOP at once when this event comes; go on with SIGCONT."""
        self._hold = {"event": event, **fields}

    def kill(self):
        """kill -9, as a crash of the program would be."""
        self.signal(signal.SIGKILL)
        self.process.wait()

    def end(self, limit=LIMIT):
        try:
            self.code = self.process.wait(limit)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError("Not over after %s s.\n%s" % (limit, self.story())) from None
        self.seconds = time.monotonic() - self.begun
        for reader in self._readers:
            reader.join(10)
        return self.code

    def all(self, event, **fields):
        """Events with these fields; "code" is also looked for in the event's error."""
        wanted = {"event": event, **fields}

        def value(e, key):
            found = e.get("error") if key == "code" and "error" in e else e
            return found.get(key)

        return [e for e in self.events if all(value(e, k) == v for k, v in wanted.items())]

    def waitFor(self, event, seconds, **fields):
        """The first such event, also one that has come already."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while not (found := self.all(event, **fields)):
                if self.all("end-of-output") or time.monotonic() > deadline:
                    raise AssertionError(
                        "No event %s %s within %s s.\n%s" % (event, fields, seconds, self.story())
                    )
                self._changed.wait(0.5)
        return found[0]

    def steps(self):
        """Ids of the steps that have been done by this process, in order."""
        return [e["step"] for e in self.all("step-finished") if e["stepState"] == "done"]

    def codes(self):
        """Error codes told, and those of checks that block."""
        told = [e["code"] for e in self.all("error")]
        told += [e["error"]["code"] for e in self.events if isinstance(e.get("error"), dict)]
        return told + [e["id"] for e in self.all("check", status="blocked")]

    def story(self):
        """The last events, for the message of a failed assertion."""
        dull = ("facts", "check", "plan", "step-output", "step-progress", "method")
        last = [json.dumps(e)[:400] for e in self.events if e["event"] not in dull][-25:]
        return "\n".join([*last, self.noise[-2000:]])
