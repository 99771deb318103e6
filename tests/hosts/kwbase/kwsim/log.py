"""Server log in <store>/logs, in the original's line format."""
import os
import socket
import threading
import time

from . import clock


class Log:
    def __init__(self, directory):
        os.makedirs(directory, exist_ok=True)
        host = socket.gethostname().split(".")[0] or "localhost"
        try:
            import pwd
            user = pwd.getpwuid(os.getuid()).pw_name
        except KeyError:
            user = "unknown"
        name = time.strftime(f"kwbase.{host}.{user}.%Y-%m-%dT%H_%M_%SZ.{os.getpid():06d}.log",
                             time.gmtime())
        self._file = open(os.path.join(directory, name), "a", encoding="utf-8", buffering=1)
        link = os.path.join(directory, "kwbase.log")
        try:
            if os.path.lexists(link):
                os.unlink(link)
            os.symlink(name, link)
        except OSError:
            pass  # the log itself is what matters
        self._lock = threading.Lock()

    def write(self, level, source, text, task=1):
        with self._lock:
            self._file.write(f"{level}{clock.log_stamp(clock.now())} {task} {source}  {text}\n")

    def info(self, source, text, task=1):
        self.write("I", source, text, task)
