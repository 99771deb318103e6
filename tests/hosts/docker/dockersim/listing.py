"""Tables and formats of `docker ps`, `images`, `volume ls` …"""
import fnmatch
import json
import re
import time

from . import containers, images, state
from .template import Template, TemplateError


def span(seconds):
    """As docker says how long: 5 seconds, About a minute, 3 hours, 2 days …"""
    whole = int(seconds)
    if whole < 1:
        return "Less than a second"
    if whole == 1:
        return "1 second"
    if whole < 60:
        return f"{whole} seconds"
    minutes = whole // 60
    if minutes < 2:
        return "About a minute"
    if minutes < 60:
        return f"{minutes} minutes"
    hours = int(whole / 3600 + 0.5)
    if hours < 2:
        return "About an hour"
    if hours < 48:
        return f"{hours} hours"
    days = whole // 86400
    if days < 14:
        return f"{days} days"
    if days < 60:
        return f"{days // 7} weeks"
    return f"{days // 30} months" if days < 730 else f"{days // 365} years"


def ago(stamp):
    return span(time.time() - state.seconds_of(stamp)) + " ago"


def status(container):
    s = container["State"]
    if s["Restarting"]:
        return f"Restarting ({s['ExitCode']}) {ago(s['FinishedAt'])}"
    if s["Running"]:
        return "Up " + span(time.time() - state.seconds_of(s["StartedAt"]))
    if s["Status"] == "created":
        return "Created"
    return f"Exited ({s['ExitCode']}) {ago(s['FinishedAt'])}"


def ports(container):
    found = []
    for inside, rows in sorted((container["NetworkSettings"]["Ports"] or {}).items()):
        if not container["State"]["Running"]:
            continue
        shown = [f"{r['HostIp']}:{r['HostPort']}->{inside}" for r in rows or []]
        found += shown or [inside]
    return ", ".join(found)


def human(size):
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            return f"{size:.3g}{unit}"
        size /= 1000
    return ""


def local_date(stamp):
    at = time.localtime(state.seconds_of(stamp))
    return time.strftime("%Y-%m-%d %H:%M:%S %z %Z", at)


class Row(dict):
    """What a format can name of a row; Label is a function."""


def command_line(container):
    """Words with blanks in single quotes, whatever is in them."""
    words = [f"'{w}'" if " " in w else w for w in container["Args"]]
    return " ".join([container["Path"], *words])


def container_row(container, full):
    labels = container["Config"]["Labels"] or {}
    command = command_line(container)
    if not full and len(command) > 20:
        command = command[:19] + "…"
    mounts = [m.get("Name") or m["Source"] for m in container["Mounts"]]
    if not full:
        mounts = [m if len(m) <= 15 else m[:14] + "…" for m in mounts]
    identity = container["Id"] if full else container["Id"][:12]
    return Row(
        ID=identity,
        Names=container["Name"][1:],
        Image=shown_image(container, full),
        Command=json.dumps(command, ensure_ascii=False),
        CreatedAt=local_date(container["Created"]),
        RunningFor=ago(container["Created"]),
        Ports=ports(container),
        State=container["State"]["Status"],
        Status=status(container),
        Size="0B",
        Labels=",".join(f"{k}={v}" for k, v in sorted(labels.items())),
        Label=lambda name: labels.get(name, ""),
        Mounts=",".join(mounts),
        LocalVolumes=str(sum(m["Type"] == "volume" for m in container["Mounts"])),
        Networks=",".join(container["NetworkSettings"]["Networks"]),
    )


def shown_image(container, full):
    """The name it was made with while that name means the same image, else the image's id."""
    name, identity = container["Config"]["Image"], container["Image"].removeprefix("sha256:")
    if images.find(name) == identity:
        return name
    return identity if full else identity[:12]


def filters(words):
    found = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise state.DockerError(
                f'invalid argument "{word}" for "-f, --filter" flag: bad format of filter '
                "(expected name=value)", 125
            )
        found.setdefault(name, []).append(value)
    return found


def _label_matches(labels, wanted):
    name, equals, value = wanted.partition("=")
    return name in labels and (not equals or labels[name] == value)


CONTAINER_FILTERS = {
    "name": lambda c, v: re.search(v, c["Name"]) or re.search(v, c["Name"][1:]),
    "id": lambda c, v: c["Id"].startswith(v),
    "status": lambda c, v: c["State"]["Status"] == v,
    "label": lambda c, v: _label_matches(c["Config"]["Labels"] or {}, v),
    "ancestor": lambda c, v: c["Image"] == f"sha256:{images.find(v)}",
    "exited": lambda c, v: not c["State"]["Running"] and c["State"]["ExitCode"] == int(v),
    "volume": lambda c, v: any(v in (m.get("Name"), m["Destination"], m["Source"])
                               for m in c["Mounts"]),
    "publish": lambda c, v: any(v.partition("/")[0] == r["HostPort"]
                                for rows in (c["NetworkSettings"]["Ports"] or {}).values()
                                for r in rows or []),
    "network": lambda c, v: v in c["NetworkSettings"]["Networks"],
}


def chosen(found, wanted):
    for name, values in filters(wanted).items():
        if name not in CONTAINER_FILTERS:
            raise state.daemon_error(f"invalid filter '{name}'")
        if name == "label":
            found = [c for c in found if all(CONTAINER_FILTERS[name](c, v) for v in values)]
        else:
            found = [c for c in found if any(CONTAINER_FILTERS[name](c, v) for v in values)]
    return found


HEADERS = {
    "ID": "CONTAINER ID",
    "RunningFor": "CREATED",
    "CreatedAt": "CREATED AT",
    "CreatedSince": "CREATED",
    "LocalVolumes": "LOCAL VOLUMES",
    "Name": "VOLUME NAME",
}


def print_rows(rows, form, default, first="CONTAINER ID"):
    """`default` is the list of columns of the plain table."""
    if form == "json":
        for row in rows:
            print(json.dumps({k: v for k, v in row.items() if not callable(v)}, ensure_ascii=False))
        return
    is_table = not form or form == "table" or form.startswith("table ")
    if form and form != "table":
        body = form.removeprefix("table ") if is_table else form
        try:
            template = Template(body)
            lines = [template.render(row) for row in rows]
        except TemplateError as e:
            raise state.DockerError(f"Template parsing error: {e}") from e
        if not is_table:
            for line in lines:
                print(line)
            return
        names = re.findall(r"\{\{\s*\.(\w+)[^}]*\}\}", body)
        head = re.sub(r"\{\{.*?\}\}", lambda m, n=iter(names): _header(next(n, ""), first), body)
        table = [t.split("\t") for t in [head, *lines]]
    else:
        table = [[_header(n, first) for n in default]]
        table += [[row[n] for n in default] for row in rows]
    _aligned(table)


def _header(name, first):
    return first if name == "ID" else HEADERS.get(name, name.upper())


def _aligned(table):
    widths = [max(len(r[i]) for r in table if i < len(r)) for i in range(max(map(len, table)))]
    for row in table:
        cells = [cell.ljust(width) for cell, width in zip(row, widths)]
        print("   ".join(cells[:-1] + [row[-1]]).rstrip() if row else "")


def ps(options):
    found = containers.everything()
    if "filter" in options:
        found = chosen(found, options["filter"])
    everything = options.get("all") or any(
        f.startswith(("status=", "exited=")) for f in options.get("filter", [])
    )
    limit = 1 if options.get("latest") else int(options.get("last", -1))
    if limit >= 0:
        found = found[:limit]
    elif not everything:
        found = [c for c in found if c["State"]["Running"]]
    full = options.get("no-trunc", False)
    rows = [container_row(c, full) for c in found]
    if options.get("quiet") and not options.get("format"):
        print("".join(r["ID"] + "\n" for r in rows), end="")
        return
    columns = ["ID", "Image", "Command", "RunningFor", "Status", "Ports", "Names"]
    print_rows(rows, options.get("format"), columns)


def image_rows(options, argument):
    rows = []
    full = options.get("no-trunc", False)
    wanted = options.get("filter", [])
    for identity in images.all_ids():
        names = images.names_of(identity)
        created = images.read(identity).get("created", state.NEVER)
        for name in names or ["<none>:<none>"]:
            repository, tag = images.split(name)
            if argument and not (
                fnmatch.fnmatch(repository, images.split(argument)[0])
                and images.split(argument)[1] in ("", tag)
            ):
                continue
            if not _image_wanted(name, bool(names), wanted):
                continue
            rows.append(Row(
                Repository=repository,
                Tag=tag,
                ID="sha256:" + identity if full else identity[:12],
                CreatedSince=ago(created) if created != state.NEVER else "N/A",
                CreatedAt=local_date(created) if created != state.NEVER else "N/A",
                Size=human(images.size(identity)),
                Digest="<none>",
            ))
    return rows


def _image_wanted(name, is_named, wanted):
    for key, values in filters(wanted).items():
        for value in values:
            if key == "dangling" and (value in ("true", "1")) == is_named:
                return False
            if key == "reference" and not fnmatch.fnmatch(
                name if ":" in value else images.split(name)[0], value
            ):
                return False
    return True


def image_list(options, arguments):
    rows = image_rows(options, arguments[0] if arguments else "")
    if options.get("quiet") and not options.get("format"):
        print("".join(dict.fromkeys(r["ID"] + "\n" for r in rows)), end="")
        return
    columns = ["Repository", "Tag", "ID", "CreatedSince", "Size"]
    print_rows(rows, options.get("format"), columns, "IMAGE ID")
