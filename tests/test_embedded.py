"""The local services, for real: they come up anywhere, let nobody else in, and the next start heals what a kill left."""

import os
import signal
import smtplib
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import redis

from iimprove import embedded
from iimprove.embedded import postgres, processes
from iimprove.embedded.folder import facts

HOLD = """
import sys, time
from iimprove import embedded
with embedded.services(sys.argv[1], durable=False) as children:
    print(*(child.popen.pid for child in children), flush=True)
    time.sleep(60)
"""

pytestmark = pytest.mark.xdist_group("embedded")  # all on the one folder


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A data folder for most tests, as making a database is what takes time; each leaves it fit for the next start."""
    folder = tmp_path_factory.mktemp("home") / "var"
    yield folder
    postgres.remove(folder)


@pytest.fixture
def var(home, monkeypatch):
    for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture
def new_var(var, tmp_path):
    """A folder of the test's own."""
    folder = tmp_path / "var"
    yield folder
    postgres.remove(folder)


@contextmanager
def held_by_another_process(var):
    """Another process runs the services of this folder; yields it and the pids of its children."""
    with subprocess.Popen([sys.executable, "-c", HOLD, str(var)], stdout=subprocess.PIPE, text=True) as holder:
        yield holder, [int(pid) for pid in holder.stdout.readline().split()]
        holder.kill()


def is_alive(pid):
    """Whether it still runs; one that only waits to be buried does not."""
    try:
        os.kill(pid, 0)
        return " Z " not in Path(f"/proc/{pid}/stat").read_text() if sys.platform == "linux" else True
    except (ProcessLookupError, FileNotFoundError):
        return False


def ask(var):
    with psycopg.connect(embedded.database_url(var)) as connection:
        return connection.execute("SELECT current_user, current_setting('is_superuser'), current_setting('server_encoding')").fetchone()


def test_services_answer_and_end(var):
    with embedded.services(var, durable=False) as children:
        pids = [child.popen.pid for child in children]
        answer = ask(var)
        pong = redis.from_url(embedded.redis_url(var)).ping()
        host, _, port = embedded.email_url(var).removeprefix("smtp://").partition(":")
        with smtplib.SMTP(host, int(port)) as smtp:
            smtp.sendmail("a@example.org", ["upė@example.org".encode().decode("ascii", "ignore")], "Subject: x\r\n\r\nŠnipiškės".encode())

    assert (answer, pong, len(pids)) == (("iimprove", "off", "UTF8"), True, 3)
    assert [pid for pid in pids if is_alive(pid)] == []
    assert [b"\xc5\xa0nipi\xc5\xa1k\xc4\x97s" in mail.read_bytes() for mail in (var / "mail" / "new").iterdir()] == [True]


def test_nobody_gets_in_without_the_password(var):
    with embedded.services(var, durable=False):
        secret = facts(var)["postgres"]["password"]
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(embedded.database_url(var).replace(secret, "guess"))
        with pytest.raises(psycopg.OperationalError, match="no pg_hba"):
            psycopg.connect(embedded.database_url(var).replace("iimprove:", "postgres:"))
        with pytest.raises(redis.AuthenticationError):
            redis.from_url(embedded.redis_url(var).replace(facts(var)["valkey"]["password"], "guess")).ping()

    assert (var / "services.json").stat().st_mode & 0o077 == 0
    assert (var / "valkey.conf").stat().st_mode & 0o077 == 0


def test_postgres_never_runs_as_root_and_loosens_no_folder(var):
    before = [folder.stat().st_mode for folder in var.parents]
    with embedded.services(var, durable=False) as children:
        server = next(child.popen.pid for child in children if child.name == "postgres")
        owner = Path(f"/proc/{server}").stat().st_uid if sys.platform == "linux" else os.geteuid() or -1

    assert owner != 0
    assert [folder.stat().st_mode for folder in var.parents] == before


def test_addresses_stay_and_asking_for_them_starts_nothing(var):
    first = embedded.database_url(var), embedded.redis_url(var), embedded.email_url(var)

    assert (embedded.database_url(var), embedded.redis_url(var), embedded.email_url(var)) == first
    with pytest.raises(psycopg.OperationalError, match="refused"):
        psycopg.connect(first[0])


def test_what_the_environment_names_is_not_started(var, monkeypatch):
    for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL"):
        monkeypatch.setenv(name, "elsewhere://")

    with embedded.services(var) as children:
        assert children == []


def test_a_second_run_on_the_same_folder_is_refused_in_a_sentence(var):
    with held_by_another_process(var) as (holder, _pids), pytest.raises(embedded.InUse, match=f"process {holder.pid}"), embedded.services(var):
        pass


def test_children_end_with_a_killed_parent_and_the_next_start_heals(var):
    with held_by_another_process(var) as (holder, pids):
        holder.kill()
    with embedded.services(var, durable=False):
        answer = ask(var)

    assert answer[0] == "iimprove"
    assert [pid for pid in pids if is_alive(pid)] == []


def test_children_that_outlived_their_parent_are_ended_by_the_next_start(var):
    stray = processes.Child("stray", [sys.executable, "-c", "import time; time.sleep(60)"], var)
    with embedded.services(var, durable=False):
        stray.start()
    with embedded.services(var, durable=False):
        code = stray.popen.wait(5)

    assert code == -signal.SIGTERM


def test_a_stale_pid_file_that_names_a_stranger_harms_nobody(var):
    with embedded.services(var, durable=False):
        pass
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as stranger:
        file = (var / "postgres").resolve() / "postmaster.pid"
        file.write_text(f"{stranger.pid}\n{file.parent}\n1\n1\n\n127.0.0.1\n\nready   \n")
        with embedded.services(var, durable=False):
            answer, code = ask(var), stranger.poll()
        stranger.kill()

    assert (answer[0], code) == ("iimprove", None)


def test_an_empty_pid_file_is_no_obstacle(var):
    with embedded.services(var, durable=False):
        pass
    (var / "postgres").resolve().joinpath("postmaster.pid").touch()
    with embedded.services(var, durable=False):
        answer = ask(var)

    assert answer[0] == "iimprove"


def test_a_port_that_somebody_else_took_is_left_for_another(var):
    port = facts(var)["postgres"]["port"]
    with socket.create_server(("127.0.0.1", port)), embedded.services(var, durable=False):
        answer = ask(var)

    assert (answer[0], facts(var)["postgres"]["port"] != port) == ("iimprove", True)


def test_a_very_deep_folder_works(var):
    deep = var.parent.joinpath(*["a" * 60] * 4)
    with embedded.services(deep, durable=False):
        answer = ask(deep)
    postgres.remove(deep)

    assert answer[0] == "iimprove"


def test_data_of_another_postgresql_are_refused_in_a_sentence(var):
    with embedded.services(var, durable=False):
        pass
    version = (var / "postgres").resolve() / "PG_VERSION"
    version.write_text("16\n")

    with (
        pytest.raises(embedded.Trouble, match=r"written by PostgreSQL 16, and this version of I_Improve brings PostgreSQL 17"),
        embedded.services(var),
    ):
        pass
    version.write_text("17\n")


def test_a_folder_of_another_layout_is_refused_in_a_sentence(new_var):
    chosen = facts(new_var)
    (new_var / "services.json").write_text(str(chosen | {"layout": 9}).replace("'", '"'))

    with pytest.raises(embedded.Trouble, match="another version of I_Improve"), embedded.services(new_var):
        pass


def test_an_initialisation_cut_short_is_begun_again(new_var):
    with embedded.services(new_var, durable=False):
        pass
    data = (new_var / "postgres").resolve()
    data.rename(data.with_name("postgres.new"))
    with embedded.services(new_var, durable=False):
        answer = ask(new_var)

    assert answer[0] == "iimprove"


def test_a_child_that_ignores_the_request_is_ended_with_all_it_started(var):
    embedded.folder.make(var)
    script = (
        "import signal, subprocess, time; signal.signal(15, signal.SIG_IGN); print(subprocess.Popen(['sleep', '60']).pid, flush=True); time.sleep(60)"
    )
    child = processes.Child("stubborn", [sys.executable, "-c", script], var, grace=0.2).start()
    while not (words := child.log.read_text()):
        time.sleep(0.02)

    child.stop()

    assert child.popen.returncode == -signal.SIGKILL
    time.sleep(0.1)
    assert not is_alive(int(words))
