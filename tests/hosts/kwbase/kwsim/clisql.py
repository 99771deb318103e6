"""`kwbase sql -e` and `kwbase node status`: queries and their display."""
import re
import sys
import time

from . import pgclient, render
from .flags import CommandError

_BOOL, _BYTES, _INT8, _INT4, _FLOAT = 16, 17, 20, 23, 701
_TIMES = (1114, 1184)
_ALIGN = {_INT8: "r", _INT4: "r", _FLOAT: "r", 1700: "r", _BOOL: "c"}
_STATUS = ["id", "address", "sql_address", "build", "started_at", "updated_at", "locality",
           "start_mode", "is_available", "is_live"]
_RANGES = ["replicas_leaders", "replicas_leaseholders", "ranges", "ranges_unavailable",
           "ranges_underreplicated"]
_STATS = ["live_bytes", "key_bytes", "value_bytes", "intent_bytes", "system_bytes"]
_DECOMMISSION = ["gossiped_replicas", "is_decommissioning", "is_draining"]
# With --all the original aligns columns by a list that is one entry too long per group.
_ALL_ALIGN = "rlllll" + "rrrrrr" + "rrrrrr" + "rcrcc"


def _shown(value, oid):
    if value is None:
        return "NULL"
    if oid == _BOOL:
        return {"t": "true", "f": "false"}.get(value, value)
    if oid in _TIMES and not value.endswith("+00:00"):
        return value + "+00:00"
    return value


def _format(flags):
    return flags.get("format") or ("table" if sys.stdout.isatty() else "tsv")


def _display(answer, fmt, align):
    rows = [[_shown(v, oid) for v, (_, oid) in zip(row, answer.columns)] for row in answer.rows]
    return render.render(fmt, [name for name, _ in answer.columns], rows, align)


def node_status(flags):
    wanted = list(_STATUS)
    everything, decommission = flags.on("all"), flags.on("decommission")
    for names, chosen in ((_RANGES, flags.on("ranges")), (_STATS, flags.on("stats")),
                          (_DECOMMISSION, decommission)):
        if chosen or everything:
            wanted += names
    where = "" if everything or decommission else " WHERE NOT hidden"
    if flags.arguments:
        if len(flags.arguments) > 1:
            raise CommandError(f"accepts at most 1 arg(s), received {len(flags.arguments)}")
        given = flags.arguments[0]
    client = pgclient.Client(pgclient.target(flags))
    if flags.arguments:
        if not re.fullmatch(r"-?\d+", given):
            raise CommandError(f"could not parse node_id {given}")
        where = f" WHERE id = {given}"
    try:
        answer, = client.query(
            f"SELECT {', '.join(wanted)} FROM kwdb_internal.node_status{where} ORDER BY id")
    except pgclient.ServerError as e:
        raise CommandError(e.text) from e
    if flags.arguments and not answer.rows:
        raise CommandError(f"node {given} doesn't exist")
    sys.stdout.write(_display(answer, _format(flags), _ALL_ALIGN if everything else None))


def node_list(flags):
    client = pgclient.Client(pgclient.target(flags))
    answer, = client.query("SELECT id FROM kwdb_internal.node_status WHERE NOT hidden ORDER BY 1")
    sys.stdout.write(_display(answer, _format(flags), None))


def sql(flags):
    client = pgclient.Client(pgclient.target(flags))
    sources = flags.get("execute")
    if sources is None:
        sources = [sys.stdin.read()]
    fmt = _format(flags)
    for source in sources:
        began = time.monotonic()
        try:
            answers = client.query(source)
        except pgclient.ServerError as e:
            _write(getattr(e, "answers", []), fmt, last=False)
            sys.stdout.flush()
            raise CommandError(e.text) from e
        _write(answers, fmt)
        sys.stderr.write("".join(f"NOTICE: {n}\n" for n in client.notices))
        client.notices.clear()
        if sys.stdout.isatty():
            sys.stdout.write(f"\nTime: {(time.monotonic() - began) * 1000:.6f}ms\n\n")
    sys.stdout.flush()


def _write(answers, fmt, last=True):
    """Results with columns, and the tag of the last statement if it has none."""
    for i, answer in enumerate(answers):
        if answer.columns is not None:
            align = "".join(_ALIGN.get(oid, "l") for _, oid in answer.columns)
            sys.stdout.write(_display(answer, fmt, align))
        elif last and i == len(answers) - 1:
            tag = re.sub(r"^INSERT 0 ", "INSERT ", answer.tag)
            sys.stdout.write({"PREPARE": "OK"}.get(tag, tag) + "\n")
