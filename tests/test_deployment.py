"""What a real installation relies on: the settings refuse to guess, and Django's own deployment check has nothing to say."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.factories import PersonFactory

PRODUCTION = {
    "SECRET_KEY": "k7Jq-a long key with many different characters-0aZ!wv93_xB",
    "SITE_URL": "https://learning.example.org",
    "DATABASE_URL": "",
    "REDIS_URL": "redis://localhost:6379/0",
    "EMAIL_URL": "smtp://localhost:25",
    "DEFAULT_FROM_EMAIL": "I_Improve <post@learning.example.org>",
}


def manage(*args, without=()):
    database = settings.DATABASES["default"]
    url = f"postgres://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    inherited = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    env = {**inherited, **PRODUCTION, "DATABASE_URL": url}
    for name in without:
        del env[name]
    return subprocess.run([sys.executable, "manage.py", *args], cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, timeout=60)


@pytest.mark.django_db
def test_deployment_check_finds_nothing():
    done = manage("check", "--deploy", "--fail-level=WARNING")

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", PRODUCTION)
def test_outside_local_mode_a_missing_setting_is_said_in_a_sentence(name):
    done = manage("check", without=[name])

    assert done.returncode != 0
    assert f"{name} is not set." in done.stderr


@pytest.mark.django_db
def test_every_answer_carries_the_safety_headers(client):
    response = client.get("/no-such-page/")

    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "camera=(self)" in response.headers["Permissions-Policy"]


@pytest.mark.django_db
def test_what_a_signed_in_person_sees_is_kept_by_no_cache(client):
    client.force_login(PersonFactory())

    assert client.get("/").headers["Cache-Control"] == "no-store"
