"""`kwbase cert`: create-ca, create-node, create-client, list (13-secure.txt), by openssl."""
import ipaddress
import os
import ssl
import subprocess
import sys
import tempfile
import time

from . import render
from .flags import CommandError

_CA_DAYS, _DAYS = 3660, 1830


def _openssl(*words):
    try:
        done = subprocess.run(["openssl", *words], capture_output=True, text=True, check=False)
    except FileNotFoundError as e:
        raise CommandError("this stand-in makes certificates with openssl, which is not "
                           "installed") from e
    if done.returncode:
        raise CommandError(done.stderr.strip().splitlines()[-1])
    return done.stdout


def _folder(flags):
    return flags.get("certs-dir", os.path.expanduser("~/.kwbase-certs"), "KWBASE_CERTS_DIR")


def _keys(flags, *extra):
    if not flags.get("ca-key", None, "KWBASE_CA_KEY"):
        raise CommandError("path to CA key is required, set it with --ca-key")
    path = flags.get("ca-key", None, "KWBASE_CA_KEY")
    return path.replace("${KWBASE_CERTS_DIR}", _folder(flags)), *extra


def create_ca(flags):
    key, = _keys(flags)
    folder = _folder(flags)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    if os.path.exists(key) and not flags.on("allow-ca-key-reuse"):
        raise CommandError(f"failed to generate CA cert and key: CA key {key} exists, but key "
                           "reuse is disabled")
    if not os.path.exists(key):
        _openssl("genrsa", "-out", key, "2048")
        os.chmod(key, 0o600)
    path = os.path.join(folder, "ca.crt")
    with tempfile.TemporaryDirectory() as work:
        new = os.path.join(work, "ca.crt")
        _openssl("req", "-x509", "-new", "-key", key, "-days", str(_CA_DAYS), "-subj",
                 "/O=KWDB/CN=KWDB CA", "-out", new)
        with open(new, encoding="ascii") as f, open(path, "a", encoding="ascii") as out:
            out.write(f.read())  # an old CA certificate stays beside the new one


def create_node(flags):
    if not flags.arguments:
        raise CommandError("create-node requires at least one host name or address, none was "
                           "specified")
    names = ",".join(("IP:" if _is_ip(a) else "DNS:") + a for a in flags.arguments)
    _sign(flags, "node", "node", names)


def create_client(flags):
    if len(flags.arguments) != 1:
        raise CommandError(f"accepts 1 arg(s), received {len(flags.arguments)}")
    _sign(flags, f"client.{flags.arguments[0]}", flags.arguments[0], "")


def _is_ip(word):
    try:
        ipaddress.ip_address(word)
        return True
    except ValueError:
        return False


def _sign(flags, base, name, alternatives):
    ca_key, = _keys(flags)
    folder = _folder(flags)
    what = "node" if base == "node" else "client"
    failed = f"failed to generate {what} certificate and key: "
    ca = os.path.join(folder, "ca.crt")
    for path in (ca_key, ca):
        if not os.path.exists(path):
            raise CommandError(f"{failed}could not load CA certificate and key: open {path}: no "
                               "such file or directory")
    target = os.path.join(folder, base)
    for path in (target + ".crt", target + ".key"):
        if os.path.exists(path) and not flags.on("overwrite"):
            raise CommandError(f"{failed}could not write {what} {path[-3:]} file: open {path}: "
                               "file exists")
    with tempfile.TemporaryDirectory() as work:
        request, extra = os.path.join(work, "csr"), os.path.join(work, "ext")
        usage = "serverAuth,clientAuth" if what == "node" else "clientAuth"
        with open(extra, "w", encoding="ascii") as f:
            f.write(f"extendedKeyUsage={usage}\n")
            f.write(f"subjectAltName={alternatives}\n" if alternatives else "")
        _openssl("req", "-new", "-newkey", "rsa:2048", "-nodes", "-subj", f"/O=KWDB/CN={name}",
                 "-keyout", target + ".key", "-out", request)
        _openssl("x509", "-req", "-in", request, "-CA", ca, "-CAkey", ca_key, "-set_serial",
                 str(time.time_ns()), "-days", str(_DAYS), "-extfile", extra, "-out",
                 target + ".crt")
    os.chmod(target + ".key", 0o600)


# -- list ------------------------------------------------------------------------------------


def _row(folder, usage, name):
    key = name[:-3] + "key"
    shown_key = key if usage != "CA" and os.path.exists(os.path.join(folder, key)) else ""
    path = os.path.join(folder, name)
    try:
        found = ssl._ssl._test_decode_cert(path)
    except (ssl.SSLError, ValueError, OSError):
        return [usage, name, shown_key, "0001/01/01", "",
                f"failed to parse certificate file {name}"]
    expires = time.strftime("%Y/%m/%d", time.gmtime(ssl.cert_time_to_seconds(found["notAfter"])))
    if usage == "CA":
        with open(path, encoding="ascii", errors="replace") as f:
            note = f"num certs: {f.read().count('BEGIN CERTIFICATE')}"
    elif usage == "Node":
        note = "addresses: " + ",".join(v for _, v in found.get("subjectAltName", ()))
    else:
        note = "user: " + dict(x[0] for x in found["subject"]).get("commonName", "")
    return [usage, name, shown_key, expires, note, ""]


def list_certificates(flags):
    folder = _folder(flags)
    try:
        names = sorted(os.listdir(folder))
    except OSError as e:
        raise CommandError(f"cannot load certificates: could not list certs directory {folder}: "
                           f"open {folder}: {e.strerror.lower()}") from e
    rows = [_row(folder, usage, n) for usage, prefix in (("CA", "ca."), ("Node", "node."),
                                                         ("Client", "client."))
            for n in names if n.startswith(prefix) and n.endswith(".crt")]
    fmt = flags.get("format") or ("table" if sys.stdout.isatty() else "tsv")
    sys.stdout.write(f"Certificate directory: {folder}\n" + render.render(
        fmt, ["Usage", "Certificate File", "Key File", "Expires", "Notes", "Error"], rows))
