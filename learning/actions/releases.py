"""Project figures are released when a wave has closed, and stored: docs/adr/0007-cover.md says why they are not live."""

import datetime

from django.db import transaction

from learning import disclosure
from learning.models import CoverSecret, Release
from partners.models import Project

BETWEEN = datetime.timedelta(hours=20)  # nightly at most, whenever Beat comes


def release_due(now):
    """Of every project of which a wave has closed since its last release. Harmless when run twice or late; gives how many were released."""
    return sum(release_if_due(project, now) for project in Project.objects.order_by("pk"))


@transaction.atomic
def release_if_due(project, now):
    """Was there something to release?"""
    project = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    last = project.releases.defer("figures", "batches").last()
    if last and now - last.at < BETWEEN:
        return False
    closed = disclosure.closed_windows(disclosure.stored_windows(project, now=now))
    if closed <= set(last.windows if last else ()):
        return False
    before = disclosure.last_release(project)
    found = disclosure.release(disclosure.stored(project, now=now), [before] if before else [], _secret())
    Release.objects.create(
        project=project,
        at=now,
        figures=disclosure.packed(found.figures),
        batches=disclosure.packed(found.batches),
        windows=sorted(closed),
    )
    return True


def _secret():
    secret, _is_new = CoverSecret.objects.get_or_create(pk=1)
    return bytes(secret.value)
