"""One service of a demo host: start, stop and bookkeeping with the results systemd 252 gives.

Every public method may block until its job is done; state is guarded by one condition. Processes belong to
the service when they are in the session of its main process (there are no control groups here).
"""
import os
import resource
import signal
import threading
import time

import journal
import unitfile

CLEAN_SIGNALS = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGPIPE)
JOB_FAILED = (
    "Job for {0} failed because the control process exited with error code.\n"
    'See "systemctl status {0}" and "journalctl -xeu {0}" for details.'
)


def time_scale():
    try:
        with open("/etc/kwsim/time-scale", encoding="ascii") as f:
            return max(0.001, float(f.read()))
    except (OSError, ValueError):
        return 1.0


class Service:
    def __init__(self, name, processes):
        self.name = name
        self.processes = processes  # of init: fork() and wait()
        self.cond = threading.Condition(threading.RLock())
        self.job = threading.Lock()
        self._forget()
        self.file = None

    def _forget(self):
        self.active, self.sub, self.result = "inactive", "dead", "success"
        self.main_pid = self.exec_pid = self.exec_code = self.exec_status = self.session = 0
        self.started = self.changed = self.exited = 0.0
        self.history = []  # (label, pid, command, status or None while it runs)

    # --- loading
    def load(self):
        """The unit file as known to the manager; an idle unit is read again each time."""
        path = unitfile.find(self.name)
        idle = self.active == "inactive"
        if path is None:
            if idle:
                self.file = None
            return self.file
        if self.file is None or idle:
            self.file = unitfile.UnitFile(path)
        return self.file

    def reload(self):
        path = unitfile.find(self.name)
        if path:
            self.file = unitfile.UnitFile(path)
        elif self.active == "inactive":
            self.file = None

    def changed_on_disk(self):
        if self.active == "inactive" or self.file is None:
            return False
        try:
            return os.stat(self.file.path).st_mtime != self.file.mtime
        except OSError:
            return True

    def title(self):
        text = self.file.last("Description") if self.file else ""
        return f"{self.name} - {text}" if text else self.name

    # --- processes
    def _log(self, text):
        journal.write("systemd", 1, text)

    def _spawn(self, label, command, env, own_session=False):
        prefix = command[:1] if command[:1] in "-@+!:" else ""
        argv = unitfile.arguments(command[len(prefix) :], env)
        pid = self.processes.fork(
            argv,
            env,
            self.file.last("WorkingDirectory", "/").lstrip("-"),
            own_session,
            _limits(self.file),
        )
        self.history.append([label, pid, command[len(prefix) :], None])
        return pid

    def _finished(self, pid, status):
        for entry in self.history:
            if entry[1] == pid:
                entry[3] = status

    def _control(self, label, command, env):
        """Runs ExecStartPre= or ExecStop=; True when it succeeded or its failure does not count."""
        pid = self._spawn(label, command, env)
        status = self.processes.wait(pid)
        self._finished(pid, status)
        if status == 0 or command.startswith("-"):
            return True
        self._log(f"{self.name}: Control process exited, {describe(status)}")
        return False

    def pids(self):
        return self.processes.of_session(self.session) if self.session else []

    def signal_all(self, number):
        for pid in self.pids():
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass

    def _environment(self):
        env = {
            "LANG": "C.UTF-8",
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin",
            "HOME": "/home/kaiwudb",
            "LOGNAME": "kaiwudb",
            "USER": "kaiwudb",
            "SHELL": "/bin/bash",
            "INVOCATION_ID": os.urandom(16).hex(),
        }
        env.update(self.file.environment())
        return env

    def _enter(self, active, sub):
        with self.cond:
            self.active, self.sub, self.changed = active, sub, time.time()
            self.cond.notify_all()

    # --- jobs
    def start(self):
        with self.job:
            if self.active in ("active", "activating"):
                return 0, ""
            self._forget()
            if self.load() is None:
                return 5, f"Failed to start {self.name}: Unit {self.name} not found."
            self._log(f"Starting {self.title()}...")
            return self._start()

    def _start(self):
        self._enter("activating", "start-pre")
        try:
            env = self._environment()
        except OSError as e:
            self._log(f"{self.name}: Failed to load environment files: {e.strerror}")
            return self._start_failed("resources")
        for command in self.file.all("ExecStartPre"):
            if not self._control("ExecStartPre", command, env):
                return self._start_failed("exit-code")
        with self.cond:
            pid = self._spawn("ExecStart", self.file.last("ExecStart"), env, own_session=True)
            self.main_pid = self.exec_pid = self.session = pid
            self.started = time.time()
            self._enter("active", "running")
        self._log(f"Started {self.title()}.")
        return 0, ""

    def _start_failed(self, result):
        self.result = result
        self._enter("failed", "failed")
        self._log(f"{self.name}: Failed with result '{result}'.")
        self._log(f"Failed to start {self.title()}.")
        return 1, JOB_FAILED.format(self.name)

    def stop(self):
        with self.job:
            if self.active not in ("active", "deactivating"):
                if self.active == "inactive" and self.load() is None:
                    return 5, f"Failed to stop {self.name}: Unit {self.name} not loaded."
                return 0, ""
            self._log(f"Stopping {self.title()}...")
            self._enter("deactivating", "stop")
            self._run_exec_stop()
            self._end_processes()
            self._settle(f"Stopped {self.title()}.")
            return 0, ""

    def _run_exec_stop(self):
        env = dict(os.environ)
        try:
            env = self._environment()
        except OSError:
            pass
        env["MAINPID"] = str(self.main_pid) if self.main_pid else ""
        for command in self.file.all("ExecStop"):
            if not self._control("ExecStop", command, env) and self.result == "success":
                self.result = "exit-code"

    def _end_processes(self):
        """systemd's own SIGTERM right after ExecStop=, SIGKILL when the time is over."""
        self._enter("deactivating", "stop-sigterm")
        self.signal_all(signal.SIGTERM)
        limit = unitfile.seconds(self.file.last("TimeoutStopSec"), 90)
        limit = None if limit is None else limit * time_scale()
        if self._wait_gone(limit):
            return
        self._log(f"{self.name}: State 'stop-sigterm' timed out. Killing.")
        for pid in self.pids():
            self._log(
                f"{self.name}: Killing process {pid} ({self.processes.comm(pid)}) with signal SIGKILL."
            )
        self.result = "timeout"
        self._enter("deactivating", "stop-sigkill")
        self.signal_all(signal.SIGKILL)
        self._wait_gone(10)

    def _wait_gone(self, limit):
        end = None if limit is None else time.monotonic() + limit
        while self.main_pid or self.pids():
            if end is not None and time.monotonic() > end:
                return False
            time.sleep(0.02)
        return True

    def _settle(self, last_words):
        if self.result == "success":
            self._log(f"{self.name}: Deactivated successfully.")
            if last_words:
                self._log(last_words)
            with self.cond:
                self._forget()  # a disabled idle unit is unloaded: its numbers are all zero again
                self.cond.notify_all()
            return
        self._log(f"{self.name}: Failed with result '{self.result}'.")
        self._enter("failed", "failed")
        if last_words:
            self._log(last_words)

    # --- called by init for every process that ended
    def exited_process(self, pid, status):
        with self.cond:
            if pid != self.main_pid:
                return
            self._finished(pid, status)
            self.main_pid = 0
            self.exited = time.time()
            self.exec_code = 1 if os.WIFEXITED(status) else 2
            self.exec_status = (
                os.WEXITSTATUS(status) if os.WIFEXITED(status) else os.WTERMSIG(status)
            )
            clean = status == 0 or (os.WIFSIGNALED(status) and os.WTERMSIG(status) in CLEAN_SIGNALS)
            if not clean:
                self._log(f"{self.name}: Main process exited, {describe(status)}")
                if self.result == "success":
                    self.result = "exit-code" if os.WIFEXITED(status) else "signal"
            unexpected = self.active == "active"
            self.cond.notify_all()
        if unexpected:
            threading.Thread(target=self._after_main, args=(clean,), daemon=True).start()

    def _after_main(self, clean):
        """The main process ended by itself: ExecStop= runs (with an empty MAINPID) when it ended well."""
        with self.job:
            if self.active != "active" or self.main_pid:
                return
            self._enter("deactivating", "stop" if clean else "stop-sigterm")
            if clean:
                self._run_exec_stop()
            self._end_processes()
            self._settle("")


def _limits(unit):
    wanted = unit.last("LimitNOFILE")
    if not wanted.isdigit():
        return None
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    value = int(wanted) if hard == resource.RLIM_INFINITY else min(int(wanted), hard)
    return value


NAMES = {
    0: "SUCCESS",
    1: "FAILURE",
    2: "INVALIDARGUMENT",
    3: "NOTIMPLEMENTED",
    4: "NOPERMISSION",
    5: "NOTINSTALLED",
    6: "NOTCONFIGURED",
    7: "NOTRUNNING",
    203: "EXEC",
    217: "USER",
    200: "CHDIR",
}


def describe(status, for_status=False):
    """code=exited, status=1/FAILURE. `systemctl status` names only the codes every program uses."""
    if os.WIFEXITED(status):
        code = os.WEXITSTATUS(status)
        named = code in NAMES and not (for_status and 2 <= code <= 7)
        return f"code=exited, status={code}" + (
            f"/{NAMES[code]}" if named else "" if for_status else "/n/a"
        )
    number = os.WTERMSIG(status)
    return f"code=killed, status={number}" + (f"/{signal.Signals(number).name[3:]}")
