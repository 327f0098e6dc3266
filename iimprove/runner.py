"""The parent of a local site: services, web, worker and beat; what dies is started again, and the end of one run leaves nothing behind.

`python -m iimprove.runner` (that is `make run`) knows no Django: the services must run before the settings can be read.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from iimprove.embedded import InUse, Trouble, services
from iimprove.embedded.folder import is_free, lock, not_ours
from iimprove.embedded.processes import MARK, Child, end_strays, tie_this_process, tie_to_parent

PROJECT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
FIRST_WAIT, LONGEST_WAIT, HEALTHY_AFTER = 0.5, 30, 60  # seconds, between starts of a child that keeps dying
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop(BaseException):
    """Raised by the first signal; a second one makes haste."""


class Haste:
    """Whether the person has asked twice."""

    asked = False


def main():
    os.chdir(PROJECT)
    os.environ["LOCAL"] = "1"
    var = Path(os.environ.get("VAR") or "var").resolve()
    os.environ["VAR"] = str(var)
    if os.environ.get("MAKELEVEL"):
        tie_this_process(signal.SIGTERM)  # with `make` killed, nobody could stop us with Ctrl-C
    for number in SIGNALS:
        signal.signal(number, stop)
    try:
        run(var, port(var))
    except Trouble as trouble:
        return str(trouble)
    except PermissionError as error:
        return not_ours(error)
    except Stop:
        return 0


def stop(*_):
    for number in SIGNALS:
        signal.signal(number, hasten)
    raise Stop


def hasten(*_):
    Haste.asked = True


def port(var):
    """The port of the site; refused before anything starts if it is taken, but not if what a killed run of this folder left still has it."""
    text = os.environ.setdefault("PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Trouble(f"PORT must be a number from 1 to 65535, not {text!r}.")
    if not is_free(int(text)) and var.exists():
        with suppress(InUse), lock(var):  # nobody starts a site there meanwhile, whose processes would be taken for strays
            end_strays(var)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except PermissionError:
            raise Trouble(f"Port {text} is reserved for the system's own services; choose one above 1023: make run PORT=8000") from None
        except OSError:
            raise Trouble(f"Port {text} is already used by another program; choose another one: make run PORT={int(text) + 1}") from None
    return int(text)


def run(var, port):
    with services(var) as running:
        prepare(var)
        site = children(var, port)
        try:
            for child in site:  # one after another: the first page comes sooner
                child.start().wait_until_ready()
            announce(var, port)
            watch([*running, *site])
        finally:
            print("Stopping ...", flush=True)
            for child in site:
                child.stop(is_hurried=lambda: Haste.asked)


def prepare(var):
    """Database and static files up to date, the demo in an empty one; in a process of its own, as the settings are read there."""
    done = subprocess.run(
        [sys.executable, "manage.py", "prepare"],
        stdin=subprocess.DEVNULL,
        env={**os.environ, MARK: str(var)},
        start_new_session=True,
        preexec_fn=tie_to_parent(signal.SIGTERM),
    )
    if done.returncode:
        raise Trouble("The site could not be made ready; the lines above say why.")


def children(var, port):
    """In the order in which they stop: first no new requests, then no new work, then the work under way."""
    celery = [str(BIN / "celery"), "-A", "iimprove"]
    web = Child("web", [str(BIN / "gunicorn"), "iimprove.wsgi"], var, env={"DB_POOL": "1", "MALLOC_ARENA_MAX": "1"}, is_ready=lambda: answers(port))
    beat = Child("beat", [*celery, "--skip-checks", "beat", "--loglevel=INFO"], var)  # they would load all pages
    worker = Child("worker", [*celery, "worker", "--loglevel=INFO", "--concurrency=2", "--without-gossip", "--without-mingle"], var, grace=40)
    return [web, beat, worker]


def answers(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz/")
        return bool(connection.getresponse().status)
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def announce(var, port):
    address = f"http://localhost:{port}/"
    mail = "goes to the server named in EMAIL_URL" if os.environ.get("EMAIL_URL") else f"{address}mailbox/   (Maildir: {var / 'mail'})"
    print(
        f"\n  I_Improve is running:  {address}\n  The mail it sends:     {mail}\n  Data and logs:         {var}\n  Stop it with Ctrl-C.\n",
        flush=True,
    )


def watch(children, is_over=lambda: False):
    """Start again what died: at once, then after ever longer pauses until it stays up."""
    waits, due = {}, {}
    while not is_over():
        time.sleep(0.2)
        now = time.monotonic()
        for child in children:
            if child.name in due:
                if now >= due[child.name]:
                    del due[child.name]
                    child.start()
            elif (code := child.exit_code()) is not None:
                lived = now - child.started_at
                waits[child.name] = FIRST_WAIT if lived > HEALTHY_AFTER else min(waits.get(child.name, FIRST_WAIT / 2) * 2, LONGEST_WAIT)
                due[child.name] = now + waits[child.name]
                print(f"{child.name} ended ({how(code)}), starting it again; see {child.log}", flush=True)


def how(code):
    return f"signal {-code}" if code < 0 else f"exit code {code}"


if __name__ == "__main__":
    sys.exit(main())
