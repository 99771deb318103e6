"""Listening sockets and TLS of a server."""
import os
import socket

from . import network
from .rpc import split_address


def listening_socket(address):
    host, port = split_address(address)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(network.to_bind(host, port))
    network.bound(port, sock)
    sock.listen(256)
    return sock


def server_tls(certs):
    """Context with the node's certificate; a client certificate is checked when one is sent."""
    import ssl
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.path.join(certs, "node.crt"), os.path.join(certs, "node.key"))
    context.load_verify_locations(os.path.join(certs, "ca.crt"))
    context.verify_mode = ssl.CERT_OPTIONAL
    return context
