"""Full-text search over everything one may read: own notes, and what others let one read. What one may not read is not even counted."""

import uuid
from functools import reduce
from operator import or_
from sys import maxsize

from django.core.exceptions import EmptyResultSet
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q
from django.shortcuts import render

from iimprove.written import at_once, written_once
from learning.models import Kind, Reflection, Takeaway, Visibility
from learning.models.visibility import Reach
from learning.signing import with_names
from partners.guards import own_view
from partners.models import Activity, Partner, Person

PER_PAGE = 25
NAMES = ("q", "kind", "activity", "partner", "who")
OF_NOTE = (
    *("language", "happened_on", "shown_as", "author__name", "author__is_sample", "partner_then__slug", "partner_then__short_name"),
    *("project__slug", "project__short_name", "project__is_sample", "project__published_at"),
    *("activity__code", "activity__title", "activity__kind", "activity__published_at", "activity__project__slug"),
)
PAGE = """
    WITH found AS ({found}) SELECT pk, count(*) OVER () FROM found ORDER BY day DESC, pk
    LIMIT %s OFFSET (SELECT least(%s, greatest(count(*) - 1, 0) / %s * %s) FROM found)
"""


@own_view
def search(request):
    filters = {name: request.GET.get(name, "").strip() for name in NAMES}
    reach = Reach.of(request.user)
    near = _near(request.user, reach)
    page = None
    if any(filters.values()):
        page = _page(_found(request.user, reach, near, filters), request.GET.get("page"))
        _fetch(page, request.user)
    if request.htmx:
        return render(request, "learning/search.html#results", {"page": page, "filters": filters})
    return render(request, "learning/search.html", {"page": page, "filters": filters, "kinds": [*Kind.choices], **_options(request.user, near)})


def _near(person, reach):
    """What leads to a row's note, as a Q: is it my own, of my organisations or projects, or was something in it sent to me? Not all of it may be read."""
    sent = list(Takeaway.objects.filter(reader=person, deleted_at=None).values_list("reflection", flat=True))
    ways = {"author": person, "reader": person, "pk__in": sent, "partner_then__in": reach.partners, "project__in": reach.projects}
    return lambda told="": reduce(or_, (Q(**{told + way: value}) for way, value in ways.items()))


def _found(person, reach, near, filters):
    """Rows of (pk, day) of what fits: what is near, and what is public elsewhere; each is found by an index, both at once by none."""
    things, notes = Takeaway.objects.visible_to(person).submitted(), Reflection.objects.visible_to(person).submitted()
    public = Q(visibility=Visibility.PUBLIC, approved_at__isnull=False)
    here = _matching(person, reach, things.filter(near("reflection__")), notes.filter(near()), filters, of_few=True)
    elsewhere = _matching(person, reach, things.filter(public, ~near("reflection__")), notes.filter(public, ~near()), filters)
    return here[0].union(here[1], *elsewhere, all=True)


def _page(found, number):
    """A page of the rows of `found`, the last one if it has no such page. They are found and counted by one query: each takes as long as the other."""
    asked = Paginator(range(maxsize), PER_PAGE).get_page(number)
    try:
        sql, values = found.query.sql_with_params()
    except EmptyResultSet:
        return Paginator([], PER_PAGE).get_page(1)
    with connection.cursor() as cursor:
        cursor.execute(PAGE.format(found=sql), [*values, PER_PAGE, asked.start_index() - 1, PER_PAGE, PER_PAGE])
        rows = cursor.fetchall()
    page = Paginator(range(rows[0][-1] if rows else 0), PER_PAGE).get_page(number)
    page.object_list = [pk for pk, _total in rows]
    return page


def _matching(person, reach, things, notes, filters, *, of_few=False):
    """Of things, and of notes with more words than their things, what fits; a note that is found stands for its own things."""
    if filters["q"]:
        things, notes = things.search(filters["q"]), notes.found_by(person, filters["q"], of_few=of_few)
    else:
        notes = notes.none()
    things = _narrowed(things, "reflection__", person, reach, filters)
    notes = _narrowed(notes, "", person, reach, filters)
    if filters["kind"]:
        things = things.filter(kinds__contains=[filters["kind"]]) if filters["kind"] in Kind.values else things.none()
        notes = notes.none()
    things = things.filter(~Exists(notes.filter(pk=OuterRef("reflection"))))
    return [rows.annotate(day=F(day)).order_by().values("pk", "day") for rows, day in ((things, "reflection__happened_on"), (notes, "happened_on"))]


def _narrowed(rows, told, person, reach, filters):
    """Who signs by the role only is found by no name but the own; so is who is read only because it is public."""
    if filters["activity"]:
        slug, _slash, code = filters["activity"].partition("/")
        rows = rows.filter(**{f"{told}activity__in": Activity.objects.visible_to(person).filter(project__slug=slug, code=code)})
    if filters["partner"]:
        rows = rows.filter(**{f"{told}partner_then__slug": filters["partner"]})
    if filters["who"] == "me":
        rows = rows.filter(**{f"{told}author": person})
    elif filters["who"]:
        rows = rows.filter(_named(reach, told), **{f"{told}author": _uuid(filters["who"])})
    return rows


def _named(reach, told=""):
    """Rows signed by name to somebody who reads by `reach`: within a common project or organisation, or sent to that person alone."""
    within = Q(**{f"{told}project__in": reach.projects}) | Q(**{f"{told}partner_then__in": reach.partners}) | ~Q(visibility=Visibility.PUBLIC)
    return within & Q(**{f"{told}shown_as": Reflection.ShownAs.NAME})


def _uuid(text):
    """Of somebody; of nobody, where it is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)


def _options(person, near):
    """What can be chosen: only what stands on something near that one may read. Who signs by the role only is not among the people."""
    names = ("activity", "partner_then", "author", "shown_as")
    notes = Reflection.objects.visible_to(person).submitted().filter(near()).order_by().values_list(*names)
    things = (
        Takeaway.objects.visible_to(person)
        .submitted()
        .filter(near("reflection__"))
        .order_by()
        .values_list(*(f"reflection__{name}" for name in names))
    )
    rows = list(notes.union(things))
    activities = Activity.objects.visible_to(person).filter(pk__in={row[0] for row in rows if row[0]}).select_related("project").order_by("code")
    partners = Partner.objects.filter(pk__in={row[1] for row in rows if row[1]})
    by_name = {author for _activity, _partner, author, shown_as in rows if shown_as == Reflection.ShownAs.NAME}
    people = Person.objects.filter(pk__in=by_name).exclude(pk=person.pk).order_by("name")
    return {
        "activities": [(f"{row.project.slug}/{row.code}", str(row)) for row in activities.only("code", "title", "project__slug")],
        "partners": [(row.slug, str(row)) for row in partners.only("slug", "short_name")],
        "people": [("me", person.name), *((str(row.pk), row.name) for row in people.only("name"))],
    }


def _fetch(page, person):
    """Put the rows themselves in the place of their keys, but for those gone since; and whether only the public's signature is shown."""
    found = page.object_list
    if not found:
        return
    keys = [*found, *found[:1] * (PER_PAGE - len(found))]  # always as many, so that one SQL will do
    things, notes = ({row.pk: row for row in rows} for rows in at_once((_things, *keys), (_notes, *keys)))
    rows = [(things.get(pk), notes.get(pk)) for pk in found]
    page.object_list = [_result(thing, note, person) for thing, note in rows if thing or note]


@written_once
def _things(*keys):
    own = ("title", "kinds", "is_doubt", "will_use", "taken_from", "visibility", "reflection")
    return _with_what_is_shown(Takeaway.objects.filter(pk__in=keys), "reflection__", own)


@written_once
def _notes(*keys):
    return _with_what_is_shown(Reflection.objects.filter(pk__in=keys), "", ("text", "visibility"))


def _with_what_is_shown(rows, told, own):
    """A result's rows have more than a hundred columns, of which it shows a third."""
    related = ("author", "partner_then", "project", "activity__project")
    return rows.order_by().select_related(*(told + name for name in related)).only(*own, *(told + name for name in OF_NOTE))


def _result(thing, note, person):
    [row] = with_names([thing or note], person)
    activity = row.told.activity
    shows_activity = activity is not None and (row.shows_name or (activity.is_published and row.told.project.is_published))
    return {"thing": thing, "note": note, "activity": activity if shows_activity else None}
