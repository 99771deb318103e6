"""Commands that go over RPC: init, node upgrade, drain, quit, decommission, recommission, ls."""
import re
import sys

from . import pgclient, render, rpc
from .flags import CommandError

_TRANSIENT = ("initial connection heartbeat failed: rpc error: code = Unavailable desc = all "
              "SubConns are in TransientFailure, latest connection error: ")


def _connect(flags):
    where = pgclient.target(flags)
    pgclient.check_certificates(where)
    address = f"{where.host}:{where.port}"
    try:
        channel = rpc.Channel(address, where.insecure, pgclient.CONNECT_TIMEOUT)
    except rpc.Refused as e:
        if where.insecure:
            raise CommandError(
                "server closed the connection.\nIs this a KwDB node?\n\nIf the node is configured "
                "to require secure connections,\nremove --insecure and configure secure "
                "credentials instead.\n\nFailed to connect to the node: " + _TRANSIENT
                + "connection closed") from e
        raise CommandError("cannot establish secure connection to insecure server.\n"
                           "Maybe use --insecure?\n\nFailed to connect to the node: " + _TRANSIENT
                           + 'connection error: desc = "transport: authentication handshake '
                           'failed: tls: first record does not look like a TLS handshake"') from e
    except OSError as e:
        reason = f"dial tcp {address}: connect: {(e.strerror or 'i/o timeout').lower()}"
        text = pgclient.dial_error(where, e).text.rpartition("\n\n")[0]
        raise CommandError(f"{text}\n\nFailed to connect to the node: {_TRANSIENT}connection "
                           f'error: desc = "transport: Error while dialing {reason}"') from e
    channel.set_timeout(None)
    return channel


def _ask(channel, **message):
    try:
        return channel.call(**message)
    except rpc.RpcError as e:
        raise CommandError(str(e)) from e
    except (OSError, EOFError) as e:
        raise CommandError("server closed the connection.\nIs this a KwDB node?\n\n"
                           "rpc error: code = Unavailable desc = transport is closing") from e


def _node_id(text):
    if not re.fullmatch(r"-?\d+", text):
        raise CommandError(f'unable to parse {text}: strconv.ParseInt: parsing "{text}": '
                           "invalid syntax")
    return int(text)


def _node_ids(flags):
    if not flags.arguments:
        raise CommandError("requires at least 1 arg(s), only received 0")
    return [_node_id(a) for a in flags.arguments]


def init(flags):
    try:
        _ask(_connect(flags), op="init")
    except CommandError as e:
        if "already been initialized" not in e.text:
            raise
        from . import clock
        hint = "HINT: Please ensure all your start commands are using --join."
        text = f"ERROR: {e.text}"
        sys.stderr.write(f"*\n* ERROR: {text}\n* {hint}\n*\n"
                         f"E{clock.log_stamp(clock.now())} 1 cli/error.go:387  {text}\n{hint}\n")
        raise CommandError(f"{e.text}\n{hint}") from e
    print("Cluster successfully initialized")


def upgrade(flags):
    nodes = _node_ids(flags)
    channel = _connect(flags)
    for node in nodes:
        state = _ask(channel, op="status", node=node)["state"]
        if state is None:
            _terminated(f"cannot find status of node {node}")
        if state != "LIVE":
            _terminated(f"node {node} is not eligible to upgrade, check the node status and "
                        "upgrader later.")
        _ask(channel, op="upgrade", node=node)


def _terminated(why):
    text = f"Upgrade ternimated. Hint: {why}"
    raise CommandError(text, stdout=text + "\n")


def drain(flags, shutdown=False):
    channel = _connect(flags)
    channel.send(op="drain", shutdown=shutdown)
    text = "node is draining... remaining: {}\n"
    while True:
        answer = channel.receive()
        if "remaining" not in answer:
            break
        left = answer["remaining"]
        sys.stderr.write(text.format(left or "0 (complete)"))
        sys.stderr.flush()
    print("ok")


def quit(flags):  # named like the command
    drain(flags, shutdown=True)
    where = pgclient.target(flags)
    from . import clock
    sys.stderr.write(f"E{clock.log_stamp(clock.now())} 10 rpc/context.go:1029  removing connection"
                     f" to {where.host}:{where.port} due to error: cannot reuse client "
                     "connection\n")


def decommission(flags):
    _membership(flags, "decommission")
    sys.stderr.write("\n")


def recommission(flags):
    _membership(flags, "recommission")


def _membership(flags, operation):
    rows = _ask(_connect(flags), op=operation, nodes=_node_ids(flags))["rows"]
    fields = [[str(v).lower() for v in row] for row in rows]
    fmt = flags.get("format") or ("table" if sys.stdout.isatty() else "tsv")
    sys.stdout.write(render.render(fmt, ["id", "is_live", "replicas", "is_decommissioning",
                                         "is_draining"], fields, "rcrcc"))


def ls(flags):
    from .clisql import node_list
    node_list(flags)
