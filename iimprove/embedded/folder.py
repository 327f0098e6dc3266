"""The data folder (VAR): its ports and passwords, its lock, its version."""

import fcntl
import json
import os
import secrets
import socket
import zlib
from contextlib import contextmanager, suppress
from pathlib import Path

LAYOUT = 1  # of this folder; a folder with another number was made by another version of I_Improve
SERVICES = ("postgres", "valkey", "smtp")


class Trouble(Exception):
    """Something the person at the keyboard can mend: one sentence that says what, and what to do."""


def not_ours(error):
    """The sentence for a file that another user (often root) made here."""
    return f"{error.filename} belongs to another user: start I_Improve as that user, or set VAR to a data folder of your own."


class InUse(Trouble):
    """Another process works on this folder."""


def make(var):
    """Create the folder. Root leaves the door open a crack, for the unprivileged user that runs PostgreSQL."""
    var = Path(var)
    try:
        if not var.exists():
            var.mkdir(parents=True)
            var.chmod(0o711 if os.geteuid() == 0 else 0o700)
        for name in ("log", "media"):
            (var / name).mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise Trouble(f"The data folder {var} cannot be made ({error.strerror}); set VAR to a folder you may write to.") from None


@contextmanager
def lock(var):
    """Hold the folder for this process; the kernel lets go when the process ends, however it ends."""
    with (Path(var) / "lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            raise InUse(
                f"I_Improve already runs on the data folder {var} (process {file.read() or 'unknown'}); stop it with Ctrl-C, "
                "or start a second one with another folder and port: make run VAR=var-2 PORT=8001"
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def is_in_use(var):
    """Whether a running site holds this folder."""
    path = Path(var) / "lock"
    if not path.exists():
        return False
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def version_check(var):
    found = facts(var)["layout"]
    if found != LAYOUT:
        raise Trouble(
            f"The data folder {var} was made by another version of I_Improve (layout {found}, this version reads {LAYOUT}); "
            "start with an empty one (make run VAR=var-2) and move the data as docs/operations.md says."
        )


def facts(var):
    """What was chosen for this folder once and stays: ports, passwords, layout."""
    path = Path(var) / "services.json"
    try:
        if not path.exists():
            make(var)
            _write(path, {"layout": LAYOUT, **{name: _choose(var, name) for name in SERVICES}}, replace=False)
        return json.loads(path.read_text())
    except ValueError:
        raise Trouble(f"{path} cannot be read; delete this file and start again, the data stay.") from None


def port_to_start_on(var, service):
    """The recorded port; if a stranger took it meanwhile, another one, recorded for the settings to read."""
    chosen = facts(var)
    if not is_free(chosen[service]["port"]):
        chosen[service]["port"] = _choose(var, service)["port"]
        _write(Path(var) / "services.json", chosen, replace=True)
    return chosen[service]["port"]


def is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _choose(var, service):
    """A port that differs between folders and lies below those the kernel hands out by itself."""
    first = 20000 + zlib.crc32(f"{Path(var).resolve()} {service}".encode()) % 10000
    port = next(port for port in range(first, first + 2000) if is_free(port))
    return {"port": port, "password": secrets.token_urlsafe(24)}


def _write(path, content, *, replace):
    """Whole or not at all; without `replace`, the first of two writers wins."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(content, indent=1))
    if replace:
        draft.replace(path)
    else:
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
