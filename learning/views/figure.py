"""The figures of an activity, as a table to take along: exactly what its page shows."""

import csv

from django.http import HttpResponse
from django.utils.translation import gettext as _

from learning import disclosure
from learning.figures import told
from partners.guards import activity_view


def figures_of(activity):
    """The same for everybody inside the project: it depends on no reader."""
    return told(disclosure.shared(disclosure.stored(activity.project.activities.filter(pk=activity.pk))))


@activity_view()
def activity_figures(request, project, activity):
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{project.slug}-{activity.code}.csv"'
    response.write("\ufeff")  # for Excel
    lines = csv.writer(response)
    lines.writerow([_("Figure"), _("What"), _("How much"), _("Of whom"), _("Why there is no number")])
    for figure in figures_of(activity):
        for what, number in figure.rows or [("", "")]:
            lines.writerow([figure.title, what, number, figure.basis, figure.sentence if figure.hidden else ""])
    return response
