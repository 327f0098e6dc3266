"""The local mailbox: what this site has sent, read from the Maildir of the local SMTP server. Local mode only."""

import email
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from email.policy import default as policy
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.management import call_command
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

PER_PAGE = 30


@dataclass
class Letter:
    """One mail in the Maildir; its file name is its address."""

    path: Path
    arrived_at: datetime

    @property
    def key(self):
        return self.path.name

    @cached_property
    def message(self):
        """Its headers and plain text, as a person reads them."""
        parsed = email.message_from_bytes(self.path.read_bytes(), policy=policy)
        body = parsed.get_body(("plain", "html"))
        return {
            "subject": str(parsed["Subject"] or ""),
            "from": str(parsed["From"] or ""),
            "to": str(parsed["To"] or parsed["Delivered-To"] or ""),
            "text": body.get_content() if body else "",
        }


def letters():
    """Newest first."""
    folder = Path(settings.VAR) / "mail" / "new"
    files = [(entry.stat().st_mtime_ns, Path(entry.path)) for entry in os.scandir(folder)] if folder.is_dir() else []
    return [Letter(file, datetime.fromtimestamp(time / 1e9, UTC)) for time, file in sorted(files, reverse=True)]


@login_not_required
def mailbox_list(request):
    page = Paginator(letters(), PER_PAGE).get_page(request.GET.get("page"))
    elsewhere = None if settings.MAIL_STAYS_HERE else settings.EMAIL_HOST
    return render(request, "local/mailbox_list.html", {"page": page, "query": request.GET, "elsewhere": elsewhere})


@login_not_required
def mailbox_message(request, key):
    letter = next((letter for letter in letters() if letter.key == key), None)
    if letter is None:
        raise Http404
    return render(request, "local/mailbox_message.html", {"letter": letter, "message": letter.message})


@login_not_required
@require_POST
def mailbox_send_now(request):
    """What waits for its hour goes now, and the mail that is due with it."""
    call_command("plan", at_once=True)
    call_command("drain")
    return redirect("mailbox_list")


urlpatterns = [
    path("mailbox/send-now/", mailbox_send_now, name="mailbox_send_now"),
    path("mailbox/", mailbox_list, name="mailbox_list"),
    path("mailbox/<str:key>/", mailbox_message, name="mailbox_message"),
]
