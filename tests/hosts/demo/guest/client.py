"""What systemctl says: asking init, `show` in systemd's own order, the text of `status`."""
import json
import os
import socket
import sys
import time

import journal
from service import describe

SOCKET = "/run/systemd/private"
CHANGED = (
    "Warning: The unit file, source configuration file or drop-ins of {0} changed on disk. "
    "Run 'systemctl daemon-reload' to reload units."
)


def ask(verb, unit, **more):
    with socket.socket(socket.AF_UNIX) as s:
        try:
            s.connect(SOCKET)
        except OSError:
            print("Failed to connect to bus: No such file or directory", file=sys.stderr)
            sys.exit(1)
        with s.makefile("rw", encoding="utf-8") as stream:
            stream.write(json.dumps(dict(more, verb=verb, unit=unit)) + "\n")
            stream.flush()
            return json.loads(stream.readline() or '{"rc": 1, "text": "Connection reset by peer"}')


def unit_file_state(facts):
    link = "/etc/systemd/system/multi-user.target.wants/" + facts["name"]
    return "enabled" if os.path.islink(link) else "disabled"


def date(seconds):
    return time.strftime("%a %Y-%m-%d %H:%M:%S %Z", time.localtime(seconds)) if seconds else ""


def properties(facts):
    """In the order in which systemctl prints them, whatever the order they were asked for."""
    values = facts["values"]
    first = {key: (values.get(key) or [""])[-1] for key in values}
    loaded = facts["loaded"]
    exec_start = first.get("ExecStart", "")
    return [
        ("Type", first.get("Type", "simple")),
        ("Restart", first.get("Restart", "no")),
        ("TimeoutStopUSec", "1min 30s"),
        ("MainPID", facts["main_pid"]),
        ("Result", facts["result"]),
        ("NRestarts", 0),
        ("ExecMainStartTimestamp", date(facts["started"])),
        ("ExecMainExitTimestamp", date(facts["exited"])),
        ("ExecMainPID", facts["exec_pid"]),
        ("ExecMainCode", facts["exec_code"]),
        ("ExecMainStatus", facts["exec_status"]),
        (
            "ExecStart",
            "{ path=%s ; argv[]=%s ; ignore_errors=no }" % (exec_start.split(" ")[0], exec_start)
            if exec_start
            else "",
        ),
        ("ControlGroup", "/system.slice/" + facts["name"] if facts["main_pid"] else ""),
        (
            "EnvironmentFiles",
            first["EnvironmentFile"] + " (ignore_errors=no)" if "EnvironmentFile" in first else "",
        ),
        ("WorkingDirectory", first.get("WorkingDirectory", "")),
        ("User", first.get("User", "")),
        ("Group", first.get("Group", "")),
        ("KillMode", first.get("KillMode", "control-group")),
        ("Id", facts["name"]),
        ("Names", facts["name"]),
        ("Description", first.get("Description", facts["name"])),
        ("LoadState", "loaded" if loaded else "not-found"),
        ("ActiveState", facts["active"]),
        ("SubState", facts["sub"]),
        ("FragmentPath", facts["path"]),
        ("UnitFileState", unit_file_state(facts) if loaded else ""),
        ("UnitFilePreset", "enabled" if loaded else ""),
        ("StateChangeTimestamp", date(facts["changed"])),
        ("ActiveEnterTimestamp", date(facts["started"])),
        ("NeedDaemonReload", "yes" if facts["changed_on_disk"] else "no"),
    ]


def show(unit, wanted, only_value):
    for key, value in properties(ask("show", unit)["unit"]):
        if not wanted or key in wanted:
            print(value if only_value else f"{key}={value}")


def span(seconds):
    """352ms, 18s, 1min 4s, 2h 5min."""
    if seconds < 1:
        return f"{int(seconds * 1000)}ms"
    whole = int(seconds)
    if whole < 60:
        return f"{whole}s"
    if whole < 3600:
        return f"{whole // 60}min" + (f" {whole % 60}s" if whole % 60 else "")
    return f"{whole // 3600}h" + (f" {whole % 3600 // 60}min" if whole % 3600 // 60 else "")


def _active_line(facts):
    ago = f"since {date(facts['changed'])}; {span(time.time() - facts['changed'])} ago"
    if facts["active"] == "inactive":
        return "inactive (dead)"
    if facts["active"] == "failed":
        return f"failed (Result: {facts['result']}) {ago}"
    return f"{facts['active']} ({facts['sub']}) {ago}"


def _duration(facts):
    if facts["active"] != "failed" or not facts["exited"]:
        return
    took = facts["exited"] - facts["started"]
    print(f"   Duration: {took:.3f}s" if took >= 1 else f"   Duration: {int(took * 1000)}ms")


def _processes(facts):
    for label, pid, command, status in facts["history"]:
        if status is not None:
            print(f"    Process: {pid} {label}={command} ({describe(status, True)})")
    if facts["main_pid"]:
        with open(f"/proc/{facts['main_pid']}/comm", encoding="utf-8") as f:
            print(f"   Main PID: {facts['main_pid']} ({f.read().strip()})")
    elif facts["exec_pid"]:
        last = [h[3] for h in facts["history"] if h[1] == facts["exec_pid"]][0]
        print(f"   Main PID: {facts['exec_pid']} ({describe(last, True)})")
    if facts["processes"]:
        print(f"     CGroup: /system.slice/{facts['name']}")
        width = len(str(facts["processes"][-1][0]))
        for i, (pid, command) in enumerate(facts["processes"]):
            branch = "└─" if i + 1 == len(facts["processes"]) else "├─"
            print(f"             {branch}{pid:>{width}} {command}")


def status(unit, lines):
    facts = ask("show", unit)["unit"]
    if not facts["loaded"] and facts["active"] == "inactive":
        print(f"Unit {unit} could not be found.", file=sys.stderr)
        return 4
    if facts["changed_on_disk"]:
        print(CHANGED.format(unit), file=sys.stderr)
    description = (facts["values"].get("Description") or [unit])[-1]
    dot = {"inactive": "○", "failed": "×"}.get(facts["active"], "●")
    print(f"{dot} {unit} - {description}")
    print(f"     Loaded: loaded ({facts['path']}; {unit_file_state(facts)}; preset: enabled)")
    print(f"     Active: {_active_line(facts)}")
    if facts["active"] != "inactive":
        _duration(facts)
        _processes(facts)
        rows = [r for r in journal.read() if float(r[0]) >= facts["started"] - 60][-lines:]
        if rows and lines:
            print()
            print("\n".join(journal.render(r) for r in rows))
    return 0 if facts["active"] in ("active", "activating") else 3
