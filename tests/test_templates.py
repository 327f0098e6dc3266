"""Templates compile, hold no inline code, come from no other host, and none is left over."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted(path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.*"))
PAGES = [name for name in TEMPLATES if name.endswith(".html")]
OF_LIBRARIES = ("account/", "mfa/", "usersessions/", "allauth/", "admin/", "bootstrap5/", "django/", "import_export/")  # found by their own names
OF_DJANGO = {"403.html", "404.html", "500.html", "429.html"}
INLINE = re.compile(r"<style|<script(?![^>]*\b(?:src=|type=\"application/json\"))|\son[a-z]+=\"|\sstyle=\"", re.IGNORECASE)
OTHER_HOST = re.compile(r"(?:src|href|action)=\"(?:https?:)?//", re.IGNORECASE)


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compiles(name):
    assert get_template(name).template.nodelist is not None


@pytest.mark.parametrize("name", PAGES)
def test_template_holds_no_inline_code_and_no_address_of_another_host(name):
    source = (ROOT / "templates" / name).read_text()

    assert INLINE.findall(source) == []
    assert OTHER_HOST.findall(source) == []


def test_no_output_goes_unescaped():
    sources = [path for folder in ("templates", "iimprove", "partners", "changemakers", "learning") for path in (ROOT / folder).rglob("*.*")]
    unescaped = re.compile(r"mark_safe\(|\|\s*safe\b|autoescape off")

    assert [path.relative_to(ROOT).as_posix() for path in sources if path.suffix in (".py", ".html") and unescaped.search(path.read_text())] == []


def test_no_template_is_unused():
    code = [
        path.read_text()
        for folder in ("iimprove", "partners", "changemakers", "learning", "templates")
        for path in (ROOT / folder).rglob("*.*")
        if is_source(path)
    ]
    everything = "\n".join(code)

    unused = [name for name in PAGES if name not in OF_DJANGO and not name.startswith(OF_LIBRARIES) and not is_named(name, everything)]
    assert unused == []


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name.startswith("emails/") and name.endswith(".txt")])
def test_mail_begins_with_its_subject(name):
    first, _, rest = (ROOT / "templates" / name).read_text().partition("\n")

    assert re.sub(r"{%.*?%}|{{.*?}}", "", first).strip() or "translate" in first
    assert rest.strip()


def is_source(path):
    return path.suffix in (".py", ".html", ".txt")


def is_named(name, everything):
    return f'"{name}' in everything or f"'{name}" in everything
