"""The command line: dispatch, errors, exit codes. Imports only what a command needs."""
import sys

from .flags import CERT, NODE, SQL, START, STATUS, CommandError, Flags, UsageError

_START_MODES = ("start", "start-single-node", "start-single-replica")
_COMMANDS = ("start", "start-single-node", "start-single-replica", "init", "cert", "quit", "sql",
             "node", "version")


def main(argv):
    try:
        return _run(argv)
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        return 130


def _run(argv):
    words = [w for w in argv if not w.startswith("-")]
    command = words[0] if words else "help"
    if command == "version":
        from . import build
        sys.stdout.write(build.version_text(build.TAG))
        return 0
    if command == "node":
        return _node(argv)
    if command == "cert":
        return _cert(_after(argv, "cert"))
    if command == "sql":
        return _guarded("sql", _after(argv, "sql"), SQL, _sql)
    if command in ("init", "quit"):
        return _guarded(command, _after(argv, command), NODE, _admin(command))
    if command in _START_MODES:
        rest = _after(argv, command)
        return _guarded(command, rest, START, lambda flags: _start(command, flags, argv))
    if command == "help":
        sys.stdout.write("KwDB command-line interface and server.\n\nUsage:\n"
                         "  kwbase [command]\n\nAvailable Commands:\n  "
                         + "\n  ".join(_COMMANDS) + "\n")
        return 0
    return _fail("kwbase", CommandError(f'unknown command "{command}" for "kwbase"'))


def _after(argv, word):
    i = argv.index(word)
    return argv[:i] + argv[i + 1:]


def _node(argv):
    rest = _after(argv, "node")
    words = [w for w in rest if not w.startswith("-")]
    command = words[0] if words else ""
    if command == "status":
        return _guarded("node status", _after(rest, "status"), STATUS, _status)
    if command in ("ls", "upgrade", "drain", "decommission", "recommission"):
        return _guarded(f"node {command}", _after(rest, command), NODE, _admin(command))
    sys.stdout.write("list, inspect, drain or remove nodes\n\nUsage:\n  kwbase node [command]\n\n"
                     "Available Commands:\n  ls\n  status\n  decommission\n  recommission\n"
                     "  drain\n  upgrade\n")
    return 0 if not command else 1


def _cert(rest):
    words = [w for w in rest if not w.startswith("-")]
    command = words[0] if words else ""
    actions = {"create-ca": "create_ca", "create-node": "create_node",
               "create-client": "create_client", "list": "list_certificates"}
    if command in actions:
        def run(flags):
            from . import clicert
            return getattr(clicert, actions[command])(flags)
        return _guarded(f"cert {command}", _after(rest, command), CERT, run)
    sys.stdout.write("create ca, node, and client certs\n\nUsage:\n  kwbase cert [command]\n\n"
                     "Available Commands:\n  create-ca\n  create-node\n  create-client\n"
                     "  list\n")
    return 0 if not command else 1


def _guarded(name, argv, allowed, action):
    try:
        flags = Flags(argv, allowed)
        if flags.get("help"):
            sys.stdout.write(_usage(name))
            return 0
        return action(flags) or 0
    except UsageError as e:
        sys.stderr.write(_usage(name))
        return _fail(name, CommandError(str(e)))
    except CommandError as e:
        return _fail(name, e)


def _usage(name):
    if name == "node status":
        from .usage_text import NODE_STATUS
        return NODE_STATUS
    return f"Usage:\n  kwbase {name} [flags]\n\n"


def _fail(name, error):
    sys.stdout.write(error.stdout)
    sys.stdout.flush()
    sys.stderr.write(f'ERROR: {error.text}\nFailed running "{name}"\n')
    return 1


def _status(flags):
    from .clisql import node_status
    return node_status(flags)


def _sql(flags):
    from .clisql import sql
    return sql(flags)


def _admin(command):
    def run(flags):
        from . import cliadmin
        return getattr(cliadmin, command)(flags)
    return run


def _start(mode, flags, argv):
    from .options import options
    from .node import serve
    from .procname import hide_interpreter
    chosen = options(mode, flags, argv)
    hide_interpreter()
    if chosen.background:
        return _in_background(chosen, serve)
    return serve(chosen)


def _in_background(chosen, serve):
    """Start the server as a child and return once it is up."""
    import os
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.close(reading)
        os.setsid()
        chosen.ready_fd = writing
        null = os.open(os.devnull, os.O_RDWR)
        for fd in (0, 1, 2):
            os.dup2(null, fd)
        os._exit(serve(chosen))
    os.close(writing)
    return 0 if os.read(reading, 1) else 1
