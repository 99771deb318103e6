"""Running other programs: one error type, no shell."""

import subprocess


class LabError(Exception):
    """A sentence for the user; the lab's programs print it and exit 1."""


class LabSkip(LabError):
    """The lab cannot run here (not root, package missing): exit code 77."""


def run(*argv, check=True, text=True, **kw):
    """Runs argv to its end with stdout and stderr captured; raises LabError when it fails."""
    argv = [str(a) for a in argv]
    kw.setdefault("stdin", None if "input" in kw else subprocess.DEVNULL)
    if kw["stdin"] is None:
        kw.pop("stdin")
    done = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=text, **kw)
    if check and done.returncode != 0:
        raise LabError(
            "%s failed with exit code %d: %s"
            % (" ".join(argv), done.returncode, (done.stderr or done.stdout or "").strip()[-2000:])
        )
    return done
