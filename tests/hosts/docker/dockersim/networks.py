"""Networks by name only: there is one network on a demo host, its own."""
from . import state
from .state import daemon_error

BUILT_IN = ("bridge", "host", "none")


def names():
    return [*BUILT_IN, *state.read("networks.json", default=[])]


def create(name):
    with state.locked():
        if name in names():
            raise daemon_error(f"network with name {name} already exists")
        state.write([n for n in names() if n not in BUILT_IN] + [name], "networks.json")


def remove(name):
    from . import containers

    with state.locked():
        if name in BUILT_IN:
            raise daemon_error(f"{name} is a pre-defined network and cannot be removed")
        if name not in names():
            raise daemon_error(f"network {name} not found")
        users = [c for c in containers.everything()
                 if c["State"]["Running"] and name in c["NetworkSettings"]["Networks"]]
        if users:
            raise daemon_error(f"error while removing network: network {name} has active endpoints")
        state.write([n for n in names() if n not in BUILT_IN and n != name], "networks.json")


def check(mode):
    """What the engine says when a container is to start on a network that is not there."""
    if mode not in ("default", "") and ":" not in mode and mode not in names():
        raise daemon_error(f"network {mode} not found", 125)


def endpoint(identity, name, options):
    """One entry of NetworkSettings.Networks, as long as the container has not been started."""
    aliases = options.get("network-alias", options.get("alias", []))
    if name not in BUILT_IN:
        aliases = [*aliases, identity[:12]]
    address = {k: options[o] for k, o in (("IPv4Address", "ip"), ("IPv6Address", "ip6")) if o in options}
    return {
        "IPAMConfig": address or None,
        "Links": None,
        "Aliases": aliases or None,
        "NetworkID": "",
        "EndpointID": "",
        "Gateway": "",
        "IPAddress": "",
        "IPPrefixLen": 0,
        "IPv6Gateway": "",
        "GlobalIPv6Address": "",
        "GlobalIPv6PrefixLen": 0,
        "MacAddress": "",
        "DriverOpts": None,
    }


def connect(name, container, options):
    from . import containers

    with state.locked():
        if name not in names():
            raise daemon_error(f"network {name} not found")
        fresh = containers.load(container["Id"])
        known = fresh["NetworkSettings"]["Networks"]
        if name in known:
            raise daemon_error(
                f"endpoint with name {fresh['Name'][1:]} already exists in network {name}")
        known[name] = endpoint(fresh["Id"], name, options)
        containers.store(fresh)


def disconnect(name, container):
    from . import containers

    with state.locked():
        fresh = containers.load(container["Id"])
        if name not in fresh["NetworkSettings"]["Networks"]:
            raise daemon_error(
                f"container {fresh['Id']} is not connected to network {name}")
        del fresh["NetworkSettings"]["Networks"][name]
        containers.store(fresh)
