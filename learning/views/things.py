"""All things of a project that somebody may read, as a table to take along: written line by line, so that their number does not matter."""

import csv
import io

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from learning.models import Kind, Reflection, Takeaway, Visibility
from learning.models.visibility import Reach
from learning.value import readable_things
from partners.guards import project_view
from partners.resources import guarded

AT_ONCE = 1000  # lines
COLUMNS = (
    "reflection__happened_on",
    "reflection__activity__code",
    "reflection__partner_then",
    "reflection__partner_then__short_name",
    "reflection__author__name",
    "reflection__shown_as",
    "reflection__language",
    "title",
    "kinds",
    "is_doubt",
    "will_use",
    "visibility",
)


@project_view()
def project_things(request, project):
    rows = readable_things(project, request.user).latest_first().values_list(*COLUMNS)
    words = _Words(project, Reach.of(request.user))
    response = StreamingHttpResponse(_written(words, rows.iterator(chunk_size=AT_ONCE)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{project.slug}-things.csv"'
    return response


def _written(words, rows):
    """Pieces of a CSV file that opens in a spreadsheet as it is."""
    buffer = io.StringIO("\ufeff", newline="")  # for Excel
    buffer.seek(0, io.SEEK_END)
    lines = csv.writer(buffer)
    lines.writerow(words.headings)
    for number, row in enumerate(rows, start=1):
        lines.writerow(words.of(*row))
        if number % AT_ONCE == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer):
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


class _Words:
    """The words of a row, in the reader's language. Names as on the pages: only of who signs by name, and to nobody outside the partnership
    who may read it just because it is public."""

    def __init__(self, project, reach):
        self.headings = [_("Day"), _("Activity"), _("Organisation"), _("Name"), _("Language"), _("Thing")]
        self.headings += [_("Kinds"), _("A question or a doubt"), _("Will it be used"), _("Who may read it")]
        self._reach, self._is_inside = reach, project.pk in reach.projects
        self._kinds = {kind.value: str(kind.label) for kind in Kind}
        self._will_use = {None: "", **{answer.value: str(answer.label) for answer in Takeaway.WillUse}}
        self._levels = {level.value: str(level.label) for level in Visibility}
        self._doubt = {True: _("Yes"), False: ""}

    def of(self, day, code, partner, organisation, name, shown_as, language, title, kinds, is_doubt, will_use, visibility):
        near = self._is_inside or partner in self._reach.partners or visibility != Visibility.PUBLIC
        signed = name if name and near and shown_as == Reflection.ShownAs.NAME else ""
        named = ", ".join([self._kinds[kind] for kind in kinds])
        texts = (code or "", organisation or "", signed, language, title, named)
        return (day, *map(guarded, texts), self._doubt[is_doubt], self._will_use[will_use], self._levels[visibility])
