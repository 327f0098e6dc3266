import qrcode
from django.conf import settings
from django.shortcuts import render
from django.urls import reverse

from learning.policies import can_note
from partners.guards import activity_view

QUIET = 4  # modules of white around it, as the standard asks


@activity_view(lambda activity, *, by: can_note(activity.project, by=by.person))
def activity_qr(request, project, activity):
    """A sheet for the wall or the programme: the code opens a note with this activity filled in."""
    url = f"{settings.SITE_URL}{reverse('learning:note')}?activity={project.slug}/{activity.code}"
    size, path = drawn(url)
    return render(request, "learning/activity_qr.html", {"project": project, "activity": activity, "url": url, "size": size, "path": path})


def drawn(text):
    """How many modules wide, and the SVG path of the dark ones."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_Q, border=QUIET)
    code.add_data(text)
    rows = code.get_matrix()
    dark = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return len(rows), "".join(dark)
