"""What docs/operations.md, the compose file and the Dockerfile promise is there; what is there is documented."""

import re
import shlex
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
OWN_APPS = {"iimprove", "partners", "changemakers", "learning"}
MEMORY = 2048 - 200  # MB that the machine itself needs not


def rows(heading):
    """The first column of the table under a heading of docs/operations.md."""
    section = (ROOT / "docs" / "operations.md").read_text().split(f"## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `(\w+)`", section, re.MULTILINE)


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def test_every_setting_is_documented_and_every_documented_setting_exists():
    source = (ROOT / "iimprove" / "settings.py").read_text()
    read = {*re.findall(r"\benv(?:\.\w+)?\(\s*\"([A-Z_]+)\"", source), *re.findall(r"\brequired\(\"([A-Z_]+)\"", source)}
    read |= set(re.findall(r"environ\.get\(['\"]([A-Z_]+)", (ROOT / "gunicorn.conf.py").read_text()))

    assert sorted(rows("Settings")) == sorted(read)


def test_every_command_is_documented_and_every_documented_command_exists():
    own = [name for name, app in get_commands().items() if app in OWN_APPS]

    assert sorted(rows("Commands")) == sorted(own)


def test_every_make_target_named_in_the_docs_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    named = {target for page in pages for target in re.findall(r"`make ([a-z-]+)", page.read_text())}

    assert named - targets == set()


def test_every_service_restarts_is_watched_and_fits_the_machine(compose):
    services = compose["services"]

    assert {name for name, service in services.items() if "restart" not in service} == set()
    assert {name for name, service in services.items() if "healthcheck" not in service} == {"web"}  # the image's own
    assert "HEALTHCHECK" in (ROOT / "Dockerfile").read_text()
    assert sum(int(service["mem_limit"].removesuffix("m")) for name, service in services.items() if name != "migrate") <= MEMORY


def test_a_service_that_is_not_checked_says_why():
    disabled = [line for line in (ROOT / "docker-compose.yml").read_text().splitlines() if "disable: true" in line]

    assert disabled
    assert [line for line in disabled if "#" not in line] == []


def test_compose_has_no_default_for_a_secret_and_asks_for_all_that_settings_require(compose):
    text = (ROOT / "docker-compose.yml").read_text()
    names = set(re.findall(r"\$\{(\w+)", text))
    demanded = set(re.findall(r"\$\{(\w+):\?", text))
    harmless = {"TIME_ZONE", "SENTRY_DSN", "BACKUP_DAYS"}
    filled_in = set(re.findall(r"^(\w+)=$", (ROOT / "deploy" / "example.env").read_text(), re.MULTILINE))
    required = set(re.findall(r"\brequired\(\"([A-Z_]+)\"", (ROOT / "iimprove" / "settings.py").read_text()))

    assert names - demanded == harmless
    assert filled_in == demanded
    assert required <= compose["x-site"]["environment"].keys()
    assert compose["x-site"]["env_file"] == ".env", "the other settings are read from there"


def test_what_compose_starts_exists(compose):
    programs = {name: service["command"] for name, service in compose["services"].items() if service.get("image") == "iimprove"}
    started = {name: shlex.join(command) for name, command in programs.items()}

    assert [command[0] for command in programs.values() if command[0] != "python" and not (ROOT / ".venv" / "bin" / command[0]).exists()] == []
    assert started["migrate"].removeprefix("python manage.py ").split()[0] in get_commands()
    assert {app.label for app in apps.get_app_configs()} >= OWN_APPS
    for service in compose["services"].values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert (ROOT / source).exists() if source.startswith(".") else source in compose["volumes"]


def test_the_image_runs_as_an_ordinary_user_and_carries_no_secret():
    dockerfile = (ROOT / "Dockerfile").read_text()
    final = dockerfile.rpartition("\nFROM ")[2]

    assert re.search(r"^USER (\w+)$", final, re.MULTILINE)[1] != "root"
    assert re.findall(r"SECRET_KEY|PASSWORD|_URL=", dockerfile) == []
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".git", ".env", ".venv", "var*"} <= set(ignored)


def test_no_locked_file_names_a_host_to_download_from():
    python = [ROOT / name for name in ("requirements.txt", "requirements-dev.txt", "requirements.in", "requirements-dev.in", "pyproject.toml")]

    assert [path.name for path in python if re.search(r"https?://|index-url|find-links", path.read_text())] == []
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_every_requirement_is_locked_by_hash_and_both_locks_agree():
    def pins(name):
        return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE | re.IGNORECASE))

    for name in ("requirements.txt", "requirements-dev.txt"):
        blocks = re.split(r"\n(?=\S)", (ROOT / name).read_text().strip())
        assert [block for block in blocks if "--hash=sha256:" not in block] == []
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()
