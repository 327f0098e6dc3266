"""Pages in a real Chromium, served by Django itself with the real static files."""

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.staticfiles import handlers
from playwright.sync_api import expect

from tests import world as worlds

expect.set_options(timeout=30_000)  # as long as every other wait: a busy machine is no fault of the page

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture(scope="session", autouse=True)
def real_static_files():
    """Hashed names are served by WhiteNoise, as on a real site; Django's test server knows only the plain ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(handlers, "StaticFilesHandler", lambda application: application)
        yield


@pytest.fixture
def world(transactional_db):
    return worlds.build()


@pytest.fixture
def sign_in(live_server):
    """`sign_in(context, person)`: the browser context is signed in from here on."""

    def sign_in(context, person):
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": live_server.url}])

    return sign_in
