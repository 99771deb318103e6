"""Make /proc/PID/cmdline read like the original's: without the interpreter in front."""
import sys


def hide_interpreter():
    """Rewrite this process's argument area in place. Harmless where it cannot be done."""
    try:
        import ctypes
        with open("/proc/self/stat", encoding="ascii", errors="replace") as f:
            fields = f.read().rpartition(")")[2].split()
        start, end = int(fields[45]), int(fields[46])
        with open("/proc/self/cmdline", "rb") as f:
            old = f.read()
        new = b"\0".join(a.encode() for a in sys.argv) + b"\0"
        # Only an area that is exactly what this process was started with is touched.
        if not start or end - start != len(old) or not old.endswith(new):
            return
        ctypes.memmove(start, new.ljust(len(old), b"\0"), len(old))
    except (OSError, ImportError, ValueError, IndexError):
        return
