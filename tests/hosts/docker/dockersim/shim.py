#!/usr/bin/python3 -IS
"""shim.py CONTAINER FD : stays beside a running container: log, exit code, restarts, removal.

Says `ok` on FD when the container's first process runs, or why it does not. Its parent leaves at once.
"""
import ctypes
import json
import os
import pty
import signal
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), ".."))

from dockersim import containers, sandbox, state  # noqa: E402

CREATE_FAILED = (
    "failed to create task for container: failed to create shim task: OCI runtime create failed: "
    "runc create failed: unable to start container process: "
)


class Shim:
    def __init__(self, identity):
        self.identity = identity
        self.container = containers.load(identity)
        self.log_lock = threading.Lock()

    def _child(self, outputs, report):
        """Process 1 of the container; never returns."""
        try:
            os.setsid()
            root = containers.rootfs(self.identity)
            sandbox.enter_new(self.container, root, state.own_address())
            sandbox.limits(self.container)
            env = sandbox.environment(self.container, containers.network_map(self.container))
            words = [self.container["Path"], *self.container["Args"]]
            file, complaint = sandbox.program(words[0], env.get("PATH", ""))
            if complaint:
                raise OSError(0, complaint)
            if not self.container["Config"]["OpenStdin"]:
                os.dup2(os.open("/dev/null", os.O_RDONLY), 0)
            os.dup2(outputs[0], 1)
            os.dup2(outputs[1], 2)
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGPIPE, signal.SIGHUP):
                signal.signal(number, signal.SIG_DFL)
            os.set_inheritable(report, False)
            os.closerange(3, report)
            os.closerange(report + 1, 256)
            os.execve(file, words, env)
        except OSError as e:
            os.write(report, (CREATE_FAILED + (e.strerror or str(e))).encode())
        except BaseException as e:  # whatever it was: this must not go on as a second shim
            os.write(report, f"{CREATE_FAILED}{e!r}".encode())
        os._exit(127)

    def run_once(self):
        """Starts the process: (pid, None) or (0, complaint)."""
        report, child_report = os.pipe()
        if self.container["Config"]["Tty"]:
            master, slave = pty.openpty()
            sources, outputs = [(master, "stdout")], (slave, slave)
        else:
            out, err = os.pipe(), os.pipe()
            sources, outputs = [(out[0], "stdout"), (err[0], "stderr")], (out[1], err[1])
        own = os.open("/proc/self/ns/pid", os.O_RDONLY)
        sandbox.unshare(sandbox.CLONE_NEWPID)
        pid = os.fork()
        if pid == 0:
            os.close(report)
            self._child(outputs, child_report)
        sandbox.setns(own, sandbox.CLONE_NEWPID)  # threads cannot be made otherwise
        os.close(own)
        os.close(child_report)
        for fd in set(outputs):
            os.close(fd)
        with os.fdopen(report, encoding="utf-8") as f:
            complaint = f.read()
        if complaint:
            os.waitpid(pid, 0)
            return 0, complaint
        self.readers = [
            threading.Thread(target=self._follow, args=source, daemon=True) for source in sources
        ]
        for reader in self.readers:
            reader.start()
        return pid, None

    def _follow(self, fd, stream):
        rest = b""
        while True:
            try:
                data = os.read(fd, 65536)
            except OSError:  # the terminal has no writer any more
                data = b""
            if not data:
                break
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                self._log(line + b"\n", stream)
        if rest:
            self._log(rest, stream)
        os.close(fd)

    def _log(self, line, stream):
        entry = {"log": line.decode(errors="replace"), "stream": stream, "time": state.now()}
        with self.log_lock, open(self.container["LogPath"], "a", encoding="utf-8") as f:
            f.write(json.dumps(entry, ensure_ascii=False) + "\n")

    def update(self, **changes):
        with state.locked():
            fresh = containers.load(self.identity)
            if fresh is None:
                return
            fresh["State"].update(changes)
            containers.store(fresh)
            self.container = fresh

    def exited(self, status):
        code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)
        for reader in self.readers:
            reader.join(2)
        return code

    def wants_restart(self, code, runs):
        if os.path.exists(containers.folder(self.identity, "stopped")):
            return False
        fresh = containers.load(self.identity)  # `docker update` may have changed it
        if fresh is None:
            return False
        policy = fresh["HostConfig"]["RestartPolicy"]
        if policy["Name"] in ("always", "unless-stopped"):
            return True
        most = policy["MaximumRetryCount"]
        return policy["Name"] == "on-failure" and code != 0 and (not most or runs <= most)


def main(identity, fd):
    shim = Shim(identity)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    stopped = containers.folder(identity, "stopped")
    if os.path.exists(stopped):
        os.unlink(stopped)
    ctypes.CDLL(None).prctl(15, b"containerd-shim", 0, 0, 0)
    state.write([os.getpid(), containers.start_time(os.getpid())],
                "containers", identity, "shim.json")
    runs, wait = 0, 0.1
    while True:
        pid, complaint = shim.run_once()
        if complaint:
            if runs == 0:
                os.write(fd, complaint.encode())
            else:
                shim.update(Status="exited", Running=False, Restarting=False, Pid=0, ExitCode=127,
                            Error=complaint, FinishedAt=state.now())
            return
        running = {"Status": "running", "Running": True, "Restarting": False, "Pid": pid,
                   "ExitCode": 0, "StartedAt": state.now()}
        if runs == 0:
            # `docker start` holds the lock and waits for us: this is written in its name.
            shim.container["State"].update(running)
            containers.store(shim.container)
            os.write(fd, b"ok\n")
            os.close(fd)
        else:
            shim.update(**running)
        code = shim.exited(os.waitpid(pid, 0)[1])
        runs += 1
        if not shim.wants_restart(code, runs):
            break
        shim.update(Status="restarting", Restarting=True, Pid=0, ExitCode=code,
                    FinishedAt=state.now())
        with state.locked():
            fresh = containers.load(identity)
            fresh["RestartCount"] = runs
            containers.store(fresh)
        time.sleep(wait)
        wait = min(wait * 2, 60)
        if os.path.exists(stopped):
            break
    shim.update(Status="exited", Running=False, Restarting=False, Pid=0, ExitCode=code,
                FinishedAt=state.now())
    if shim.container["HostConfig"]["AutoRemove"]:
        state.write(code, "exits", identity + ".json")  # for who is attached
        containers.remove(identity, with_volumes=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
