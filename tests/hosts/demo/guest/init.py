#!/usr/bin/python3 -IS
"""Process 1 of a demo host: reaps, keeps services, answers systemctl on /run/systemd/private.

One request per connection: a JSON object {"verb", "unit", …} and its answer, both ended by a newline.
"""
import ctypes
import fcntl
import json
import os
import resource
import signal
import socket
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))

import journal  # noqa: E402
from service import Service  # noqa: E402

SOCKET = "/run/systemd/private"


class Processes:
    """Forking and waiting. The main thread alone reaps; others wait here for a status."""

    def __init__(self):
        self.cond = threading.Condition()
        self.statuses = {}
        self.mine = set()

    def fork(self, argv, env, folder, own_session, nofile):
        read_end, write_end = os.pipe()
        with self.cond:
            pid = os.fork()
            if pid == 0:
                _child(argv, env, folder, own_session, nofile, write_end)
            self.mine.add(pid)
        os.close(write_end)
        ident = os.path.basename(argv[0]) if argv else "?"
        threading.Thread(target=journal.follow, args=(read_end, ident, pid), daemon=True).start()
        return pid

    def ended(self, pid, status):
        with self.cond:
            if pid in self.mine:
                self.mine.discard(pid)
                self.statuses[pid] = status
                self.cond.notify_all()

    def wait(self, pid):
        with self.cond:
            self.cond.wait_for(lambda: pid in self.statuses)
            return self.statuses.pop(pid)

    @staticmethod
    def comm(pid):
        try:
            with open(f"/proc/{pid}/comm", encoding="utf-8", errors="replace") as f:
                return f.read().strip()
        except OSError:
            return "n/a"

    @staticmethod
    def of_session(session):
        found = []
        for name in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as f:
                    fields = f.read().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == session and fields[0] != "Z":
                found.append(int(name))
        return sorted(found)


def _child(argv, env, folder, own_session, nofile, output):
    """The child's side of fork(): never returns. 200 and 203 are systemd's codes."""
    try:
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGPIPE, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        if own_session:
            os.setsid()
        if nofile:
            resource.setrlimit(resource.RLIMIT_NOFILE, (nofile, nofile))
        null = os.open("/dev/null", os.O_RDONLY)
        os.dup2(null, 0)
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.closerange(3, 256)
        try:
            os.chdir(folder)
        except OSError:
            os._exit(200)
        os.execve(argv[0], argv, env)
    except BaseException:  # whatever it was: the child must not go on as a second init
        pass
    os._exit(203)


class Manager:
    def __init__(self):
        self.processes = Processes()
        self.services = {}
        self.lock = threading.Lock()

    def service(self, name):
        with self.lock:
            if name not in self.services:
                self.services[name] = Service(name, self.processes)
            return self.services[name]

    def ended(self, pid, status):
        for service in list(self.services.values()):
            service.exited_process(pid, status)
        self.processes.ended(pid, status)

    def answer(self, request):
        verb, name = request["verb"], request.get("unit", "")
        if verb == "daemon-reload":
            for service in list(self.services.values()):
                service.reload()
            return {"rc": 0}
        service = self.service(name)
        if verb == "show":
            return {"rc": 0, "unit": _facts(service)}
        changed = service.changed_on_disk()
        if verb == "start":
            rc, text = service.start()
        elif verb == "stop":
            rc, text = service.stop()
        elif verb == "restart":
            rc, text = service.stop()
            rc, text = (rc, text) if rc else service.start()
        elif verb == "kill":
            rc, text = _kill(service, request)
        elif verb == "reset-failed":
            if service.active == "failed":
                service._forget()
            rc, text = 0, ""
        else:
            rc, text = 1, f"Unknown command verb {verb}."
        return {"rc": rc, "text": text, "changed": changed}


def _kill(service, request):
    if service.active == "inactive" and service.load() is None:
        return 1, f"Failed to kill unit {service.name}: Unit {service.name} not loaded."
    number = int(request["signal"])
    if request.get("who") != "main":
        service.signal_all(number)
        return 0, ""
    if not service.main_pid:
        return 1, (f"Failed to kill unit {service.name}: No main process to kill")
    os.kill(service.main_pid, number)
    return 0, ""


def _facts(service):
    unit = service.load()
    facts = {
        "loaded": unit is not None,
        "name": service.name,
        "path": unit.path if unit else "",
        "values": unit.values if unit else {},
        "changed_on_disk": service.changed_on_disk(),
        "processes": [[p, _command_line(p)] for p in service.pids()],
    }
    for key in (
        "active",
        "sub",
        "result",
        "main_pid",
        "exec_pid",
        "exec_code",
        "exec_status",
        "started",
        "changed",
        "exited",
        "history",
    ):
        facts[key] = getattr(service, key)
    return facts


def _command_line(pid):
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as f:
            return f.read().replace(b"\0", b" ").strip().decode(errors="replace")
    except OSError:
        return ""


def _serve(manager, connection):
    with connection, connection.makefile("rw", encoding="utf-8") as stream:
        try:
            answer = manager.answer(json.loads(stream.readline()))
        except (ValueError, KeyError, OSError) as e:
            answer = {"rc": 1, "text": str(e)}
        try:
            stream.write(json.dumps(answer) + "\n")
            stream.flush()
        except OSError:
            pass  # the asker has gone; the job was done all the same


def _listen(manager, server):
    while True:
        connection, _ = server.accept()
        threading.Thread(target=_serve, args=(manager, connection), daemon=True).start()


LOCKS = ("/var/lib/dpkg/lock-frontend", "/var/lib/dpkg/lock")
LOCK_FAULT = "/etc/kwsim/fault/dpkg-lock"


def _watch_lock_fault():
    """While the fault dpkg-lock is on, a process of its own holds the package manager's locks."""
    while True:
        if os.path.exists(LOCK_FAULT) and os.fork() == 0:
            _hold_locks()
        while os.path.exists(LOCK_FAULT):
            time.sleep(0.1)
        time.sleep(0.1)


def _hold_locks():
    try:
        ctypes.CDLL(None).prctl(15, b"unattended-upgr", 0, 0, 0)
        os.closerange(3, 256)
        held = [os.open(path, os.O_RDWR | os.O_CREAT, 0o640) for path in LOCKS]
        for fd in held:
            fcntl.lockf(fd, fcntl.LOCK_EX)
        while os.path.exists(LOCK_FAULT):
            time.sleep(0.1)
    finally:
        os._exit(0)


def main():
    ctypes.CDLL(None).prctl(15, b"systemd", 0, 0, 0)  # PR_SET_NAME
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    os.makedirs("/run/systemd/system", exist_ok=True)
    os.makedirs("/run/log", exist_ok=True)
    manager = Manager()
    server = socket.socket(socket.AF_UNIX)
    if os.path.exists(SOCKET):
        os.unlink(SOCKET)
    server.bind(SOCKET)
    server.listen(64)
    threading.Thread(target=_listen, args=(manager, server), daemon=True).start()
    threading.Thread(target=_watch_lock_fault, daemon=True).start()
    while True:
        signal.sigtimedwait([signal.SIGCHLD], 0.2)
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
            while pid:
                manager.ended(pid, status)
                pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            pass


if __name__ == "__main__":
    main()
