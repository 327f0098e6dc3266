"""What every test stands on. The services come first: the settings ask for their addresses."""

from tests import services

services.start()

import gc  # noqa: E402
import logging  # noqa: E402
import os  # noqa: E402

import pytest  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from pytest_django.plugin import blocking_manager_key  # noqa: E402

from iimprove import assets  # noqa: E402
from iimprove.embedded import postgres  # noqa: E402
from tests import chromium  # noqa: E402
from tests.whole_site import LAST_LINE, free_port, running  # noqa: E402

logging.getLogger("django.request").setLevel(logging.ERROR)  # that somebody may not see something is what many tests ask for
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the others are slow on purpose
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps a loop of its own running in this thread


def pytest_addoption(parser):
    parser.addoption("--deaths", type=int, default=1, help="how often tests/browser/test_note.py takes the session away while somebody types")


def pytest_sessionstart(session):
    if not hasattr(session.config, "workerinput"):
        assets.collect_if_changed()


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session):
    """With several processes the first makes the database, while the others look for their tests; each then copies it."""
    if getattr(session.config.option, "numprocesses", None):
        with session.config.stash[blocking_manager_key].unblock():
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            connection.close()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, request):
    if hasattr(request.config, "workerinput"):
        settings.DATABASES["default"]["TEST"]["TEMPLATE"] = f"test_{settings.DATABASES['default']['NAME']}"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """What takes long begins first, so that no process is left with it at the end; what waits much, beside what works much."""

    def turn(item):
        if item.get_closest_marker("faults"):
            return 0
        if item.get_closest_marker("browser"):
            return 2 if item.get_closest_marker("xdist_group") else 1
        return 3 if item.path.parent == config.rootpath / "tests" else 4  # those here walk through all pages

    items.sort(key=turn)


def pytest_collection_finish():
    """What was collected stays to the end: to look through it again and again for waste is a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


@pytest.fixture(scope="session")
def whole_site(tmp_path_factory):
    """As `make run` starts it for the first time."""
    var = tmp_path_factory.mktemp("site") / "var"
    with running(var, free_port()) as site:
        assert LAST_LINE in site.greeting, site.greeting
        yield site
    postgres.remove(var)


def pytest_unconfigure(config):
    services.running.close()


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """What pytest-playwright starts."""
    return chromium.launch_args()
