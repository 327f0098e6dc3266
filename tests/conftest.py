"""What every test stands on. The services come first: the settings ask for their addresses."""

from tests import services

services.start()

import os  # noqa: E402
import shutil  # noqa: E402

import pytest  # noqa: E402

from iimprove import assets  # noqa: E402

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps a loop of its own running in this thread
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def pytest_sessionstart(session):
    if not hasattr(session.config, "workerinput"):
        assets.collect_if_changed()


def pytest_unconfigure(config):
    services.running.close()


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """The machine's own Chromium, for pytest-playwright; without one the test fails rather than being skipped."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    assert path, "The browser tests need Chromium on PATH (or named in CHROMIUM); `make test` installs it where it may."
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": path, "args": [*sandbox, "--disable-gpu", "--disable-background-networking", "--disable-quic"]}
