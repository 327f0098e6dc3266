"""The form of a note, as a browser sends it."""

import uuid

from django.urls import reverse

NOTE = reverse("learning:note")
DRAFT = reverse("learning:note_draft")


def filled(circle, **values):
    """What the browser sends of a form about the circle's activity, nothing tapped."""
    about = f"{circle.project.slug}/{circle.activity.code}"
    shown = f"{circle.home.pk}/{circle.project.pk}"
    return {"client_key": str(uuid.uuid4()), "about": about, "readers": "only_me", "shown_with": shown, "starter": "line"} | values
