"""The machine's own Chromium: its headless shell where there is one, which does half the work."""

import os
import shutil

from bootstrap import BROWSERS

QUIETLY = ("--disable-gpu", "--disable-background-networking", "--disable-quic", "--in-process-gpu")


def launch_args():
    """For Playwright. Without a browser this fails, so that no test is skipped."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    assert path, "The browser tests need Chromium on PATH (or named in CHROMIUM); `make test` installs it where it may."
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": path, "args": [*sandbox, *QUIETLY]}
