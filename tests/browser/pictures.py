"""Pictures of the running site for docs/: `make run`, then `make pictures` in a second terminal.

Each page of PAGES at 390 and 1280 px, in light and dark, as the sample person who sees most of it; docs/img/ keeps them, docs/pictures.md shows them.
"""

import base64
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iimprove.settings")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps a loop in this thread
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.urls import reverse  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from partners.accounts import second_factor  # noqa: E402
from partners.models import Membership, ProjectRole  # noqa: E402
from tests import chromium  # noqa: E402

FOLDER = Path(settings.BASE_DIR) / "docs" / "img"
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}
PROJECT = "i-improve"
PAGES = {  # file name: (address, who looks at it)
    "public": (reverse("learning:home"), None),
    "sign-in": (reverse("account_login"), None),
    "public-project": (reverse("learning:project_detail", args=[PROJECT]), None),
    "home": (reverse("learning:home"), "coordinator"),
    "project": (reverse("learning:project_detail", args=[PROJECT]), "coordinator"),
    "timeline": (reverse("learning:activity_list", args=[PROJECT]), "coordinator"),
    "visits": (reverse("learning:visit_matrix", args=[PROJECT]), "coordinator"),
    "gaps": (reverse("learning:gap_list", args=[PROJECT]), "coordinator"),
    "activity": (reverse("learning:activity_detail", args=[PROJECT, "C4"]), "coordinator"),
    "organisation": (reverse("learning:partner_detail", args=["laimikis"]), "coordinator"),
    "members": (reverse("learning:member_list", args=["laimikis"]), "coordinator"),
    "changemakers": (reverse("changemakers:changemaker_list"), None),
    "changemaker": (reverse("learning:changemaker_detail", args=["iwona-zajac"]), "coordinator"),
    "note": (reverse("learning:note"), "coordinator"),
    "my-notes": (reverse("learning:my_notes"), "coordinator"),
    "value": (reverse("learning:project_value", args=[PROJECT]), "coordinator"),
    "calls": (reverse("learning:project_value_calls", args=[PROJECT]), "coordinator"),
    "report": (reverse("learning:report_desk", args=[PROJECT]), "coordinator"),
    "questions": (reverse("learning:question_queue", args=[PROJECT]), "coordinator"),
    "memory": (reverse("learning:memory_list", args=["laimikis"]), "admin"),
    "check-in": (reverse("learning:check_in", args=["laimikis", PROJECT]), "admin"),
}


def main(site):
    people = {
        None: None,
        "coordinator": ProjectRole.objects.current().filter(project__slug=PROJECT, role="coordinator").first().person,
        "admin": Membership.objects.current().filter(partner__slug="laimikis", role="admin").first().person,
    }
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium.launch_args())
        for size, viewport in SIZES.items():
            for scheme in ("light", "dark"):
                for name, (address, actor) in PAGES.items():
                    context = browser.new_context(viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
                    if person := people[actor]:
                        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(person), "url": site}])
                    page = context.new_page()
                    page.goto(site + address)
                    page.screenshot(path=FOLDER / f"{name}-{size}-{scheme}.png")
                    context.close()
        readme(browser)
        browser.close()


def readme(browser):
    """The picture of the README: one page, at a desk and on a phone."""
    page = browser.new_context(viewport={"width": 1514, "height": 820}).new_page()
    phone, desk = (base64.b64encode((FOLDER / f"activity-{size}-light.png").read_bytes()).decode() for size in SIZES)
    style = "body{margin:40px;display:flex;gap:40px;background:#0c343d}img{border-radius:8px;height:740px}"
    page.set_content(f"<style>{style}</style><img src='data:image/png;base64,{phone}'><img src='data:image/png;base64,{desk}'>")
    page.screenshot(path=FOLDER / "readme.png")


def session_of(person):
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session[second_factor.DEMO] = True
    session.set_expiry(600)
    session.save()
    return session.session_key


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else settings.SITE_URL)
