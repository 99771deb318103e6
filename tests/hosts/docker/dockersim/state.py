"""What the engine keeps, below /var/lib/docker of its host, and the lock around it."""
import contextlib
import fcntl
import json
import os
import time

BASE = "/var/lib/docker"
KWSIM = "/etc/kwsim"


class DockerError(Exception):
    """`code` is the exit code; the text goes to stderr as it is."""

    def __init__(self, text, code=1):
        super().__init__(text)
        self.code = code


def daemon_error(text, code=1):
    return DockerError("Error response from daemon: " + text, code)


def path(*parts):
    return os.path.join(BASE, *parts)


def fault(name):
    """The parameter of a fault that is on ('' without one), or None."""
    try:
        with open(os.path.join(KWSIM, "fault", name), encoding="utf-8") as f:
            return f.read().strip()
    except OSError:
        return None


def own_address():
    try:
        with open(os.path.join(KWSIM, "address"), encoding="ascii") as f:
            return f.read().strip()
    except OSError:
        return "127.0.0.1"


def time_scale():
    try:
        with open(os.path.join(KWSIM, "time-scale"), encoding="ascii") as f:
            return max(0.001, float(f.read()))
    except (OSError, ValueError):
        return 1.0


def now():
    """2026-11-22T19:06:00.123456789Z"""
    nanos = time.time_ns()
    whole = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(nanos // 10**9))
    return f"{whole}.{nanos % 10**9:09d}Z"


def seconds_of(stamp):
    import calendar

    whole = calendar.timegm(time.strptime(stamp[:19], "%Y-%m-%dT%H:%M:%S"))
    return whole + float("0" + stamp[19:].rstrip("Z") if len(stamp) > 20 else 0)


NEVER = "0001-01-01T00:00:00Z"


def new_id():
    return os.urandom(32).hex()


_depth = 0


@contextlib.contextmanager
def locked():
    """Alone with the engine's files; may be nested."""
    global _depth
    if _depth:
        yield
        return
    os.makedirs(BASE, exist_ok=True)
    with open(path(".lock"), "w", encoding="ascii") as f:
        fcntl.flock(f, fcntl.LOCK_EX)
        _depth += 1
        try:
            yield
        finally:
            _depth -= 1


def read(*parts, default=None):
    try:
        with open(path(*parts), encoding="utf-8") as f:
            return json.load(f)
    except (OSError, ValueError):
        return default


def write(value, *parts):
    target = path(*parts)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target + ".new", "w", encoding="utf-8") as f:
        json.dump(value, f)
    os.replace(target + ".new", target)


def check_daemon(request):
    """Refusals of a daemon that is not there or not ours to ask."""
    if fault("docker-down") is not None:
        raise DockerError(
            "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. "
            "Is the docker daemon running?"
        )
    if fault("docker-denied") is not None and not os.environ.get("SUDO_USER"):
        raise DockerError(
            "permission denied while trying to connect to the Docker daemon socket at "
            'unix:///var/run/docker.sock: Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.24/'
            f'{request}": dial unix /var/run/docker.sock: connect: permission denied'
        )
