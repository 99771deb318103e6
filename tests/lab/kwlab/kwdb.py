"""Puts the KWDB stand-ins on the hosts: real packages, a real unit, a cluster that is live."""

from kwlab import settings as s
from kwlab.shell import LabError

SEED = s.PROJECT / "tests/hosts/seed-host"


def install(members, topology, version):
    if not SEED.exists():
        raise LabError("The KWDB stand-ins are not there (%s); use --bare." % SEED)
    raise LabError("The KWDB stand-ins cannot be installed yet; use --bare.")
