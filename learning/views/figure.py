"""The figures of an activity, as a table to take along: exactly what its page shows."""

import csv
from functools import partial

from django.http import HttpResponse

from learning import disclosure, figures
from learning.calendars import end_of
from learning.models import ChangeMark
from learning.unchanged import unchanged
from partners.guards import activity_view


def figures_of(activity):
    """The same for everybody inside the project: it depends on no reader."""
    marks, end = ChangeMark.objects.of(activity.project), end_of(activity)
    return figures.told(unchanged("shared", activity.pk, activity.status, end, activity.project_id, marks, find=partial(_shared, activity)))


def _shared(activity):
    return disclosure.shared(disclosure.stored_open(activity.project.activities.filter(pk=activity.pk)))


@activity_view()
def activity_figures(request, project, activity):
    return written(figures_of(activity), name=f"{project.slug}-{activity.code}")


def written(told, *, name):
    return as_csv([figures.HEADINGS, *figures.lines(told)], name=name)


def as_csv(lines, *, name):
    """A CSV file that opens in a spreadsheet as it is."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.write("\ufeff")  # for Excel
    csv.writer(response).writerows(lines)
    return response
