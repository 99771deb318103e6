"""Addresses inside a container that has no network of its own (demo hosts).

KWSIM_NETWORK="OWN;26257=36257,8080=8080" says which port of the host's address OWN stands for a port of the
container; "OWN;*" is a container that uses the host's network. Ports that are not published get a free one,
which others in the container find in /run/kwsim-ports.
"""
import os
import socket

PORTS = os.environ.get("KWSIM_PORTS", "/run/kwsim-ports")
_INSIDE = ("0.0.0.0", "127.0.0.1", "localhost", "::", "")


def _map():
    own, _, pairs = os.environ.get("KWSIM_NETWORK", "").partition(";")
    if not own:
        return None, {}
    if pairs == "*":
        return own, None
    return own, {int(a): int(b) for a, b in (p.split("=") for p in pairs.split(",") if p)}


def to_bind(host, port):
    own, ports = _map()
    if own is None or host not in _INSIDE:
        return host, port
    return own, port if ports is None else ports.get(port, 0)


def bound(port, sock):
    """Remembers where an unpublished port really is."""
    own, ports = _map()
    if own is None or ports is None or port in ports:
        return
    os.makedirs(PORTS, exist_ok=True)
    with open(os.path.join(PORTS, str(port)), "w", encoding="ascii") as f:
        f.write(str(sock.getsockname()[1]))


def to_dial(host, port):
    own, ports = _map()
    if own is None or host not in _INSIDE:
        return host, port
    if ports is None or port in ports:
        return own, port if ports is None else ports[port]
    try:
        with open(os.path.join(PORTS, str(port)), encoding="ascii") as f:
            return own, int(f.read())
    except (OSError, ValueError):
        return own, 1  # nobody listens
