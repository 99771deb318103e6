"""Faults and time scale: small files under /etc/kwsim (KWSIM_ETC overrides), read when needed."""
import os
import time

BASE = os.environ.get("KWSIM_ETC", "/etc/kwsim")


def text(name):
    """The parameter of a fault that is switched on ('' when it has none), or None."""
    try:
        with open(os.path.join(BASE, "fault", name), encoding="utf-8") as f:
            return f.read().strip()
    except OSError:
        return None


def on(name):
    return os.path.exists(os.path.join(BASE, "fault", name))


def number(name, default):
    """The parameter as a number; the default when it is empty or no number; None when off."""
    value = text(name)
    if value is None:
        return None
    try:
        return float(value)
    except ValueError:
        return default


def _read_scale():
    try:
        with open(os.path.join(BASE, "time-scale"), encoding="ascii") as f:
            return max(0.001, float(f.read().strip()))
    except (OSError, ValueError):
        return 1.0


SCALE = _read_scale()  # fixed for the life of a process: all nodes of a cluster must agree


def scaled(seconds):
    return seconds * SCALE


def pause(name, default):
    """Wait as long as a fault says: its parameter in seconds."""
    seconds = number(name, default)
    if seconds:
        time.sleep(scaled(seconds))
