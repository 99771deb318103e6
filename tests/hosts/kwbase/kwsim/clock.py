"""Time as the node sees it, and its spellings in output and logs."""
import time

from . import faults

SKEW = faults.number("clock-skew", 1.0) or 0.0


def now():
    return time.time() + SKEW


def stamp(seconds):
    """Wire spelling of a TIMESTAMP: microseconds without trailing zeros."""
    micros = round(seconds * 1e6)
    whole = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(micros // 1000000))
    fraction = f"{micros % 1000000:06d}".rstrip("0")
    return whole + ("." + fraction if fraction else "")


def log_stamp(seconds):
    micros = int(seconds * 1e6)
    return (time.strftime("%y%m%d %H:%M:%S", time.gmtime(micros // 1000000))
            + f".{micros % 1000000:06d}")


def unique_id(node):
    """Like KWDB's unique_rowid(): time, then node."""
    return (int((now() - 1420070403) * 1e5) << 15) | node


def parse_duration(text):
    """Seconds of '30m', '1h30m0s', '75s', '01:30:00'; ValueError for anything else."""
    import re
    text = text.strip()
    if re.fullmatch(r"\d+:\d\d:\d\d(\.\d+)?", text):
        hours, minutes, seconds = text.split(":")
        return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    units = {"h": 3600, "m": 60, "s": 1, "ms": 0.001, "us": 1e-6, "d": 86400}
    parts = re.findall(r"(\d+(?:\.\d+)?)(ms|us|h|m|s|d)", text)
    if not parts or "".join(n + u for n, u in parts) != text:
        if text == "0":
            return 0.0
        raise ValueError(text)
    return sum(float(n) * units[u] for n, u in parts)


def parse_interval(text):
    """Seconds of an INTERVAL literal: '7 days', '1 hour 30 minutes', '01:30:00', '90s'."""
    import re
    units = {"day": 86400, "hour": 3600, "minute": 60, "second": 1, "week": 604800}
    parts = re.findall(r"(\d+(?:\.\d+)?)\s*(week|day|hour|minute|second)s?", text.lower())
    if parts:
        return sum(float(n) * units[u] for n, u in parts)
    return parse_duration(text)


def parse_stamp(text):
    """Seconds since the epoch of a TIMESTAMP literal (UTC); ValueError for anything else."""
    import calendar
    import re
    m = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d:\d\d)(\.\d+)?)?"
                     r"(?:Z|[+-]00(?::00)?)?", text.strip())
    if not m:
        raise ValueError(text)
    day = time.strptime(f"{m[1]} {m[2] or '00:00:00'}", "%Y-%m-%d %H:%M:%S")
    return calendar.timegm(day) + float(m[3] or 0)


def go_duration(seconds):
    """30m0s, as settings store and list it."""
    if not seconds:
        return "0s"
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    text = f"{rest:g}s"
    if hours:
        return f"{int(hours)}h{int(minutes)}m{text}"
    return f"{int(minutes)}m{text}" if minutes else text


def interval(seconds):
    """00:30:00, as SHOW CLUSTER SETTING displays it."""
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    text = f"{int(hours):02d}:{int(minutes):02d}:{int(rest):02d}"
    micros = round(rest % 1 * 1e6)
    return text + (f".{micros:06d}".rstrip("0") if micros else "")
