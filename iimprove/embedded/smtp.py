"""The address and the process of the local SMTP server (smtp_server.py)."""

import socket
import sys
from pathlib import Path

from iimprove.embedded.folder import facts, port_to_start_on
from iimprove.embedded.processes import Child

PROJECT = Path(__file__).resolve().parents[2]


def url(var):
    return f"smtp://127.0.0.1:{facts(var)['smtp']['port']}"


def start(var):
    port = port_to_start_on(var, "smtp")
    argv = [sys.executable, "-m", "iimprove.embedded.smtp_server", str(Path(var) / "mail"), str(port)]
    return Child("smtp", argv, var, env={"PYTHONPATH": str(PROJECT)}, is_ready=lambda: _greets(port)).start()


def _greets(port):
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            return connection.recv(4).startswith(b"220")
    except OSError:
        return False
