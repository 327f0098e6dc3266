"""The local mailbox: what this site has sent, read from the Maildir of the local SMTP server. Local mode only."""

import email
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from email.policy import default as policy
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import path

PER_PAGE = 30


@dataclass
class Letter:
    """One mail in the Maildir; its file name is its address."""

    path: Path

    @property
    def key(self):
        return self.path.name

    @property
    def arrived_at(self):
        return datetime.fromtimestamp(self.path.stat().st_mtime, UTC)

    @property
    def message(self):
        return email.message_from_bytes(self.path.read_bytes(), policy=policy)

    @property
    def text(self):
        part = self.message.get_body(("plain", "html"))
        return part.get_content() if part else ""


def letters():
    """Newest first. The name of a Maildir file begins with the second of its delivery."""
    folder = Path(settings.VAR) / "mail" / "new"
    files = [entry for entry in os.scandir(folder) if entry.is_file()] if folder.is_dir() else []
    return [Letter(Path(file.path)) for file in sorted(files, key=lambda file: file.stat().st_mtime_ns, reverse=True)]


@login_not_required
def mailbox_list(request):
    page = Paginator(letters(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "local/mailbox_list.html", {"page": page, "elsewhere": mail_server_elsewhere()})


@login_not_required
def mailbox_message(request, key):
    letter = next((letter for letter in letters() if letter.key == key), None)
    if letter is None:
        raise Http404
    return render(request, "local/mailbox_message.html", {"letter": letter, "message": letter.message, "text": letter.text})


def mail_server_elsewhere():
    """The host that mail goes to instead of the local server, if the environment names one."""
    return settings.EMAIL_HOST if os.environ.get("EMAIL_URL") else None


urlpatterns = [
    path("mailbox/", mailbox_list, name="mailbox_list"),
    path("mailbox/<str:key>/", mailbox_message, name="mailbox_message"),
]
